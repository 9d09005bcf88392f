#!/usr/bin/env bash
# Round trips per second of the library's pipeline, as a share of what one C thread gets out of this kernel: the two in
# turns, on loopback and over a pair of virtual network interfaces, on raw and on ping sockets.
#
#   sudo bench/ratio.sh [RUNS [PATH [KIND]]]   default: 5 runs of loopback and veth, raw and dgram
#   LIMIT_C=FILE sudo -E bench/ratio.sh        another C reference with the arguments of bench/limit.c
#   JAVA_OPTS=...                              further arguments of the JVM
#
# Needs root, ip(8), a C compiler, and bench/target/benchmarks.jar (README.md). All packets stay in two network
# namespaces that it makes and removes, which have no way out.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly RUNS=${1:-5} PATHS=${2:-loopback veth} KINDS=${3:-raw dgram} COUNT=1000000
declare -rA FIRST=([loopback]=127.0.0.0 [veth]=10.0.0.0)
readonly NEAR=nettyping-bench-near-$$ FAR=nettyping-bench-far-$$
readonly JAR=bench/target/benchmarks.jar
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
work=$(mktemp -d)
trap 'rm -rf "$work"; ip netns del "$NEAR" 2>/dev/null || true; ip netns del "$FAR" 2>/dev/null || true' EXIT

[ -e "$JAR" ] || { echo "no $JAR; see bench/README.md" >&2; exit 1; }
cc -O2 -o "$work/limit" "${LIMIT_C:-bench/limit.c}"

ip netns add "$NEAR"
ip netns add "$FAR"
ip -n "$NEAR" link add bench0 type veth peer name bench0 netns "$FAR"
for end in "$NEAR" "$FAR"; do
    ip -n "$end" link set lo up
    ip -n "$end" link set bench0 up
    ip netns exec "$end" sh -c 'echo "0 2147483647" >/proc/sys/net/ipv4/ping_group_range'
done
ip -n "$NEAR" address add 198.18.0.1/30 dev bench0
ip -n "$FAR" address add 198.18.0.2/30 dev bench0
# Every address of 10/8 lives at the far end.
ip -n "$NEAR" route add 10.0.0.0/8 via 198.18.0.2
ip -n "$FAR" route add local 10.0.0.0/8 dev lo

reference() { # FIRST RAW
    ip netns exec "$NEAR" "$work/limit" "$1" $COUNT "$2" 64 2048 | sed 's/.* \([0-9]*\) round trips.*/\1/'
}

ours() { # FIRST raw|dgram
    # shellcheck disable=SC2086 # several arguments
    ip netns exec "$NEAR" "$java" -Dio.netty.leakDetection.level=disabled ${JAVA_OPTS-} \
        -cp "$JAR" io.github.nettyping.bench.RoundTrips "$1" "$2" 3 $COUNT 2>/dev/null | tail -1
}

median() {
    sort -n | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}

for path in $PATHS; do
    for kind in $KINDS; do
        : >"$work/ratios"
        for ((run = 1; run <= RUNS; run++)); do
            before=$(reference "${FIRST[$path]}" "$([ "$kind" = raw ] && echo 1 || echo 0)")
            line=$(ours "${FIRST[$path]}" "$kind")
            after=$(reference "${FIRST[$path]}" "$([ "$kind" = raw ] && echo 1 || echo 0)")
            rate=$(sed 's/.* \([0-9]*\) round trips.*/\1/' <<<"$line")
            awk -v r="$rate" -v b="$before" -v a="$after" 'BEGIN { printf "%.3f\n", r / ((a + b) / 2) }' \
                | tee -a "$work/ratios" >"$work/last"
            printf '%s %s: C %s and %s, ratio %s | %s\n' \
                "$path" "$kind" "$before" "$after" "$(cat "$work/last")" "$line"
        done
        printf '== %s %s: median ratio %s (%s to %s)\n' "$path" "$kind" "$(median <"$work/ratios")" \
            "$(sort -n "$work/ratios" | head -1)" "$(sort -n "$work/ratios" | tail -1)"
    done
done
