# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # its variables are those of the files that source it
# The parts of bench/run.sh that set nettyping against the C reference. To be sourced after bench/parts/measure.sh.

readonly MILLION=1000000
# What the command line is asked to do in the part "million": 2^20 addresses.
readonly MANY=1048576
readonly WAYS=(loopback veth)

# The reference on COUNT addresses; sets $rate. A window as wide as the count never waits for silent hosts.
reference() { # SCENARIO FIRST COUNT raw|dgram [WINDOW]
    rate=0
    measure 60 "$work/limit" "$2" "$3" "$([ "$4" = raw ] && echo 1 || echo 0)" 64 "${5:-2048}"
    if ended_with "$1" reference 0; then
        rate=$(round_trips "$(<"$out")")
    fi
    [ "$rate" != 0 ]
}

# A class of this project.
java_main() { # SECONDS CLASS ARGUMENT...
    local limit=$1 class=$2
    shift 2
    # shellcheck disable=SC2086 # several arguments
    measure "$limit" "$java" "${java_options[@]}" ${JAVA_OPTS-} \
        -cp "$CLASSES:target/nettyping-cli.jar" "$PACKAGE.$class" "$@"
}

# Prints what stands before some words in the last line of RoundTrips.
figure() { # WORDS
    tail -n 1 "$out" | sed -n "s/.*[^0-9.]\([0-9.]*\) $1.*/\1/p"
}

# Prints how many of the last round of RoundTrips or Sweeps did not answer.
missed() {
    tail -n 1 "$out" | sed -n 's/.* \([0-9]*\) of \([0-9]*\)[ ,].*/\2 - \1/p' | { read -r difference && calculate "$difference"; }
}

# One loop: the third million of a process, between two runs of the reference.
part_library() {
    local way kind
    for way in "${WAYS[@]}"; do
        for kind in raw dgram; do
            library_once "$way" "$kind"
        done
    done
}

library_once() { # WAY raw|dgram
    local scenario="$1 $2" before after before_cpu ours
    reference "$scenario" "${FIRST[$1]}" "$MILLION" "$2" || return 0
    before=$rate before_cpu=$cpu
    java_main 90 RoundTrips "${FIRST[$1]}" "$2" 3 "$MILLION"
    ended_with "$scenario" nettyping 0 || return 0
    ours=$(figure 'round trips')
    record "$scenario" nettyping round_trips_per_second "$ours"
    record "$scenario" nettyping cpu_seconds_per_million "$(figure 'CPU s')"
    record "$scenario" nettyping heap_bytes "$(figure 'heap bytes each')"
    record "$scenario" nettyping direct_kib "$(figure 'KiB direct')"
    record "$scenario" nettyping missed "$(missed)"
    reference "$scenario" "${FIRST[$1]}" "$MILLION" "$2" || return 0
    after=$(calculate "($before + $rate) / 2")
    record "$scenario" reference round_trips_per_second "$after"
    record "$scenario" reference cpu_seconds_per_million "$(calculate "($before_cpu + $cpu) / 2")"
    record "$scenario" nettyping share "$(calculate "$ours / $after")"
    printf '%s: nettyping %s, reference %.0f\n' "$scenario" "$ours" "$after"
}

# Two loops on ping sockets against two references at once, warm and by a cold command.
part_two_loops() {
    local way
    for way in "${WAYS[@]}"; do
        two_loops_warm "$way"
    done
    two_loops_cold veth
}

two_loops_warm() { # WAY
    local scenario="third million over $1" ours before
    two_references "$scenario" "${FIRST[$1]}" || return 0
    before=$rate
    java_main 90 LoopRoundTrips "${FIRST[$1]}" dgram 2 3 "$MILLION"
    ended_with "$scenario" nettyping 0 || return 0
    ours=$(figure 'round trips')
    record "$scenario" nettyping missed "$(missed)"
    two_references "$scenario" "${FIRST[$1]}" || return 0
    record_two_loops "$scenario" "$ours" "$before" "$rate"
}

two_loops_cold() { # WAY
    local scenario="cold command over $1" ours before
    two_references "$scenario" "${FIRST[$1]}" || return 0
    before=$rate
    measure 60 bin/nettyping sweep --rate auto --loops 2 --socket dgram --all-addresses -q --summary json "${FIRST[$1]}/12"
    ended_with "$scenario" nettyping '0 1' || return 0
    ours=$(summary round_trips_per_second)
    record "$scenario" nettyping missed "$(calculate "$MANY - $(summary alive)")"
    two_references "$scenario" "${FIRST[$1]}" || return 0
    record_two_loops "$scenario" "$ours" "$before" "$rate"
}

record_two_loops() { # SCENARIO OURS BEFORE AFTER
    local reference
    reference=$(calculate "($3 + $4) / 2")
    record "$1" nettyping round_trips_per_second "$2"
    record "$1" reference round_trips_per_second "$reference"
    record "$1" nettyping share "$(calculate "$2 / $reference")"
    printf '%s, two loops: nettyping %.0f, two references %.0f\n' "$1" "$2" "$reference"
}

