#!/usr/bin/env bash
# Does what README.md tells a stranger to do: an empty project, the dependency, the first example. Compiles it without a
# warning, on the class path and on the module path, runs it both ways, and looks at what the dependency brings along.
#
#   src/test/sh/consumer-test.sh [JDK…]      homes of the JDKs to compile and run with; default: the one Maven uses
#
# Installs this tree's artifact into the local Maven repository; all else stays in a temporary directory. The example
# pings 127.0.0.1, so an ICMP socket must be permitted.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# What may be on the class path of a project that depends on this one, by group.
readonly EXPECTED_GROUPS=(com.github.jnr io.github.nettyping io.netty org.hdrhistogram org.ow2.asm)
# The version that the build itself uses.
readonly DEPENDENCY_PLUGIN=org.apache.maven.plugins:maven-dependency-plugin:3.8.1

fail() {
    printf 'consumer-test: %s\n' "$1" >&2
    exit 1
}

# Prints the first block of README.md in language $1.
readme_block() {
    awk -v fence="\`\`\`$1" '
        inside && $0 == "```" { exit }
        inside { print }
        $0 == fence { inside = 1 }
    ' "$root/README.md"
}

maven() {
    MAVEN_OPTS="${MAVEN_OPTS-} -Djansi.noreset=true" mvn -q -B -Dstyle.color=never "$@"
}

# Of a copy, so that the class files of the tree stay those of its own build; by the command that README.md gives.
install_library() {
    local command
    mkdir -p "$tmp/library/src"
    cp -R "$root/pom.xml" "$root/.mvn" "$root/LICENSE" "$root/NOTICE" "$tmp/library"
    cp -R "$root/src/main" "$tmp/library/src"
    # shellcheck disable=SC2016 # backquotes of Markdown
    command=$(sed -n 's/.*`mvn \(-q install [^`]*\)`.*/\1/p' "$root/README.md" | head -n 1)
    [ -n "$command" ] || fail "README.md does not say how to install the library"
    # shellcheck disable=SC2086 # words of a command
    (cd "$tmp/library" && maven $command)
}

# The command line runs from jars named as a repository names them.
run_installed() {
    local version at=$tmp/installed
    version=$(sed -n 's|^  <version>\(.*\)</version>$|\1|p' "$root/pom.xml")
    mkdir "$at"
    cp "$1" "$at/nettyping-$version.jar"
    cp "$2" "$at/nettyping-$version-cli.jar"
    cp -R "$tmp/library/target/lib" "$at/lib"
    java -jar "$at/nettyping-$version-cli.jar" sweep --dry-run 127.0.0.0/30 >"$tmp/out" 2>&1 ||
        { cat "$tmp/out" >&2; fail "nettyping-$version-cli.jar does not find the library beside it"; }
}

# The library's jar has the library alone, the command line's the command line; both have the licence.
check_jars() {
    local library=$tmp/library/target/nettyping.jar cli=$tmp/library/target/nettyping-cli.jar
    unzip -Z1 "$library" >"$tmp/library.txt"
    unzip -Z1 "$cli" >"$tmp/cli.txt"
    if grep -qE 'nettyping/(cli|server)/' "$tmp/library.txt"; then
        fail "nettyping.jar has parts of the command line or the server"
    fi
    if grep '\.class$' "$tmp/cli.txt" | grep -qvE 'nettyping/(cli|server)/'; then
        fail "nettyping-cli.jar has parts of the library"
    fi
    for entry in META-INF/LICENSE META-INF/NOTICE; do
        grep -qx "$entry" "$tmp/library.txt" && grep -qx "$entry" "$tmp/cli.txt" || fail "a jar lacks $entry"
    done
    run_installed "$library" "$cli"
    echo "jars: $(grep -c '\.class$' "$tmp/library.txt") classes of the library," \
        "$(grep -c '\.class$' "$tmp/cli.txt") of the command line"
}

write_project() {
    mkdir "$tmp/project"
    {
        printf '<project xmlns="http://maven.apache.org/POM/4.0.0">\n<modelVersion>4.0.0</modelVersion>\n'
        printf '<groupId>stranger</groupId><artifactId>stranger</artifactId><version>1</version>\n<dependencies>\n'
        readme_block xml
        printf '</dependencies>\n</project>\n'
    } >"$tmp/project/pom.xml"
    readme_block java >"$tmp/project/example"
    class=$(sed -n 's/^public.* class \([A-Za-z]*\) .*/\1/p' "$tmp/project/example")
    [ -n "$class" ] || fail "the first Java block of README.md has no public class"
    mv "$tmp/project/example" "$tmp/project/$class.java"
}

