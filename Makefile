# luitop. `make demo` shows it, `make test` checks it; both install what they need first.
#
#   make            build luitop and luitop-sandbox in $(BUILD)
#   make demo       luitop on a made-up provider, served by the sandbox; nothing is left behind
#   make test       everything: checks, unit, end to end, sanitizers, clang, fuzz, valgrind
#   make unit       unit tests          (make unit T=model/query for one)
#   make e2e        end-to-end tests    (make e2e T=servers for one; UPDATE=1 rewrites goldens)
#   make check      layers, style and format of the sources
#   make bench      times against curl, as ratios (not part of make test)
#   make format     rewrite the sources as .clang-format says
#
# A room of the house is a folder and a static library; `below_X` lists what X may use.

BUILD ?= build
.DEFAULT_GOAL := all
CC ?= gcc
CFLAGS ?= -O2 -g
PKG_CONFIG ?= pkg-config
VERSION := 0.1.0

ROOMS := base model store api_client session themes widgets tui cli sandbox
below_base :=
below_model := base
below_store := model base
below_api_client := model base
below_session := api_client store model base
below_themes := base
below_widgets := themes model base
below_tui := widgets themes session api_client store model base
below_cli := session api_client store model base
below_sandbox := base

PACKAGES := ncursesw libcurl jansson libconfig sqlite3 libmicrohttpd libutf8proc zlib
# Only goals that compile ask pkg-config: the others may run before it is installed.
ifneq ($(filter-out demo test deps clean format check,$(or $(MAKECMDGOALS),all)),)
-include $(BUILD)/packages.mk
endif
$(BUILD)/packages.mk: Makefile
	@mkdir -p $(@D)
	@{ echo "PKG_CFLAGS := $$($(PKG_CONFIG) --cflags $(PACKAGES))"; \
	   for p in $(PACKAGES); do \
	     echo "LIBS_$$p := $$($(PKG_CONFIG) --libs $$p 2>/dev/null)"; done; } > $@

# Asked for when a test is linked: `make demo` may have come before they were installed.
LIBS_cmocka = $(shell $(PKG_CONFIG) --libs cmocka)
LIBS_vterm = $(shell $(PKG_CONFIG) --libs vterm)

LIBS := $(LIBS_ncursesw) $(LIBS_libcurl) $(LIBS_jansson) $(LIBS_libconfig) $(LIBS_sqlite3) $(LIBS_libutf8proc)
SANDBOX_LIBS := $(LIBS_libmicrohttpd) $(LIBS_sqlite3) $(LIBS_jansson) $(LIBS_zlib) $(LIBS_libutf8proc)

WARN := -Wall -Wextra -Werror -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla
ALL_CFLAGS = -std=c11 -D_GNU_SOURCE -DLUITOP_VERSION='"$(VERSION)"' $(WARN) -I. -I$(BUILD)/gen $(PKG_CFLAGS) \
	-fstack-protector-strong $(CFLAGS) $(SAN)
ALL_LDFLAGS = $(LDFLAGS) $(SAN)

.PHONY: all demo test deps unit e2e check bench fuzz format clean programs
all: $(BUILD)/luitop $(BUILD)/luitop-sandbox

