#!/usr/bin/env bash
# Makes what people install, of what Maven has built: called by `mvn -Pdist package`, not by hand.
#
#   src/main/dist/assemble.sh VERSION TARGET-DIRECTORY TIME
#
# In TARGET-DIRECTORY/dist:
#
#   nettyping-VERSION.tar.gz             needs a JVM, 17 or later
#   nettyping-VERSION-linux-ARCH.tar.gz  has its own, of the newest JDK >= 25 under /usr/lib/jvm (or JAVA_HOME), and a start-up cache
#   nettyping_VERSION_ARCH.deb           the same as a Debian package
#   nettyping-VERSION-….jar, bom.json    jars, sources, documents of the API, and what all of it is made of (CycloneDX)
#   SHA256SUMS                           of all these
#
# Two builds make the same bytes, but for the start-up cache and what contains it: it is trained, and has times in it.
set -euo pipefail

version=$1
target=$(cd "$2" && pwd)
epoch=$(date -d "$3" +%s)
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
here=$root/src/main/dist
dist=$target/dist
work=$target/dist-work

export LC_ALL=C.UTF-8 TZ=UTC SOURCE_DATE_EPOCH=$epoch
umask 022

fail() {
    printf 'assemble: %s\n' "$1" >&2
    exit 1
}

for tool in tar gzip dpkg-deb sha256sum; do
    command -v "$tool" >/dev/null || fail "$tool is not on PATH; install it (dpkg-deb is of the package dpkg)"
done
case $(uname -m) in
    x86_64) arch=x86-64 debian=amd64 foreign=aarch_64 ;;
    aarch64) arch=aarch64 debian=arm64 foreign=x86_64 ;;
    *) fail "no packages are made for $(uname -m) (expected: x86_64 or aarch64)" ;;
esac

# Prints the first number of the version of the JDK at $1, or nothing.
release_of() {
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null || true
}

