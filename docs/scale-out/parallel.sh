#!/bin/sh
# Sweeps by several processes, by GNU parallel where there is one, else by xargs on this machine.
#
#   parallel.sh PARTS AT_ONCE DIRECTORY OPTION... TARGET...
#
# Part 3 writes its results to DIRECTORY/part-3.out, its messages and its summary to part-3.err, and its exit code to
# part-3.exit. A part that has ended with 0 or 1 is not run again: after a failure, give the same command once more.
#
# NETTYPING is the program; if it is not set, that of this clone, else nettyping of PATH. GNU parallel takes options from PARALLEL: with "--sshloginfile hosts.txt --workdir ." several
# machines do it, which must have program and DIRECTORY under the same names.
set -eu

if [ -z "${NETTYPING-}" ]; then
    NETTYPING=$(dirname "$(readlink -f "$0")")/../../bin/nettyping
    [ -x "$NETTYPING" ] || NETTYPING=nettyping
fi
export NETTYPING

if [ "${1-}" = --part ]; then
    part=$2 parts=$3 out=$4/part-$2
    shift 4
    if [ -e "$out.exit" ]; then
        read -r code <"$out.exit"
        case $code in 0 | 1) exit ;; esac
    fi
    code=0
    "$NETTYPING" sweep --shard "$part/$parts" "$@" >"$out.out" 2>"$out.err" </dev/null || code=$?
    # A JVM that does not start has 1, too, and no summary.
    [ $code -ne 1 ] || grep -Eq '^(\{"targets":|[0-9]+ targets?, )' "$out.err" || code=4
    echo "$code" >"$out.exit"
    exit
fi

[ $# -ge 4 ] || {
    sed -n '2,/^set/s/^# \{0,1\}//p' "$0" >&2
    exit 3
}
parts=$1 at_once=$2 directory=$3
shift 3
mkdir -p "$directory"
if command -v parallel >/dev/null; then
    seq "$parts" | parallel --quote --jobs "$at_once" --env NETTYPING \
        sh "$0" --part '{}' "$parts" "$directory" "$@"
else
    seq "$parts" | xargs -P "$at_once" -I '{}' sh "$0" --part '{}' "$parts" "$directory" "$@"
fi

# 1 is an answer: some targets were silent.
worst=0
for part in $(seq "$parts"); do
    code=none
    [ ! -e "$directory/part-$part.exit" ] || read -r code <"$directory/part-$part.exit"
    case $code in
    0) ;;
    1) [ $worst -gt 1 ] || worst=1 ;;
    *)
        echo "parallel.sh: part $part: exit code $code, see $directory/part-$part.err" >&2
        worst=4
        ;;
    esac
done
exit $worst