resolve() {
    (cd "$tmp/project" && maven "$DEPENDENCY_PLUGIN:list" "-DoutputFile=$tmp/list" \
        "$DEPENDENCY_PLUGIN:build-classpath" "-Dmdep.outputFile=$tmp/classpath")
}

check_groups() {
    local groups
    groups=$(sed -n 's/^ *\([a-zA-Z0-9.]*\):[^:]*:jar:.*/\1/p' "$tmp/list" | sort -u)
    if [ "$groups" != "$(printf '%s\n' "${EXPECTED_GROUPS[@]}")" ]; then
        cat "$tmp/list" >&2
        fail "these groups are on the class path: ${groups//$'\n'/ } (expected: ${EXPECTED_GROUPS[*]})"
    fi
    echo "on the class path: ${groups//$'\n'/, }"
}

# Compiles and runs the example with the JDK at $1, as classes and as a module. A module that requires an automatic one is
# warned of, for every library without a descriptor, ours among them.
run_with() {
    local jdk=$1 version options=() module_options=()
    version=$("$jdk/bin/javac" -version | sed 's/^javac \([0-9]*\).*/\1/')
    if [ "$version" -ge 24 ]; then
        options=(--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)
        module_options=(--enable-native-access=org.jnrproject.jffi,io.netty.common --sun-misc-unsafe-memory-access=allow)
    fi
    rm -rf "$tmp/classes" "$tmp/module"
    "$jdk/bin/javac" --release 17 -Xlint:all -Werror -cp "$(cat "$tmp/classpath")" -d "$tmp/classes" \
        "$tmp/project/$class.java" || fail "JDK $version does not compile README.md's example on the class path"
    mkdir -p "$tmp/descriptor/stranger"
    printf 'module stranger { requires io.github.nettyping; }\n' >"$tmp/descriptor/module-info.java"
    { echo 'package stranger;'; cat "$tmp/project/$class.java"; } >"$tmp/descriptor/stranger/$class.java"
    "$jdk/bin/javac" --release 17 -Xlint:all,-requires-automatic -Werror -p "$(cat "$tmp/classpath")" -d "$tmp/module" \
        "$tmp/descriptor/module-info.java" "$tmp/descriptor/stranger/$class.java" ||
        fail "JDK $version does not compile README.md's example on the module path"
    run_example "$jdk" "$version" "the class path" "${options[@]}" -cp "$tmp/classes:$(cat "$tmp/classpath")" "$class"
    # Netty's modules are found only if somebody asks for them; an automatic module cannot.
    run_example "$jdk" "$version" "the module path" "${module_options[@]}" --add-modules ALL-MODULE-PATH \
        -p "$tmp/module:$(cat "$tmp/classpath")" -m "stranger/stranger.$class"
}

# Runs it with the JDK at $1, of version $2, from $3, by the arguments after that.
run_example() {
    local jdk=$1 version=$2 from=$3 out="$tmp/out"
    "$jdk/bin/java" "${@:4}" >"$out" 2>"$tmp/err" ||
        { cat "$tmp/err" >&2; fail "README.md's example fails on $from of JDK $version"; }
    if ! grep -Eqx '[0-9]+ us' "$out" || [ "$(wc -l <"$out")" -ne 1 ]; then
        cat "$out" "$tmp/err" >&2
        fail "README.md's example on $from of JDK $version does not print one round trip and nothing else"
    fi
    # Netty may warn of a machine without a hardware address; the JDK may not, of natives or of Unsafe.
    if grep -E 'restricted method|sun\.misc\.Unsafe|Exception' "$tmp/err" >&2; then
        fail "README.md's example on $from of JDK $version brings a warning"
    fi
    echo "JDK $version, $from: $(cat "$out")"
}

if [ $# -eq 0 ]; then
    set -- "${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")}"
fi
install_library
check_jars
write_project
resolve
check_groups
for jdk; do
    run_with "$jdk"
done
