#!/usr/bin/env bash
# Installs what `mvn -Prelease,dist package` has made in a fresh Debian without Java, and tries it there, in namespaces of its own.
#
#   src/test/sh/dist-test.sh [DIST-DIRECTORY]       needs root, mmdebstrap and a Debian mirror; without, it says so and ends with 0
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
dist=$(cd "${1:-$root/target/dist}" && pwd)

if [ "$(id -u)" -ne 0 ] || ! command -v mmdebstrap >/dev/null; then
    echo "skipped: needs root and mmdebstrap"
    exit 0
fi
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
system=$tmp/system
failed=0

check() { # NAME COMMAND...
    local name=$1
    shift
    if "$@" >"$tmp/said" 2>&1; then
        echo "ok - $name"
    else
        echo "not ok - $name"
        sed 's/^/    /' "$tmp/said"
        failed=1
    fi
}

# Runs a shell script $1 in the system, with its own network and processes, and only the loopback interface.
inside() {
    unshare --net --mount --pid --fork --kill-child bash -c '
        ip link set lo up
        mount -t proc proc "$1/proc"
        mount --bind /dev "$1/dev"
        exec chroot "$1" /bin/sh -ec "$2"
    ' inside "$system" "$1"
}

mmdebstrap --quiet --variant=minbase --include=man-db "${DEBIAN_SUITE:-bookworm}" "$system" ${DEBIAN_MIRROR:+"$DEBIAN_MIRROR"}
# minbase leaves manual pages out.
rm -f "$system"/etc/dpkg/dpkg.cfg.d/*
cp "$dist"/*.deb "$system/tmp/nettyping.deb"
find "$system" -xdev -path "$system/proc" -prune -o -path "$system/var" -prune -o -print | sort >"$tmp/before"

check "the package installs" inside 'dpkg -i /tmp/nettyping.deb'
check "254 hosts answer" inside 'test "$(nettyping sweep 127.0.0.0/24 | wc -l)" = 254'
check "man finds the page of a command" inside 'MANPAGER=cat man nettyping-sweep | grep -q "nettyping-sweep"'
taken='rm -f /tmp/load; NETTYPING_JAVA_OPTS=-Xlog:class+load:file=/tmp/load $it --version && grep -q "nettyping.cli.Main source: shared objects file" /tmp/load'
check "the start-up cache is taken" inside "it=nettyping; $taken"
check "fping is an alternative" inside 'fping -v | grep -q "Version 5" && fping -q 127.0.0.1'
# --reuid and no groups: nobody may open a socket here.
check "who may not ping is told what helps" inside '
    setpriv --reuid=65534 --regid=65534 --clear-groups nettyping doctor >/tmp/told 2>&1 && exit 1
    grep -q "ping_group_range" /tmp/told'
check "the example of the package is what helps" inside '
    cp /usr/share/doc/nettyping/examples/60-nettyping.conf /tmp/ && sed -n "s/^net.ipv4.ping_group_range = //p" /tmp/60-nettyping.conf >/proc/sys/net/ipv4/ping_group_range
    setpriv --reuid=65534 --regid=65534 --clear-groups nettyping sweep 127.0.0.1'
check "nothing is written at the first use" inside 'test -z "$(find / -xdev -newer /tmp/60-nettyping.conf -type f -path "*nettyping*" ! -path "/tmp/*" ! -path "/proc/*")"'
check "the package is removed" inside 'dpkg -P nettyping && rm -rf /tmp/* && ! command -v nettyping && ! command -v fping'
find "$system" -xdev -path "$system/proc" -prune -o -path "$system/var" -prune -o -print | grep -v "^$system/tmp/" | sort >"$tmp/after"
grep -v "^$system/tmp/" "$tmp/before" >"$tmp/before.kept"
check "removal leaves nothing" diff "$tmp/before.kept" "$tmp/after"

mkdir "$system/opt/there"
tar -C "$system/opt/there" -xzf "$dist"/nettyping-*-linux-*.tar.gz
check "the archive runs from a read-only place, as nobody" inside '
    echo "0 2147483647" >/proc/sys/net/ipv4/ping_group_range
    mount --bind /opt/there /opt/there && mount -o remount,ro,bind /opt/there
    cd / && test "$(setpriv --reuid=65534 --regid=65534 --clear-groups /opt/there/*/bin/nettyping sweep 127.0.0.0/24 | wc -l)" = 254'
mv "$system/opt/there" "$system/opt/elsewhere"
check "and after a move, with its cache" inside "it=\$(echo /opt/elsewhere/*/bin/nettyping); $taken"
mv "$system/opt/elsewhere" "$system/opt/else where"
check "and in a place with a blank in its name" inside 'for it in "/opt/else where"/*/bin/nettyping; do "$it" --version; done'

(cd "$dist" && check "the sums are right" sha256sum --quiet -c SHA256SUMS)
exit "$failed"
