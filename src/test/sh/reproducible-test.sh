#!/usr/bin/env bash
# Builds the jars twice, in other places, with another umask, time zone and locale, and wants the same bytes: the
# library's, the command line's, the sources and the documents of the API (which javadoc must make without a warning).
#
#   src/test/sh/reproducible-test.sh
#
# All in a temporary directory; no tests, and nothing is installed.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

readonly JARS=(nettyping.jar nettyping-cli.jar nettyping-sources.jar nettyping-javadoc.jar)

# Builds a copy at $1 with the umask $2, the time zone $3 and the locale $4.
build() {
    (
        umask "$2"
        mkdir -p "$1/src"
        # Not cp -p: the copies get their permissions by the umask.
        cp -R "$root/pom.xml" "$root/.mvn" "$root/LICENSE" "$root/NOTICE" "$1"
        cp -R "$root/src/main" "$1/src"
        chmod -R "u=rwX,go=$(if [ "$2" = 077 ]; then echo; else echo rX; fi)" "$1"
        cd "$1"
        MAVEN_OPTS="${MAVEN_OPTS-} -Djansi.noreset=true" TZ=$3 LC_ALL=$4 \
            mvn -q -B -Dstyle.color=never -Prelease package -Dmaven.test.skip
    )
}

build "$tmp/one" 022 UTC C.UTF-8
build "$tmp/another place/two" 077 Pacific/Auckland C
status=0
for jar in "${JARS[@]}"; do
    one=$(sha256sum <"$tmp/one/target/$jar")
    two=$(sha256sum <"$tmp/another place/two/target/$jar")
    if [ "$one" != "$two" ]; then
        echo "reproducible-test: $jar differs between two builds" >&2
        status=1
        continue
    fi
    for entry in META-INF/LICENSE META-INF/NOTICE; do
        if ! unzip -Z1 "$tmp/one/target/$jar" "$entry" >/dev/null; then
            echo "reproducible-test: $jar has no $entry" >&2
            status=1
        fi
    done
    echo "$jar ${one%% *}"
done
exit "$status"
