#!/bin/sh
# Puts together what the parts of a sweep have written.
#
#   merge.sh results FILE...     the results of all parts: text, jsonl or csv
#   merge.sh check FILE...       nothing if every target stands in them once, else those that do not, and exit code 1
#   merge.sh summaries FILE...   one summary of all parts; each file has that of a part as its last line, as standard error
#                                has with --summary json. Needs jq.
set -eu

complain() {
    echo "merge.sh: $1" >&2
    exit 1
}

[ $# -ge 2 ] || {
    sed -n '2,/^set/s/^# \{0,1\}//p' "$0" >&2
    exit 3
}
what=$1
shift
for file; do
    [ -r "$file" ] || complain "$file: cannot be read"
    # A process that was killed may have left half a line.
    [ ! -s "$file" ] || [ -z "$(tail -c 1 "$file")" ] || complain "$file: ends within a line; run this part again"
done

case $what in
results)
    # The header of csv once.
    awk 'FNR == 1 && /^target,/ { if (header++) next } { print }' "$@"
    ;;
check)
    twice=$(awk '
        /^{/ { sub(/^.*"target":"/, ""); sub(/".*/, ""); print; next }
        FNR == 1 && /^target,/ { next }
        { sub(/[\t,].*/, ""); print }' "$@" | LC_ALL=C sort | uniq -d)
    [ -z "$twice" ] || {
        echo "$twice"
        exit 1
    }
    ;;
summaries)
    failed=
    for file; do
        case $(tail -n 1 "$file") in
        '{"targets":'*) ;;
        '') failed=1 && echo "merge.sh: $file: no summary: it is empty" >&2 ;;
        *) failed=1 && echo "merge.sh: $file: no summary, but: $(tail -n 1 "$file" | tr -c '[:print:]\n' '?')" >&2 ;;
        esac
    done
    [ -z "$failed" ] || complain "these parts have failed, or ran without --summary json: run them again"
    for file; do
        tail -n 1 "$file"
    done | jq --slurp --compact-output '
        def total(f): map(f) | add;
        def same(f): map(f) | unique | if length == 1 then .[0] else null end;
        def second: .started_at[0:19] + "Z" | fromdateiso8601;
        def nanos: .started_at[20:29] | tonumber;
        def part: .command | capture("--shard[ =](?<index>auto|[0-9]+)/(?<count>[0-9]+)"; "x") // null;

        length as $files
        | [.[] | part | select(. != null)] as $parts
        | if ($parts | length) == 0 then .
          elif ($parts | length) < $files or ($parts | map(.count) | unique | length) > 1 then
            error("merge.sh: not all of these summaries are of parts of the same number")
          elif $parts[0].count != ($files | tostring) then
            error("merge.sh: \($files) summaries of \($parts[0].count) parts")
          elif $parts | map(select(.index != "auto").index) | length != (unique | length) then
            error("merge.sh: two summaries of the same part")
          else . end
        | if map(.seed) | unique | length > 1 then error("merge.sh: these parts have different seeds") else . end
        | (map(second) | min) as $base
        | map(. + {begin: ((second - $base) * 1000000000 + nanos)})
        | {
            targets: total(.targets),
            alive: total(.alive),
            timeout: total(.timeout),
            unreachable: total(.unreachable),
            ttl_exceeded: total(.ttl_exceeded),
            icmp_error: total(.icmp_error),
            send_failed: total(.send_failed),
            dropped_locally: total(.dropped_locally),
            probes_sent: total(.probes_sent),
            resent: total(.resent),
            replies: total(.replies),
            duplicates: total(.duplicates),
            damaged: total(.damaged),
            late: total(.late),
            rejected: (reduce (.[].rejected | to_entries[]) as $reason ({}; .[$reason.key] += $reason.value)),
            local_drops: total(.local_drops),
            interfaces_lost: (map(.interfaces_lost // []) | add | unique),
            elapsed_ns: ((map(.begin + .elapsed_ns) | max) - (map(.begin) | min)),
            rate: null,
            round_trips_per_second: null,
            rtt_ns: {
                min: (map(.rtt_ns.min | values) | min),
                p50: null,
                p90: null,
                p99: null,
                max: (map(.rtt_ns.max | values) | max)
            },
            rtt_source: (map(.rtt_source | values) | unique | if length > 1 then "mixed" else .[0] end),
            socket: same(.socket),
            loops: total(.loops),
            version: same(.version),
            command: same(.command),
            seed: .[0].seed,
            started_at: (map(.started_at) | min),
            kernel: same(.kernel),
            parts: $files
          }'
    ;;
*)
    complain "$what: expected results, check or summaries"
    ;;
esac