define room
$(1)_src := $$(filter-out $(1)/main.c,$$(wildcard $(1)/*.c))
$(1)_obj := $$($(1)_src:%.c=$$(BUILD)/%.o)
$$(BUILD)/lib$(1).a: $$($(1)_obj)
	@rm -f $$@
	@ar rcs $$@ $$^
lib_$(1) := $$(BUILD)/lib$(1).a
endef
$(foreach r,$(ROOMS),$(eval $(call room,$(r))))

# The *.theme files as C strings: {"default", "line\n" "line\n"},
$(BUILD)/themes/builtin.o: $(BUILD)/gen/themes_builtin.inc
$(BUILD)/gen/themes_builtin.inc: $(wildcard themes/*.theme)
	@mkdir -p $(@D)
	@awk 'function q(s) { gsub(/[\\"]/, "\\\\&", s); return "\"" s } \
	  FNR == 1 { n = FILENAME; gsub(/.*\/|\.theme$$/, "", n); print (NR > 1 ? "},\n" : "") "{" q(n) "\"," } \
	  { print q($$0) "\\n\"" } END { print "}," }' $^ > $@.new && mv $@.new $@

$(BUILD)/%.o: %.c | $(BUILD)/packages.mk
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/luitop: $(BUILD)/luitop.o $(foreach r,tui cli widgets themes session api_client store model base,$(lib_$(r)))
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/luitop-sandbox: $(BUILD)/sandbox/main.o $(lib_sandbox) $(lib_base)
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(SANDBOX_LIBS)

# Debian packages: to build and run, and to test.
BUILD_DEBS := libc6-dev pkg-config libncurses-dev libcurl4-openssl-dev libjansson-dev libconfig-dev \
	libsqlite3-dev libmicrohttpd-dev libutf8proc-dev zlib1g-dev ncurses-base tzdata ca-certificates
TEST_DEBS := libcmocka-dev libvterm-dev clang clang-format valgrind binutils openssl

# Installs what is missing of $(1): as root or through sudo, saying so; else prints the command.
define need
	@missing=; for p in $(1); do \
	  dpkg-query -W -f='$${db:Status-Status}\n' $$p 2>/dev/null | grep -qx installed || missing="$$missing $$p"; \
	done; \
	test -n "$$missing" || exit 0; \
	install="apt-get install -y --no-install-recommends$$missing"; \
	if [ "$$(id -u)" = 0 ]; then run=; elif command -v sudo >/dev/null; then run=sudo; else \
	  echo "luitop needs packages that are not installed. As root, run:" >&2; \
	  echo "  apt-get update && $$install" >&2; exit 69; \
	fi; \
	echo "Installing with apt-get:$$missing"; \
	{ $$run apt-get -q update && $$run env DEBIAN_FRONTEND=noninteractive $$install; } \
	  >$(BUILD)-install.log 2>&1 || { tail -n 20 $(BUILD)-install.log; \
	  echo "Installing failed. As root, run:" >&2; \
	  echo "  apt-get update && $$install" >&2; exit 69; }; \
	rm -f $(BUILD)-install.log
endef

JOBS := $(shell nproc 2>/dev/null || echo 2)
SUBMAKE = $(MAKE) --no-print-directory -j$(JOBS)

deps:
	$(call need,$(BUILD_DEBS) $(TEST_DEBS))

demo:
	$(call need,$(BUILD_DEBS))
	@test -x $(BUILD)/luitop || echo 'Building luitop ...' >&2
	@$(SUBMAKE) -s all
	@$(BUILD)/luitop --demo

test:
	$(call need,$(BUILD_DEBS) $(TEST_DEBS))
	@tests/run.sh $(BUILD) $(JOBS)

# A unit test tests/unit/ROOM/test_NAME.c is one program, linked with its room and those below.
UNIT_SRC := $(wildcard tests/unit/*/test_*.c)
UNIT := $(UNIT_SRC:tests/unit/%.c=$(BUILD)/tests/unit/%)
T ?=
unit: $(if $(T),$(BUILD)/tests/unit/$(dir $(T))test_$(notdir $(T)),$(UNIT))
	@set -e; for t in $^; do echo "== $$t"; $$t; done

define unit_rule
$$(BUILD)/tests/unit/$(1)/test_%: $$(BUILD)/tests/unit/$(1)/test_%.o $$(foreach r,$(1) $$(below_$(1)),$$(BUILD)/lib$$(r).a)
	$$(CC) $$(ALL_LDFLAGS) -o $$@ $$^ $$(LIBS_cmocka) $(if $(filter sandbox,$(1)),$$(SANDBOX_LIBS),$$(LIBS)) $$(LIBS_vterm)
endef
$(foreach r,$(ROOMS),$(eval $(call unit_rule,$(r))))

# An end-to-end test tests/e2e/test_NAME.c drives the real programs; it links with the harness, the
# other files of its folder.
E2E_SRC := $(wildcard tests/e2e/test_*.c)
E2E := $(E2E_SRC:tests/e2e/%.c=$(BUILD)/tests/e2e/%)
E2E_HARNESS := $(patsubst %.c,$(BUILD)/%.o,$(filter-out $(E2E_SRC),$(wildcard tests/e2e/*.c)))
$(BUILD)/tests/e2e/test_%: $(BUILD)/tests/e2e/test_%.o $(E2E_HARNESS) $(lib_base)
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS_cmocka) $(LIBS_vterm) $(LIBS_jansson) $(LIBS_sqlite3) $(LIBS_libutf8proc) -lutil
e2e: all $(if $(T),$(BUILD)/tests/e2e/test_$(T),$(E2E))
	@set -e; for t in $(filter $(BUILD)/tests/%,$^); do echo "== $$t"; \
	  LUITOP_BIN=$(BUILD)/luitop LUITOP_SANDBOX_BIN=$(BUILD)/luitop-sandbox $$t; done

# A fuzz target tests/fuzz/NAME.c defines fuzz_one(); fuzz.h brings main().
FUZZ := $(patsubst tests/fuzz/%.c,$(BUILD)/tests/fuzz/%,$(wildcard tests/fuzz/*.c))
$(BUILD)/tests/fuzz/%: $(BUILD)/tests/fuzz/%.o $(foreach r,session api_client store model base,$(lib_$(r)))
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)
fuzz: $(FUZZ)

bench: all
	$(call need,curl)
	@for ms in 1 20 50; do tests/bench/history.sh $(BUILD) $$ms; done

# Everything that `make test` runs, built.
programs: all $(UNIT) $(E2E) $(FUZZ)

check:
	@tests/check/layers.sh
	@tests/check/style.sh
	@tests/check/format.sh
	@tests/check/selftest.sh

.SECONDARY:
format:
	clang-format -i $$(git ls-files -co --exclude-standard '*.c' '*.h')

clean:
	rm -rf $(BUILD)

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
