#!/usr/bin/env bash
# Round trips per second of the library's pipeline, as a share of what one C thread gets out of this kernel: the two in
# turns, on loopback and over a pair of virtual network interfaces, on raw and on ping sockets.
#
#   sudo bench/ratio.sh [RUNS [PATH [KIND]]]   default: 5 runs of loopback and veth, raw and dgram
#   LIMIT_C=FILE sudo -E bench/ratio.sh        another C reference with the arguments of bench/limit.c
#   JAVA_OPTS=...                              further arguments of the JVM
#
# Needs root, ip(8), a C compiler, and bench/target/benchmarks.jar (README.md). All packets stay in two network
# namespaces that it makes and removes, which have no way out. bench/run.sh does this and more, and keeps the figures.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=bench/lib.sh
. bench/lib.sh

readonly RUNS=${1:-5} PATHS=${2:-loopback veth} KINDS=${3:-raw dgram} COUNT=1000000
readonly JAR=bench/target/benchmarks.jar
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

require_tools
[ -e "$JAR" ] || { echo "no $JAR; see bench/README.md" >&2; exit 1; }
build_reference
make_namespaces

reference() { # FIRST RAW
    round_trips "$(ip netns exec "$NEAR" "$work/limit" "$1" $COUNT "$2" 64 2048)"
}

ours() { # FIRST raw|dgram
    # shellcheck disable=SC2086 # several arguments
    ip netns exec "$NEAR" "$java" -Dio.netty.leakDetection.level=disabled ${JAVA_OPTS-} \
        -cp "$JAR" io.github.nettyping.bench.RoundTrips "$1" "$2" 3 $COUNT 2>/dev/null | tail -1
}

for path in $PATHS; do
    for kind in $KINDS; do
        : >"$work/ratios"
        for ((run = 1; run <= RUNS; run++)); do
            before=$(reference "${FIRST[$path]}" "$([ "$kind" = raw ] && echo 1 || echo 0)")
            line=$(ours "${FIRST[$path]}" "$kind")
            after=$(reference "${FIRST[$path]}" "$([ "$kind" = raw ] && echo 1 || echo 0)")
            rate=$(round_trips "$line")
            awk -v r="$rate" -v b="$before" -v a="$after" 'BEGIN { printf "%.3f\n", r / ((a + b) / 2) }' \
                | tee -a "$work/ratios" >"$work/last"
            printf '%s %s: C %s and %s, ratio %s | %s\n' \
                "$path" "$kind" "$before" "$after" "$(cat "$work/last")" "$line"
        done
        printf '== %s %s: median ratio %s (%s to %s)\n' "$path" "$kind" "$(median <"$work/ratios")" \
            "$(sort -n "$work/ratios" | head -1)" "$(sort -n "$work/ratios" | tail -1)"
    done
done
