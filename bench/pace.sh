#!/usr/bin/env bash
# Whether rates and intervals are kept: probes per second from the first to the last, and the fullest 100 ms of all, by
# the send times that the command line tells.
#
#   sudo bench/pace.sh [RATE...]            default: 10 50 100 333 1000 5000, each for ten seconds
#   BUSY=4 sudo -E bench/pace.sh            beside so many threads of stress-ng that never rest
#   COMMAND=ping sudo -E bench/pace.sh      ping -i 1/RATE in place of sweep --rate; 1 to 1000
#   NETTYPING='java ... Main' sudo -E bench/pace.sh    another build
#
# Needs root, unshare(1), and target/nettyping-cli.jar, which bin/nettyping builds. All packets stay on the loopback
# interface of a network namespace that ends with this script.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [ -z "${NETTYPING_PACE_INSIDE-}" ]; then
    [ "$(id -u)" -eq 0 ] || { echo "network namespaces need root" >&2; exit 1; }
    NETTYPING_PACE_INSIDE=1 exec unshare --net "bench/${BASH_SOURCE[0]##*/}" "$@"
fi

export LC_ALL=C
readonly NETTYPING=${NETTYPING:-bin/nettyping} COMMAND=${COMMAND:-sweep} BUSY=${BUSY:-0} SECONDS_EACH=10
[ $# -gt 0 ] || set -- 10 50 100 333 1000 5000

ip link set lo up
load=
stop_load() {
    [ -z "$load" ] || kill "$load" 2>/dev/null || true
    load=
}
trap stop_load EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

probes() { # RATE: results as JSON, one a line
    local count=$(($1 * SECONDS_EACH))
    case $COMMAND in
        # shellcheck disable=SC2086 # a command of several words
        sweep) $NETTYPING sweep --rate "$1" --limit "$count" --retries 0 --format jsonl 127.0.0.0/8 ;;
        # shellcheck disable=SC2086
        ping) $NETTYPING ping -i "$(awk "BEGIN { printf \"%.6f\", 1 / $1 }")" -c "$count" --format jsonl 127.0.0.1 ;;
        *) echo "COMMAND: $COMMAND (expected: sweep or ping)" >&2; return 1 ;;
    esac
}

# Reads send times in ascending order: seconds.
figures() { # RATE
    awk -v rate="$1" '
        { t[n++] = $1 }
        END {
            if (n < 2) { print rate, "nothing sent"; exit 1 }
            for (i = j = 0; i < n; i++) {
                while (t[i] - t[j] >= 0.1) j++
                if (i - j + 1 > worst) worst = i - j + 1
            }
            share = rate / 10
            mean = (n - 1) / (t[n - 1] - t[0])
            printf "%8d %10.2f %+8.2f %% %10d %10.2f\n", rate, mean, 100 * (mean / rate - 1), worst, worst / share
        }'
}

[ "$BUSY" -eq 0 ] || { stress-ng --quiet --cpu "$BUSY" --timeout $(($# * (SECONDS_EACH + 5))) & load=$!; }
printf '%8s %10s %10s %10s %10s\n' asked sent/s error 'in 100 ms' 'of share'
for rate in "$@"; do
    probes "$rate" 2>/dev/null |
        sed -n 's/.*"sent_at":"[^T]*T\([0-9]*\):\([0-9]*\):\([0-9.]*\)Z".*/\1 \2 \3/p' |
        awk '{ printf "%.9f\n", $1 * 3600 + $2 * 60 + $3 }' | sort -n | figures "$rate"
done
