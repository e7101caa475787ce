/*
 * What every end-to-end test includes: cmocka with what it needs, and the harness.
 *
 * The tests drive the real binaries. They are found through LUITOP_BIN and LUITOP_SANDBOX_BIN and
 * run from the root of the checkout. LUITOP_TEST_SLOW=N makes every ceiling N times as long, for
 * valgrind and sanitizers.
 */
#ifndef TESTS_E2E_H
#define TESTS_E2E_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/e2e/golden.h"
#include "tests/e2e/run.h"
#include "tests/e2e/sandbox.h"
#include "tests/e2e/term.h"

#endif
