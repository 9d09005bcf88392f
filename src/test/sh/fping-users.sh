#!/usr/bin/env bash
# Runs programs that start fping with nettyping in its place, under a link named fping: SmokePing, Netdata, check_fping of
# the monitoring plugins, the command lines of Zabbix, and fping's own tests. Prints a line "ok", "not ok" or "skip", the
# last with the reason, for each; ends with 1 if there was a "not ok".
#
#   sudo src/test/sh/fping-users.sh [SOURCES]
#
# SOURCES is a directory with the sources of fping, as `apt-get source fping` leaves them; their tests also need
# libtest-command-perl. What else is needed comes from the packages smokeping, netdata-core, netdata-plugins-bash, curl and
# monitoring-plugins-standard, without recommended ones; a running service of theirs is neither needed nor touched.
#
# Everything runs in namespaces of its own: of processes, mounts, and the network, which has no way out.
set -u

here=$(cd -P -- "$(dirname -- "$0")" && pwd)
launcher=$(cd -P -- "$here/../../../bin" && pwd)/nettyping

if [ "${FPING_USERS_INSIDE-}" != yes ]; then
    if [ "$(id -u)" -ne 0 ]; then
        echo "run this as root: it needs namespaces of its own" >&2
        exit 1
    fi
    "$launcher" fping -v >/dev/null || exit 1 # builds the jars, if need be
    tmp=$(mktemp -d) || exit 1
    chmod 755 "$tmp"
    FPING_USERS_INSIDE=yes TMPDIR=$tmp unshare --net --mount --pid --fork --mount-proc --kill-child "$0" "$@"
    code=$?
    rm -rf "$tmp"
    exit "$code"
fi

tmp=$TMPDIR
failures=0
ok() { printf 'ok - %s\n' "$1"; }
skip() { printf 'skip - %s: %s\n' "$1" "$2"; }
not_ok() {
    printf 'not ok - %s\n' "$1"
    tail -n 40 "$2" | sed 's/^/  # /'
    failures=$((failures + 1))
}
# verdict NAME FILE COMMAND…: the command is true; else FILE tells more
verdict() {
    local name=$1 file=$2
    shift 2
    if "$@"; then ok "$name"; else not_ok "$name" "$file"; fi
}

# Hosts that answer are addresses of lo; whatever is routed to quiet0 is never answered.
ip link set lo up
ip link add quiet0 type veth peer name quiet1
ip link set quiet0 up arp off
ip link set quiet1 up arp off
for last in 1 2 3; do ip addr add "198.18.1.$last/32" dev lo; done
ip route add 198.18.2.0/24 dev quiet0 src 198.18.1.1
readonly UP1=198.18.1.1 UP2=198.18.1.2 DOWN=198.18.2.9
sysctl -qw net.ipv4.ping_group_range='0 2147483647'

bin=$tmp/bin
mkdir "$bin"
ln -s "$launcher" "$bin/fping"
ln -s "$launcher" "$bin/fping6"

# --- SmokePing -----------------------------------------------------------------------------------------------------

smokeping_config() {
    cat <<EOF
*** General ***
owner = nobody
contact = nobody@localhost
mailhost = localhost
imgcache = $1/img
imgurl = img
datadir = $1/data
piddir = $1
cgiurl = http://localhost/smokeping.cgi
smokemail = /etc/smokeping/smokemail
tmail = /etc/smokeping/tmail
*** Database ***
step = 30
pings = 20
AVERAGE 0.5 1 1008
*** Presentation ***
template = /etc/smokeping/basepage.html
+ overview
width = 600
height = 50
range = 10h
+ detail
width = 600
height = 200
unison_tolerance = 2
"Last 3 Hours" 3h
*** Probes ***
+ FPing
binary = $bin/fping
hostinterval = 0.1
mininterval = 0.001
+ FPing6
binary = $bin/fping6
protocol = 6
hostinterval = 0.1
*** Targets ***
probe = FPing
menu = Top
title = Top
+ up1
menu = up1
title = up1
host = $UP1
+ up2
menu = up2
title = up2
host = $UP2
+ down
menu = down
title = down
host = $DOWN
+ six
probe = FPing6
menu = six
title = six
host = ::1
EOF
}

# Prints the last loss and the last median of a file, in seconds.
smokeping_values() {
    perl -MRRDs -e 'my $i = RRDs::info($ARGV[0]) or die RRDs::error;
        printf "%s %s\n", map { $i->{"ds[$_].last_ds"} } "loss", "median"' "$1"
}

smokeping_filled() {
    local name loss median
    for name in up1 up2 six; do
        read -r loss median < <(smokeping_values "$1/data/$name.rrd")
        echo "$name: loss $loss, median $median" >>"$1/log"
        # No answer in less than a microsecond, nor in more than 0.1 s: this is loopback.
        awk -v l="$loss" -v m="$median" 'BEGIN { exit !(l == "0" && m > 1e-6 && m < 0.1) }' || return 1
    done
    read -r loss median < <(smokeping_values "$1/data/down.rrd")
    echo "down: loss $loss, median $median" >>"$1/log"
    [ "$loss" = 20 ] && [ "$median" = U ]
}