# Two references side by side, of a million each; sets $rate to what they did together.
two_references() { # SCENARIO FIRST
    # shellcheck disable=SC2016 # the inner shell's
    measure 60 sh -c '"$1" "$2" "$3" 0 64 2048 & "$1" "$2" "$3" 0 64 2048; wait' sh "$work/limit" "$2" "$MILLION"
    ended_with "$1" reference 0 || return 1
    rate=$(sed -n 's/.* \([0-9]*\) round trips.*/\1/p' "$out" | awk '{ sum += $1 } END { print sum + 0 }')
}

# A cold command for a million hosts, between two runs of the reference.
part_million() {
    local way before
    for way in "${WAYS[@]}"; do
        reference "$way" "${FIRST[$way]}" "$MANY" dgram || continue
        before=$rate
        measure 60 bin/nettyping sweep --rate auto --all-addresses -q --summary json "${FIRST[$way]}/12"
        ended_with "$way" nettyping '0 1' || continue
        record "$way" nettyping wall_seconds "$wall"
        record "$way" nettyping cpu_seconds "$cpu"
        record "$way" nettyping missed "$(calculate "$MANY - $(summary alive)")"
        local whole own took=$wall
        whole=$(calculate "$(summary alive) / $wall")
        own=$(summary round_trips_per_second)
        reference "$way" "${FIRST[$way]}" "$MANY" dgram || continue
        before=$(calculate "($before + $rate) / 2")
        record "$way" reference round_trips_per_second "$before"
        record "$way" nettyping round_trips_per_second "$own"
        record "$way" nettyping share_whole "$(calculate "$whole / $before")"
        record "$way" nettyping share_own "$(calculate "$own / $before")"
        printf 'million, %s: %s s, %.0f/s, own %.0f/s, reference %.0f/s\n' "$way" "$took" "$whole" "$own" "$before"
    done
}

# One of 16 hosts answers; the others' packets are dropped in silence. With the receive buffer the reference has: as many
# probes wait at once as replies to them find room.
part_silence() {
    local targets=198.19.0.0/16 count=65536 sending
    reference all "${targets%/*}" $count dgram $count || return 0
    # It ends half a second after the last packet.
    sending=$(calculate "$(sed -n 's/.* in \([0-9.]*\) s,.*/\1/p' "$out") - 0.5")
    record all reference send_seconds "$sending"
    record all bound seconds "$(calculate "0.5 + 1.25 * $sending")"
    measure 60 bin/nettyping sweep --rate auto --all-addresses -q --summary json -t 500ms -r 0 --rcvbuf 67108864 "$targets"
    if ended_with all nettyping '0 1'; then
        record all "cold command" seconds "$(calculate "$(summary elapsed_ns) / 1e9")"
        record all "cold command" missed "$(calculate "$count / 16 - $(summary alive)")"
    fi
    java_main 60 Sweeps "$targets" 500 3
    if ended_with all nettyping 0; then
        record all "third sweep of a process" seconds "$(tail -n 1 "$out" | sed 's/.* in \([0-9.]*\) s/\1/')"
        record all "third sweep of a process" missed \
            "$(tail -n 1 "$out" | sed -n 's/.*alive \([0-9]*\) .*/4096 - \1/p' | { read -r d && calculate "$d"; })"
    fi
    tail -n 1 "$out"
}

# A small sweep against the JVM alone.
part_startup() {
    local run ours=0
    for run in 1 2 3 4 5; do
        measure 30 bin/nettyping sweep -q --summary json 127.0.0.0/24
        if ended_with all nettyping 0; then
            ours=$wall
            record all "sweep 127.0.0.0/24" wall_seconds "$wall"
            record all "sweep 127.0.0.0/24" missed "$(calculate "254 - $(summary alive)")"
        fi
        measure 30 "$java" -version
        if ended_with all "java -version" 0; then
            record all "java -version" wall_seconds "$wall"
        fi
    done
    printf 'startup, run %s: nettyping %s s, java -version %s s\n' "$run" "$ours" "$wall"
}

# A whole /8, once: does it keep its pace and its memory?
part_slash8() {
    local line
    java_main 300 Sweeps 10.0.0.0/8 1000
    ended_with all nettyping 0 || return 0
    while read -r line; do
        [[ $line =~ ^tenth\ ([0-9]+):\ ([0-9.]+)\ s,\ ([0-9]+)\ KiB ]] || continue
        record "tenth ${BASH_REMATCH[1]}" nettyping seconds "${BASH_REMATCH[2]}"
        record "tenth ${BASH_REMATCH[1]}" nettyping resident_mib "$(calculate "${BASH_REMATCH[3]} / 1024")"
    done <"$out"
    record all nettyping missed "$(missed)"
    tail -n 1 "$out"
}
