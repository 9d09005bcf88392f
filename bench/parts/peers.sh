# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # its variables are those of the files that source it
# The part of bench/run.sh that sets the command line beside other programs. To be sourced after bench/parts/ours.sh.
#
# All get the same addresses over the same pair of interfaces, one try for each, results counted and thrown away. Wall
# time is that of the whole command.

readonly PREFIXES=(65536:10.0.0.0/16 262144:10.0.0.0/14)
# fping wraps its sequence numbers after so many hosts, and aborts if that happens within ten seconds.
readonly FPING_HOSTS=65535
readonly ONE_HOST="one host" FLOOD=1000000

part_peers() {
    local entry hosts prefix tool
    for entry in "${PREFIXES[@]}"; do
        hosts=${entry%%:*} prefix=${entry#*:}
        for tool in nettyping fping zmap masscan nmap; do
            if [ "$tool" != nettyping ] && ! command -v "$tool" >/dev/null; then
                record "$hosts hosts" "$tool" absent 1
                echo "$hosts hosts, $tool: not installed"
                continue
            fi
            found=0
            "sweep_by_$tool" "$hosts" "$prefix" || continue
            record "$hosts hosts" "$tool" wall_seconds "$wall"
            record "$hosts hosts" "$tool" cpu_seconds "$cpu"
            record "$hosts hosts" "$tool" missed "$((hosts - found))"
            printf '%s hosts, %s: %s s, %s missed\n' "$hosts" "$tool" "$wall" "$((hosts - found))"
        done
    done
    flood_one_host
}

# Each sets $found, $wall and $cpu.

sweep_by_nettyping() { # HOSTS PREFIX
    measure 60 bin/nettyping sweep --rate auto --all-addresses -q --summary json -t 500ms -r 0 "$2"
    ended_with "$1 hosts" nettyping '0 1' || return 1
    found=$(summary alive)
}

# Several processes one after another where there are more hosts than one can have.
sweep_by_fping() { # HOSTS PREFIX
    local runs=$((($1 + FPING_HOSTS - 1) / FPING_HOSTS)) run from to all_wall=0 all_cpu=0
    for ((run = 0; run < runs; run++)); do
        from=$(($1 * run / runs)) to=$(($1 * (run + 1) / runs - 1))
        measure 60 fping -a -q -i0 -r0 -t500 -g "$(address "$from")" "$(address "$to")"
        ended_with "$1 hosts" fping '0 1' || return 1
        found=$((found + $(wc -l <"$out")))
        all_wall=$(calculate "$all_wall + $wall") all_cpu=$(calculate "$all_cpu + $cpu")
    done
    wall=$all_wall cpu=$all_cpu
}

# Prints address number N of 10.0.0.0/8.
address() { # N
    echo "10.$(($1 >> 16)).$(($1 >> 8 & 255)).$(($1 & 255))"
}

# An empty list of what to leave out: as installed it leaves out all private addresses.
sweep_by_zmap() { # HOSTS PREFIX
    : >"$work/none"
    rm -f "$work/found"
    measure 60 zmap -M icmp_echoscan -r 100000 -T1 -c1 -q -v0 --disable-syslog -C /dev/null -b "$work/none" \
        -i "$LINK" -S "$NEAR_ADDRESS" -G "$FAR_MAC" -o "$work/found" "$2"
    ended_with "$1 hosts" zmap 0 || return 1
    found=$(sort -u "$work/found" | wc -l)
}

# It ends only when something arrives after its wait, which here nothing does: a packet each fifth of a second helps it.
sweep_by_masscan() { # HOSTS PREFIX
    local helper=
    rm -f "$work/found"
    if command -v ping >/dev/null; then
        ip netns exec "$FAR" timeout 60 ping -q -i 0.2 "$NEAR_ADDRESS" >/dev/null 2>&1 &
        helper=$!
    fi
    # What it would go on with after an interrupt, it writes into the current directory.
    measure 30 env -C "$work" masscan --ping --rate 100000 --wait 1 --adapter "$LINK" --adapter-ip "$NEAR_ADDRESS" \
        --adapter-mac "$NEAR_MAC" --router-mac "$FAR_MAC" -oL "$work/found" "$2"
    if [ -n "$helper" ]; then
        kill "$helper"
        wait "$helper" || true
    fi
    ended_with "$1 hosts" masscan 0 || return 1
    found=$(awk '$1 == "open" { print $4 }' "$work/found" | sort -u | wc -l)
}

sweep_by_nmap() { # HOSTS PREFIX
    rm -f "$work/found"
    measure 90 nmap -sn -PE -n -T5 --max-retries 0 --min-rate 10000 -oG "$work/found" "$2"
    ended_with "$1 hosts" nmap 0 || return 1
    found=$(grep -c 'Status: Up' "$work/found" || true)
}

# One host as fast as its replies come, 64 probes under way or one.
flood_one_host() {
    flood "ping -f -l64" ping -q -f -l64 -c $FLOOD
    flood "ping -f" ping -q -f -c $((FLOOD / 10))
    flood "nettyping ping -f" bin/nettyping ping -q -f -c $((FLOOD / 10))
    measure 60 "$work/limit" "${FIRST[veth]}" $FLOOD 0 64 2048 same
    if ended_with "$ONE_HOST" reference 0; then
        record "$ONE_HOST" reference round_trips_per_second "$(round_trips "$(<"$out")")"
    fi
}

# Reads what ping(8) and ours have in common: the line that counts packets.
flood() { # SUBJECT COMMAND...
    local subject=$1 sent received
    shift
    if ! command -v "$1" >/dev/null; then
        record "$ONE_HOST" "$subject" absent 1
        echo "$ONE_HOST, $subject: not installed"
        return
    fi
    measure 60 "$@" "${FIRST[veth]}"
    if ended_with "$ONE_HOST" "$subject" '0 1'; then
        read -r sent received < <(sed -n 's/^\([0-9]*\) packets transmitted, \([0-9]*\) received.*/\1 \2/p' "$out")
        record "$ONE_HOST" "$subject" round_trips_per_second "$(calculate "$received / $wall")"
        record "$ONE_HOST" "$subject" missed "$((sent - received))"
        printf '%s, %s: %.0f/s\n' "$ONE_HOST" "$subject" "$(calculate "$received / $wall")"
    fi
}