try_smokeping() {
    local dir=$tmp/smokeping
    mkdir -p "$dir/data" "$dir/img"
    smokeping_config "$dir" >"$dir/config"
    timeout 120 smokeping --config="$dir/config" --debug >"$dir/log" 2>&1
    verdict "SmokePing: a cycle of FPing and FPing6, whose files have its values" "$dir/log" smokeping_filled "$dir"
    verdict "SmokePing: it has nothing to complain of" "$dir/log" \
        test "$(grep -c -e WARNING -e '###' -e ERROR "$dir/log")" = 0
}

if command -v smokeping >/dev/null; then try_smokeping; else skip SmokePing "install smokeping"; fi

# --- Netdata -------------------------------------------------------------------------------------------------------

readonly PLUGIN=/usr/lib/netdata/plugins.d/fping.plugin

netdata_config() {
    cat <<EOF
[global]
    run as user = root
[directories]
    config = $1
    cache = $1/cache
    lib = $1/lib
    log = $1/log
    plugins = $1/plugins
[db]
    mode = ram
[web]
    bind to = 127.0.0.1:19999
[ml]
    enabled = no
[health]
    enabled = no
[plugins]
    proc = no
    cgroups = no
    tc = no
    idlejitter = no
    diskspace = no
    timex = no
    statsd = no
    enable running new plugins = no
    fping = yes
EOF
}

# chart_value CHART DIMENSION: the last value, by Netdata's own interface
chart_value() {
    curl -s --max-time 5 "http://127.0.0.1:19999/api/v1/data?chart=$1&dimensions=$2&points=1&after=-3&format=csv" |
        sed -n '2s/.*,//p' | tr -d '\r'
}

netdata_has_values() {
    local try rcv avg returned
    for try in $(seq 60); do
        rcv=$(chart_value fping.198_18_1_1_packets rcv)
        avg=$(chart_value fping.198_18_1_1_latency avg)
        returned=$(chart_value fping.198_18_2_9_quality returned)
        echo "look $try: received $rcv, average $avg ms, returned by the silent host $returned %" >>"$1"
        # Five a second.
        if awk -v r="$rcv" -v a="$avg" -v q="$returned" 'BEGIN { exit !(r > 4 && r < 6 && a > 0 && a < 100 && q == "0") }'
        then
            return 0
        fi
        sleep 0.5
    done
    return 1
}

try_netdata() {
    local dir=$tmp/netdata pid
    mkdir -p "$dir/plugins" "$dir/cache" "$dir/lib" "$dir/log"
    ln -s "$PLUGIN" "$dir/plugins/fping.plugin"
    printf 'fping=%q\nhosts="%s"\n' "$bin/fping" "$UP1 $DOWN" >"$dir/fping.conf"
    netdata_config "$dir" >"$dir/netdata.conf"
    netdata -D -P "$dir/pid" -c "$dir/netdata.conf" >"$dir/out" 2>&1 &
    pid=$!
    verdict "Netdata: its fping plugin fills the charts" "$dir/out" netdata_has_values "$dir/out"
    kill "$pid"
    wait "$pid" 2>/dev/null
}

# The command line of its plugin.
try_netdata_line() {
    local out=$tmp/line pid try
    : >"$out"
    # A script has its background ignore interrupts.
    env --default-signal=INT "$bin/fping" -N -l -Q 1 -p 200 -R -b 56 -i 1 -r 0 -t 5000 "$UP1" "$UP2" >"$out" 2>&1 &
    pid=$!
    for try in $(seq 100); do
        [ "$(grep -c '^SET rcv = ' "$out")" -ge 6 ] && break
        sleep 0.1
    done
    kill -INT "$pid"
    wait "$pid"
    verdict "Netdata: three charts for each host, once" "$out" test "$(grep -c '^CHART ' "$out")" = 6
    verdict "Netdata: five sent and received a second" "$out" \
        test "$(grep -cE '^SET (xmt|rcv) = [456]$' "$out")" = "$(grep -cE '^SET (xmt|rcv) = ' "$out")"
}

try_netdata_line
if ! [ -x "$PLUGIN" ]; then
    skip Netdata "install netdata-plugins-bash"
elif ! command -v netdata >/dev/null || ! command -v curl >/dev/null; then
    skip Netdata "install netdata-core and curl"
else
    try_netdata
fi

# --- check_fping -----------------------------------------------------------------------------------------------------

# The plugin starts the program it was built with, so a link stands in its place, in this namespace of mounts alone.
stand_in_for() {
    local dir=$tmp/overlay
    mkdir -p "$dir"
    mount -t tmpfs none "$dir" && mkdir "$dir/upper" "$dir/work" || return 1
    ln -s "$launcher" "$dir/upper/$(basename "$1")"
    mount -t overlay none -o "lowerdir=$(dirname "$1"),upperdir=$dir/upper,workdir=$dir/work" "$(dirname "$1")"
}

