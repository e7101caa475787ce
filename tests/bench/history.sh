#!/bin/sh
# How long 24 months of history take against the same requests made by curl, four at a time.
#
#   tests/bench/history.sh BUILD [LATENCY_MS]
#
# A sandbox on loopback serves both. Each is timed five times, luitop with nothing remembered, and the
# best counts: others can only make it slower. Prints both and their ratio (to be at most 1.3).
set -eu
build=$1 latency=${2:-20}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
mkfifo "$dir/hold"
"$build/luitop-sandbox" --port 0 --users 5000 --months 24 --now 2026-11-22T14:02:00Z \
  --latency-ms "$latency" <"$dir/hold" >"$dir/said" 2>&1 &
exec 9>"$dir/hold"
until grep -q listening "$dir/said"; do sleep 0.1; done
at=$(sed -n 's/^listening on //p' "$dir/said")

printf demo-secret >"$dir/secret"
chmod 600 "$dir/secret"
cat >"$dir/conf" <<EOF
profiles: { nimbus: { customer_id = "nimbus7q2x"; client_id = "demo-client";
  client_secret_file = "$dir/secret";
  urls: { token = "$at/cctrustoauth2/{customerId}/tokens/clients"; lui = "$at/lui/{customerId}";
    partner = "$at/partner/{customerId}"; notifications = "$at/notifications/{customerId}";
    api = "$at/api"; cloudlicense = "$at/cloudlicense/{customerId}"; core = "$at/core/{customerId}"; }; }; };
EOF
chmod 600 "$dir/conf"

now_ms() { echo $(($(date +%s%N) / 1000000)); }

token() {
  curl -sS "$at/cctrustoauth2/nimbus7q2x/tokens/clients" \
    -d 'grant_type=client_credentials&client_id=demo-client&client_secret=demo-secret' |
    tr -d ' \r\n' | sed 's/.*"access_token" *: *"\([^"]*\)".*/\1/'
}

# The sign-in, the servers and the 24 months, as luitop asks for them.
by_curl() {
  urls=$at/lui/nimbus7q2x/licenseservers
  for y in 2024 2025 2026; do
    for m in 01 02 03 04 05 06 07 08 09 10 11 12; do
      [ "$y$m" -ge 202412 ] && [ "$y$m" -le 202611 ] &&
        urls="$urls $at/lui/nimbus7q2x/licenseusagedata?date=$y-$m"
    done
  done
  # shellcheck disable=SC2086
  curl -sS --compressed --parallel --parallel-max 4 -H "Authorization: CwsAuth Bearer=$(token)" \
    $urls >"$dir/out" 2>/dev/null
}

by_luitop() {
  rm -rf "$dir/home"
  mkdir "$dir/home"
  env HOME="$dir/home" "$build/luitop" --config "$dir/conf" --now 2026-11-22T14:02:00Z --quiet \
    history --months 24 --format csv >"$dir/out"
}

best() {
  best=
  for _ in 1 2 3 4 5; do
    start=$(now_ms)
    "$1"
    took=$(($(now_ms) - start))
    { [ -z "$best" ] || [ "$took" -lt "$best" ]; } && best=$took
  done
  echo "$best"
}

a=$(best by_curl) b=$(best by_luitop)
echo "24 months at $latency ms: curl $a ms, luitop $b ms, $((b * 100 / a)) % of curl"