# Sets $jdk to the newest JDK that can make an image.
find_jdk() {
    local home release newest=24
    jdk=
    for home in "${JAVA_HOME:-/nowhere}" /usr/lib/jvm/*; do
        release=$(release_of "$home")
        if [ -n "$release" ] && [ "$release" -gt "$newest" ] && [ -x "$home/bin/jlink" ]; then
            newest=$release
            jdk=$home
        fi
    done
    [ -n "$jdk" ] || fail "there is no JDK 25 or later with jlink under /usr/lib/jvm or at JAVA_HOME; install one, for example temurin-25-jdk"
}

# Packs the directory $1/$2 into the file $3.
pack() {
    tar -C "$1" --sort=name --owner=0 --group=0 --numeric-owner --mtime="${4:-@$epoch}" -c "$2" | gzip -9n >"$3"
}

# Puts what every package has into the tree at $1.
fill_tree() {
    mkdir -p "$1/bin" "$1/app/lib" "$1/man/man1" "$1/completion" "$1/doc/licences"
    install -m 755 "$root/bin/nettyping" "$1/bin/nettyping"
    # Asked for by these names it is fping.
    ln -s nettyping "$1/bin/fping"
    ln -s nettyping "$1/bin/fping6"
    install -m 644 "$target/nettyping.jar" "$target/nettyping-cli.jar" "$1/app/"
    install -m 644 "$target"/lib/*.jar "$1/app/lib/"
    install -m 644 "$root/LICENSE" "$root/NOTICE" "$root/README.md" "$root/CHANGELOG.md" "$1/doc/"
    install -m 644 "$root"/docs/*.md "$1/doc/"
    install -m 644 "$here/60-nettyping.conf" "$1/doc/"
    if compgen -G "$root/docs/serve/*" >/dev/null; then
        cp -R "$root/docs/serve" "$1/doc/"
        chmod -R u=rwX,go=rX "$1/doc/serve"
    fi
    local jar entry
    for jar in "$1"/app/lib/*.jar; do
        unzip -Z1 "$jar" | { grep -E '^META-INF/((LICEN[CS]E|NOTICE)[^/]*|license/.*[^/])$' || true; } | while IFS= read -r entry; do
            mkdir -p "$1/doc/licences/$(basename "$jar" .jar)"
            unzip -p "$jar" "$entry" >"$1/doc/licences/$(basename "$jar" .jar)/$(basename "$entry")"
        done
    done
    install -m 644 "$here/LICENCES.md" "$1/doc/licences/"
    # The pages have the day of the jars.
    local tree=$1 command
    find "$1/app" -exec touch -h -d "@$epoch" {} +
    run_cli manual >"$1/man/man1/nettyping.1"
    for command in sweep ping trace bench watch fping serve doctor completion manual; do
        if run_cli manual "$command" >"$work/page" 2>/dev/null; then
            cp "$work/page" "$1/man/man1/nettyping-$command.1"
        fi
    done
    run_cli completion bash >"$1/completion/nettyping.bash"
    run_cli completion fish >"$1/completion/nettyping.fish"
}

run_cli() {
    "$jdk/bin/java" -Xshare:auto --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
        -jar "$tree/app/nettyping-cli.jar" "$@"
}

make_image() {
    local modules
    modules=$("$jdk/bin/jdeps" --multi-release 25 --ignore-missing-deps --print-module-deps \
        "$1/app/nettyping.jar" "$1/app/nettyping-cli.jar" "$1"/app/lib/*.jar 2>/dev/null)
    "$jdk/bin/jlink" --add-modules "$modules" --strip-debug --no-header-files --no-man-pages \
        --generate-cds-archive --vm server --output "$1/runtime"
    echo "assemble: image of $jdk with $modules"
    # So that its times do not tell when it was built: the cache is bound to them.
    find "$1" -exec touch -h -d "@$epoch" {} +
}

train() {
    # Of the other machine they are of no use in an image.
    rm -f "$1"/app/lib/netty-transport-native-epoll-*-linux-"$foreign".jar
    find "$1/app" -exec touch -h -d "@$epoch" {} +
    NETTYPING_CACHE=make "$1/bin/nettyping" >"$work/training" 2>&1 || { cat "$work/training"; fail "the training failed"; }
    [ -s "$1/app/start/classes" ] || fail "the start-up cache was not made"
    chmod -R u=rwX,go=rX "$1/app/start"
}

make_deb() {
    local tree=$work/deb size
    mkdir -p "$tree/DEBIAN" "$tree/usr/lib" "$tree/usr/bin" "$tree/usr/share/man/man1" "$tree/usr/share/doc/nettyping/examples" \
        "$tree/usr/share/bash-completion/completions" "$tree/usr/share/zsh/vendor-completions" \
        "$tree/usr/share/fish/vendor_completions.d"
    cp -a "$1" "$tree/usr/lib/nettyping"
    local lib=$tree/usr/lib/nettyping share=$tree/usr/share
    ln -s ../lib/nettyping/bin/nettyping "$tree/usr/bin/nettyping"
    local page
    for page in "$lib"/man/man1/*; do
        gzip -9n <"$page" >"$share/man/man1/$(basename "$page").gz"
    done
    cp "$lib/completion/nettyping.bash" "$share/bash-completion/completions/nettyping"
    {
        echo "#compdef nettyping"
        echo "autoload -U +X bashcompinit && bashcompinit"
        cat "$lib/completion/nettyping.bash"
    } >"$share/zsh/vendor-completions/_nettyping"
    cp "$lib/completion/nettyping.fish" "$share/fish/vendor_completions.d/nettyping.fish"
    mv "$lib/doc/60-nettyping.conf" "$share/doc/nettyping/examples/"
    mv "$lib"/doc/licences "$share/doc/nettyping/"
    mv "$lib"/doc/*.md "$lib/doc/NOTICE" "$share/doc/nettyping/"
    if [ -d "$lib/doc/serve" ]; then
        mkdir -p "$tree/usr/lib/systemd/system"
        mv "$lib"/doc/serve/*.service "$tree/usr/lib/systemd/system/"
        mv "$lib"/doc/serve/* "$share/doc/nettyping/examples/"
    fi
    rm -rf "$lib/doc" "$lib/man" "$lib/completion"
    cp "$here/copyright" "$share/doc/nettyping/copyright"
    gzip -9n <"$root/CHANGELOG.md" >"$share/doc/nettyping/changelog.gz"
    rm "$share/doc/nettyping/CHANGELOG.md"
    size=$(du -sk --apparent-size "$tree" | cut -f1)
    sed -e "s/@VERSION@/${version/-SNAPSHOT/~snapshot}/; s/@ARCH@/$debian/; s/@SIZE@/$size/" "$here/control" >"$tree/DEBIAN/control"
    install -m 755 "$here/postinst" "$here/prerm" "$tree/DEBIAN/"
    (cd "$tree" && find usr -type f -print0 | sort -z | xargs -0 md5sum) >"$tree/DEBIAN/md5sums"
    # The times of jars and image stay as the cache knows them.
    find "$tree" -newermt "@$epoch" -not -path '*/app/start/*' -exec touch -h -d "@$epoch" {} +
    dpkg-deb --root-owner-group -Zxz -b "$tree" "$dist/nettyping_${version/-SNAPSHOT/~snapshot}_$debian.deb" >/dev/null
}

find_jdk
rm -rf "$dist" "$work"
mkdir -p "$dist" "$work"
plain=$work/plain/nettyping-$version
fill_tree "$plain"
find "$plain" -exec touch -h -d "@$epoch" {} +
pack "$work/plain" "nettyping-$version" "$dist/nettyping-$version.tar.gz"
image=$work/image/nettyping-$version-linux-$arch
mkdir -p "$work/image"
cp -a "$plain" "$image"
make_image "$image"
train "$image"
pack "$work/image" "nettyping-$version-linux-$arch" "$dist/nettyping-$version-linux-$arch.tar.gz"
make_deb "$image"
for jar in "" -cli -sources -javadoc; do
    [ -e "$target/nettyping$jar.jar" ] && cp "$target/nettyping$jar.jar" "$dist/nettyping-$version$jar.jar"
done
if [ -e "$target/bom.json" ]; then cp "$target/bom.json" "$dist/nettyping-$version.cdx.json"; fi
(cd "$dist" && sha256sum -- * >"$work/sums" && mv "$work/sums" SHA256SUMS)
rm -rf "$work"
ls -l "$dist"
