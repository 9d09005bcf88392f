# shellcheck shell=bash
# What bench/run.sh and bench/ratio.sh have in common. To be sourced from the root of the tree, with "set -euo pipefail".
#
# Two network namespaces, near and far, joined by a pair of virtual interfaces, with no way out:
#
#   127.0.0.0/8     loopback of the near one
#   10.0.0.0/8      every address lives at the far end
#   198.19.0.0/16   every sixteenth lives at the far end, which drops packets to the others in silence

export LC_ALL=C

readonly NEAR=nettyping-bench-near-$$ FAR=nettyping-bench-far-$$
readonly LINK=bench0 NEAR_ADDRESS=198.18.0.1 FAR_ADDRESS=198.18.0.2
readonly NEAR_MAC=02:00:00:00:00:01 FAR_MAC=02:00:00:00:00:02
# First address to probe on each way; every address after it answers.
# shellcheck disable=SC2034 # for those who source this
declare -rA FIRST=([loopback]=127.0.0.0 [veth]=10.0.0.0)

work=$(mktemp -d)
trap 'rm -rf "$work"; remove_namespaces' EXIT
# Commands that run under a time limit end by themselves then, and the shell would go on to the next one.
trap 'exit 130' INT
trap 'exit 143' TERM

remove_namespaces() {
    ip netns del "$NEAR" 2>/dev/null || true
    ip netns del "$FAR" 2>/dev/null || true
}

# Fails unless this can run here.
require_tools() {
    local tool
    if [ "$(id -u)" -ne 0 ]; then
        echo "network namespaces need root" >&2
        return 1
    fi
    for tool in ip cc awk timeout flock; do
        if ! command -v "$tool" >/dev/null; then
            echo "$tool is not on PATH" >&2
            return 1
        fi
    done
}

# Compiles the C reference, bench/limit.c or what LIMIT_C names, to $work/limit.
build_reference() {
    cc -O2 -o "$work/limit" "${LIMIT_C:-bench/limit.c}"
}

# Needs the reference.
make_namespaces() {
    local end
    ip netns add "$NEAR"
    ip netns add "$FAR"
    ip -n "$NEAR" link add "$LINK" address "$NEAR_MAC" type veth peer name "$LINK" address "$FAR_MAC" netns "$FAR"
    for end in "$NEAR" "$FAR"; do
        ip -n "$end" link set lo up
        ip -n "$end" link set "$LINK" up
        ip netns exec "$end" sh -c 'echo "0 2147483647" >/proc/sys/net/ipv4/ping_group_range'
    done
    ip -n "$NEAR" address add "$NEAR_ADDRESS/30" dev "$LINK"
    ip -n "$FAR" address add "$FAR_ADDRESS/30" dev "$LINK"
    ip -n "$NEAR" route add 10.0.0.0/8 via "$FAR_ADDRESS"
    ip -n "$FAR" route add local 10.0.0.0/8 dev lo
    ip -n "$NEAR" route add 198.19.0.0/16 via "$FAR_ADDRESS"
    ip -n "$FAR" route add blackhole 198.19.0.0/16
    awk 'BEGIN {
        for (i = 0; i < 65536; i += 16) printf "route add local 198.19.%d.%d/32 dev lo\n", i / 256, i % 256
    }' | ip -n "$FAR" -batch -
    # The first packet over a new pair may wait for its interfaces; none of those measured shall.
    local try
    for ((try = 1; try <= 20; try++)); do
        if [[ $(ip netns exec "$NEAR" "$work/limit" "$FAR_ADDRESS" 1 1 1 1) == *'received 1 '* ]]; then
            return
        fi
    done
    echo "no packet comes through $LINK" >&2
    return 1
}

# Prints the round trips per second from the line of the reference or of RoundTrips.
round_trips() {
    sed -n 's/.* \([0-9]*\) round trips.*/\1/p' <<<"$1"
}

median() {
    sort -n | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}
