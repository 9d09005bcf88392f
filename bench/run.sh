#!/usr/bin/env bash
# Measures nettyping beside a C program that does nothing but send and receive, and beside other pingers, in turns, and
# writes docs/benchmarks.md with its pictures.
#
#   sudo bench/run.sh                    all parts but slash8, 5 rounds: 12 to 15 minutes
#   sudo bench/run.sh --rounds 2 --only library,startup
#   sudo bench/run.sh --report           only writes the document again
#
#   --rounds N      how often each thing is measured (default: 5)
#   --only PARTS    some of: library two-loops million peers silence startup slash8; the figures of the others are kept
#   --no-report     leaves the document as it is
#
#   LIMIT_C=FILE    another C reference with the arguments of bench/limit.c
#   JAVA_OPTS=...   further arguments of the JVMs of library, two-loops, silence and slash8
#   NETTYPING_JAVA_OPTS=...   further arguments of bin/nettyping
#
# Needs root, ip(8), a C compiler, a JDK and Maven. Of fping, zmap, masscan, nmap and ping it measures what is installed.
# All packets stay in two network namespaces that it makes and removes, which have no way out. Every command has a time
# limit. The figures are in bench/target/results.csv, a line for each:
#
#   part,scenario,subject,round,metric,value
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly PARTS=(library two-loops million peers silence startup slash8)
readonly RESULTS=bench/target/results.csv CLASSES=bench/target/run-classes
readonly PACKAGE=io.github.nettyping.bench

rounds=5
only=(library two-loops million peers silence startup)
measuring=true
reporting=true

usage() {
    sed -n '2,/^set/{/^# \{0,1\}/!d;s/^# \{0,1\}//;p}' "${BASH_SOURCE[0]}"
}

fail_usage() {
    echo "run.sh: $1" >&2
    usage >&2
    exit 3
}

parse_options() {
    local part
    while [ $# -gt 0 ]; do
        case $1 in
            --rounds)
                rounds=${2-}
                [[ $rounds =~ ^[1-9][0-9]{0,2}$ ]] || fail_usage "--rounds takes a number from 1 to 999"
                shift
                ;;
            --only)
                IFS=', ' read -r -a only <<<"${2-}"
                [ "${#only[@]}" -gt 0 ] || fail_usage "--only takes parts"
                for part in "${only[@]}"; do
                    [[ " ${PARTS[*]} " == *" $part "* ]] || fail_usage "no such part: $part"
                done
                shift
                ;;
            --report) measuring=false ;;
            --no-report) reporting=false ;;
            -h | --help)
                usage
                exit 0
                ;;
            *) fail_usage "unknown option: $1" ;;
        esac
        shift
    done
}

# Sets $java and $java_options, and builds what is measured: the jar of the command line, and this project's classes against that jar.
build() {
    local sources
    java=$(command -v "${JAVA_HOME:+$JAVA_HOME/bin/}java")
    java=$(readlink -f "$java")
    java_options=(-Dio.netty.leakDetection.level=disabled)
    if [ "$("$java" --version | sed -n '1s/[^0-9]*\([0-9]*\).*/\1/p')" -ge 24 ]; then
        # As bin/nettyping does.
        java_options+=(--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)
    fi
    bin/nettyping --version
    rm -rf "$CLASSES"
    mkdir -p "$CLASSES"
    mapfile -t sources < <(find bench/src/main/java/io/github/nettyping/bench \
        \( -name RoundTrips.java -o -name LoopRoundTrips.java -o -name Sweeps.java -o -path '*/report/*' \) -print)
    "${java%java}javac" -d "$CLASSES" -cp target/nettyping-cli.jar "${sources[@]}"
}

main() {
    parse_options "$@"
    # shellcheck source=bench/lib.sh
    . bench/lib.sh
    # shellcheck source=bench/parts/measure.sh
    . bench/parts/measure.sh
    # shellcheck source=bench/parts/ours.sh
    . bench/parts/ours.sh
    # shellcheck source=bench/parts/peers.sh
    . bench/parts/peers.sh
    mkdir -p bench/target
    # Two at once would measure each other.
    exec 8>>bench/target/run.lock
    flock -n 8 || fail_usage "another run.sh is at work"
    if "$measuring"; then
        require_tools
    elif ! [ -e "$RESULTS" ]; then
        fail_usage "there is no $RESULTS yet"
    fi
    build
    if "$measuring"; then
        build_reference
        make_namespaces
        begin_results "${only[@]}"
        local part
        for ((round = 1; round <= rounds; round++)); do
            for part in "${only[@]}"; do
                if [ "$round" -gt "$(rounds_of "$part")" ]; then
                    continue
                fi
                begin_part "$part"
                "part_${part//-/_}"
                end_part
            done
        done
    fi
    if "$reporting"; then
        "$java" -cp "$CLASSES" "$PACKAGE.report.Report" "$RESULTS" docs
    fi
}

# On one line, so that editing this file while it runs does no harm: the shell reads on only after the line.
main "$@"; exit
