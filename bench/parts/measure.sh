# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # its variables are those of the files that source it
# How bench/run.sh takes a measurement and keeps it. To be sourced after bench/lib.sh.

# Where the command measured last printed to, its wall and processor seconds, and its exit code (124: out of time).
out=$work/out
err=$work/err
wall=0
cpu=0
status=0

part=
round=1
part_began=0

# Keeps a figure of the current part and round. Only the value may hold commas.
record() { # SCENARIO SUBJECT METRIC VALUE
    if [[ $1$2$3 == *,* ]]; then
        echo "a comma in: $1$2$3" >&2
        return 1
    fi
    # A program of another version may not tell it.
    if [ -z "$4" ]; then
        echo "$1, $2: no $3" >&2
        return 0
    fi
    printf '%s,%s,%s,%s,%s,%s\n' "$part" "$1" "$2" "$round" "$3" "$4" >>"$RESULTS"
}

# Runs a command in the near namespace, in the seconds it is given.
measure() { # SECONDS COMMAND...
    local limit=$1 TIMEFORMAT='%R %U %S' user system
    shift
    status=0
    # In the foreground, so that an interrupt at the terminal ends the command too.
    { time timeout --foreground -k 5 "$limit" ip netns exec "$NEAR" "$@" </dev/null >"$out" 2>"$err" || status=$?; } 2>"$work/time"
    read -r wall user system <"$work/time"
    cpu=$(calculate "$user + $system")
}

# Whether the last command ended with one of the exit codes; what does not is kept as a failure, and shown.
ended_with() { # SCENARIO SUBJECT CODES
    if [[ " $3 " == *" $status "* ]]; then
        return 0
    fi
    record "$1" "$2" failed "$status"
    printf '%s %s: exit code %s: %s\n' "$1" "$2" "$status" "$(tr '\r' '\n' <"$err" | awk 'NF' | tail -n 1 | cut -c -200)" >&2
    return 1
}

calculate() { # EXPRESSION
    awk "BEGIN { printf \"%.6g\", $1 }"
}

# Prints a field of the JSON summary that nettyping ends its standard error with.
summary() { # FIELD
    tail -n 1 "$err" | sed -n "s/.*\"$1\":\([0-9.]*\)[,}].*/\1/p"
}

# Forgets what is known of the parts to be measured, and notes what they are measured on.
begin_results() { # PART...
    mkdir -p "${RESULTS%/*}"
    touch "$RESULTS"
    awk -F, -v parts=" $* " '$1 != "machine" && !index(parts, " " $1 " ")' "$RESULTS" >"$work/kept"
    mv "$work/kept" "$RESULTS"
    machine_facts
    part=method
    local each
    for each in "$@"; do
        record "$each" run date "$(date -u +%Y-%m-%d)"
        record "$each" run rounds "$(rounds_of "$each")"
    done
    # The rows of method are one set for each part: those of earlier runs go.
    awk -F, '{ key = $1 == "method" ? $1 FS $2 FS $5 : NR; if (!(key in line)) order[++n] = key; line[key] = $0 }
        END { for (i = 1; i <= n; i++) print line[order[i]] }' "$RESULTS" >"$work/kept"
    mv "$work/kept" "$RESULTS"
}

machine_facts() {
    part=machine
    record machine kernel fact "$(uname -sr)"
    record machine processor fact "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)"
    record machine cores fact "$(nproc)"
    record machine memory fact "$(awk '/^MemTotal/ { printf "%.0f GiB", $2 / 1048576 }' /proc/meminfo)"
    record machine virtual fact "$(grep -q '^flags.* hypervisor' /proc/cpuinfo && echo yes || echo no)"
    record machine load fact "$(cut -d ' ' -f 1-3 /proc/loadavg)"
    record machine JDK fact "$("$java" -version 2>&1 | sed -n 2p)"
    record machine compiler fact "$(cc --version | head -n 1)"
    record machine nettyping fact "$(bin/nettyping --version), $(git describe --always --dirty 2>/dev/null || echo 'no commit')"
    record machine fping fact "$(version_of fping fping --version)"
    record machine zmap fact "$(version_of zmap zmap --version)"
    record machine masscan fact "$(version_of masscan masscan --version)"
    record machine nmap fact "$(version_of nmap nmap --version)"
    record machine ping fact "$(version_of ping ping -V)"
}

# Prints the first line a tool has for its version; some fail while they print it.
version_of() { # TOOL COMMAND...
    if ! command -v "$1" >/dev/null; then
        echo "not installed"
        return
    fi
    shift
    { "$@" 2>&1 || true; } | awk 'NF && !done { sub(/ \( .*/, ""); print; done = 1 }'
}

# Prints how often a part is measured.
rounds_of() { # PART
    if [ "$1" = slash8 ]; then
        echo 1
    else
        echo "$rounds"
    fi
}

begin_part() { # PART
    part=$1
    part_began=$EPOCHREALTIME
}

end_part() {
    local seconds
    seconds=$(calculate "$EPOCHREALTIME - $part_began")
    record all run part_seconds "$seconds"
    printf '== round %s of %s, %s: %.0f s\n' "$round" "$rounds" "$part" "$seconds"
}