check_fping() {
    local expected=$1 pattern=$2
    shift 2
    "$plugin" "$@" >"$tmp/check" 2>&1
    [ $? = "$expected" ] && grep -qE "$pattern" "$tmp/check"
}

try_check_fping() {
    if ! stand_in_for /usr/bin/fping 2>"$tmp/check"; then
        skip check_fping "no overlay of /usr/bin: $(cat "$tmp/check")"
        return
    fi
    verdict "check_fping: a host that answers" "$tmp/check" \
        check_fping 0 '^FPING OK - .*loss=0%, rta=[0-9.]+ ms' -H "$UP1" -w 100,20% -c 500,60% -n 5
    verdict "check_fping: with size, interval and timeout" "$tmp/check" \
        check_fping 0 '^FPING OK' -H "$UP2" -w 100,20% -c 500,60% -b 100 -n 3 -T 300 -i 200
    verdict "check_fping: a silent host" "$tmp/check" \
        check_fping 2 '^FPING CRITICAL' -H "$DOWN" -w 100,20% -c 500,60% -n 3 -T 200 -i 200
    umount --lazy /usr/bin
}

plugin=/usr/lib/nagios/plugins/check_fping
if [ -x "$plugin" ]; then try_check_fping; else skip check_fping "install monitoring-plugins-standard"; fi

# --- Zabbix ----------------------------------------------------------------------------------------------------------

# It tries command lines at first, then gives hosts on standard input and reads one stream.
zabbix() {
    local pattern=$1
    shift
    printf '%s\n' "$UP1" "$UP2" "$DOWN" >"$tmp/hosts"
    "$bin/fping" "$@" >"$tmp/zabbix" 2>&1 <"$tmp/hosts"
    [ "$(grep -cE "$pattern" "$tmp/zabbix")" = 3 ]
}

"$bin/fping" -c1 -t50 -i0 "$UP1" >"$tmp/zabbix" 2>&1
verdict "Zabbix: an interval of 0 is permitted" "$tmp/zabbix" grep -q "^$UP1 : \[0\]" "$tmp/zabbix"
"$bin/fping" -h >"$tmp/zabbix" 2>&1
verdict "Zabbix: -S is in the help" "$tmp/zabbix" grep -qE '^ *-S[ ,]' "$tmp/zabbix"
readonly TIMES='^198\.18\.[12]\.[0-9] : ([0-9.]+|-) ([0-9.]+|-) ([0-9.]+|-)$'
verdict "Zabbix: -C3 -i0" "$tmp/zabbix" zabbix "$TIMES" -C3 -i0
verdict "Zabbix: with -p, -b, -t and -S" "$tmp/zabbix" zabbix "$TIMES" -C3 -p200 -b68 -t300 -i0 -S"$UP1"
verdict "Zabbix: -c3 -q" "$tmp/zabbix" \
    zabbix '^198\.18\.[12]\.[0-9] : xmt/rcv/%loss = 3/[03]/(0|100)%' -c3 -q -p100

# --- fping's own tests -----------------------------------------------------------------------------------------------

# Their hosts that never answer are routed to the quiet device. Those that need the Internet skip themselves.
own_tests() {
    local test
    for test in "$1"/ci/test-*.pl; do
        # One by one, with a limit: some wait for a signal.
        (cd "$1" && timeout 120 perl "ci/$(basename "$test")" 2>/dev/null | sed "s|^|$(basename "$test"): |")
    done | grep -E '^[^ ]+: (not )?ok ' | sed -E "s|/tmp/[A-Za-z0-9_.]+(/[A-Za-z0-9_]+)*|FILE|g"
}

try_own_tests() {
    ip route add 8.8.0.0/16 dev quiet0 src "$UP1"
    sysctl -qw net.ipv4.ping_group_range='1 0'
    if command -v fping >/dev/null; then own_tests "$1" >"$tmp/theirs"; else : >"$tmp/theirs"; fi
    # HotSpot keeps SIGQUIT for itself.
    cat >"$bin/pkill" <<'EOF'
#!/bin/sh
case $1 in -QUIT) shift; set -- -USR1 "$@" ;; esac
exec /usr/bin/pkill "$@"
EOF
    chmod +x "$bin/pkill"
    PATH=$bin:$PATH own_tests "$1" >"$tmp/own"
    printf '%s of %s own tests of fping are passed, %s by fping itself\n' "$(grep -c ': ok ' "$tmp/own")" \
        "$(wc -l <"$tmp/own")" "$(grep -c ': ok ' "$tmp/theirs")"
    grep ': not ok ' "$tmp/own" | sed 's/: not ok /: ok /' | grep -Fxf - "$tmp/theirs" |
        sed 's/^/  by fping only: /'
}

if [ $# -eq 0 ]; then
    skip "fping's own tests" "name the directory of its sources"
elif ! perl -MTest::Command -e 1 2>/dev/null; then
    skip "fping's own tests" "install libtest-command-perl"
else
    try_own_tests "$(cd "$1" && pwd)"
fi

[ "$failures" = 0 ]
