#!/bin/sh
# Tests bin/nettyping with made-up JDKs and a made-up Maven: no network, no real build, no JVM, nothing outside one
# temporary directory. Prints a line "ok" or "not ok" for each behaviour; ends with 1 if there was a "not ok".
#
#   sh src/test/sh/launcher-test.sh
#
# As root, "another user" is 65534, which owns nothing; else the tree loses its write permission.
set -u

launcher=$(cd -P -- "$(dirname -- "$0")/../../../bin" && pwd)/nettyping
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
chmod 755 "$tmp"
failures=0

ok() { printf 'ok - %s\n' "$1"; }

not_ok() {
    printf 'not ok - %s\n' "$1"
    sed 's/^/  # /' "$tmp/out" "$tmp/err" 2>/dev/null
    failures=$((failures + 1))
}

# check NAME COMMAND…: the command is true
check() {
    name=$1
    shift
    if "$@"; then ok "$name"; else not_ok "$name"; fi
}

# --- Made-up tools -------------------------------------------------------------------------------------------------

# The tools the launcher may use, without any real java or mvn.
tools=$tmp/tools
mkdir "$tools"
for tool in cat cp chmod dirname env find flock grep ln mkdir mkfifo mv nice readlink rm sed sh sleep stat touch uname; do
    ln -s "$(command -v "$tool")" "$tools/$tool"
done

# fake_jdk DIR VERSION [TOOL…]: its java says which one it is, with which arguments, and leaves with $FAKE_EXIT. If the
# launcher tries it, it notes that in $TRIES; it dies with the words $FAKE_DEATH, or of an archive if $FAKE_PICKY is set.
fake_jdk() {
    mkdir -p "$1/bin" "$1/lib/server"
    : >"$1/lib/server/libjvm.so"
    printf 'IMPLEMENTOR="None"\nJAVA_VERSION="%s"\nOS_NAME="Linux"\n' "$2" >"$1/release"
    cat >"$1/bin/java" <<'JAVA'
#!/bin/sh
home=${0%/bin/java}
if [ "$1" = -XshowSettings:properties ]; then
    printf 'Property settings:\n    java.home = %s\n    java.version = %s\n' "${REAL_HOME:-$home}" "${FAKE_VERSION:-17.0.1}" >&2
    exit 0
fi
dies=${FAKE_DEATH:+yes}
for argument in "$@"; do
    case $argument in
        -XX:SharedArchiveFile=*) dies=$dies${FAKE_PICKY-} ;;
        -Dnettyping.try=yes)
            echo "$* (MALLOC_ARENA_MAX ${MALLOC_ARENA_MAX-})" >>"$TRIES"
            if [ -n "$dies" ]; then
                printf 'Picked up JAVA_TOOL_OPTIONS: x\nError: %s\nError: Could not create the JVM.\n' "${FAKE_DEATH-}" >&2
                exit 1
            fi
            echo 'nettyping can start'
            exit 0
            ;;
        -XX:ArchiveClassesAtExit=* | -XX:AOTCacheOutput=*)
            echo "$* (umask $(umask))" >>"$TRAININGS"
            for last in "$@"; do :; done
            for library in netty_transport_native_epoll_x86_64 netty_transport_native_epoll_aarch_64 jffi-1.2; do
                echo "$library" >"$last/lib$library.so"
            done
            sleep "${TRAINING_SECONDS:-0}"
            if [ -z "${NO_ARCHIVE-}" ]; then echo classes >"${argument#*=}"; fi
            exit 4
            ;;
    esac
done
printf 'java %s\n' "$home"
printf 'pid %s\n' "$$"
for name in LC_ALL NETTYPING_LC_ALL _JAVA_SR_SIGNUM; do eval "printf '%s <%s>\n' \$name \"\${$name-none}\""; done
if [ -n "${FAKE_HANGS-}" ]; then exec sleep "$FAKE_HANGS"; fi
for argument in "$@"; do printf 'argument <%s>\n' "$argument"; done
for argument in "$@"; do
    case $argument in *-cli.jar) printf 'jar %s, library %s\n' "$(cat "$argument")" "$(cat "${argument%-cli.jar}.jar")" ;; esac
done
exit "${FAKE_EXIT:-0}"
JAVA
    chmod +x "$1/bin/java"
    cp "$1/bin/java" "$1/bin/javac"
}

# The made-up Maven takes a moment, in which its jars are half made, and counts its calls.
fake_mvn=$tmp/maven
mkdir "$fake_mvn"
cat >"$fake_mvn/mvn" <<'MVN'
#!/bin/sh
echo "mvn $*" >>"$MVN_LOG"
echo "mvn JAVA_HOME $JAVA_HOME" >>"$MVN_LOG"
echo 'something of no interest'
echo called >>"$MVN_CALLS"
[ -e pom.xml ] && [ -e src/main/java/A.java ] || exit 9
mkdir -p target/lib
if [ -n "${MVN_FETCHES-}" ]; then
    echo '[INFO] Downloading from central: one'
    echo '[INFO] Downloading from central: other'
fi
echo '[INFO] --- maven-compiler-plugin:3.14.1:compile (default-compile) @ nettyping ---'
echo half >target/nettyping.jar
echo half >target/nettyping-cli.jar
sleep "${MVN_SECONDS:-0}"
if [ -n "${MVN_EDITS-}" ]; then touch "$MVN_EDITS"; fi
if [ "${MVN_EXIT:-0}" -ne 0 ]; then echo "[ERROR] in A.java"; echo '  symbol: x'; exit "$MVN_EXIT"; fi
echo library >target/lib/library-1.jar
echo '[INFO] --- maven-jar-plugin:3.3.0:jar (default-jar) @ nettyping ---'
echo built >target/nettyping.jar
echo '[INFO] --- maven-jar-plugin:3.3.0:jar (cli) @ nettyping ---'
if [ -z "${MVN_LIBRARY_ONLY-}" ]; then echo built >target/nettyping-cli.jar; else rm target/nettyping-cli.jar; fi
MVN
chmod +x "$fake_mvn/mvn"
MVN_CALLS=$tmp/mvn-calls
MVN_LOG=$tmp/mvn-log
TRAININGS=$tmp/trainings
TRIES=$tmp/tries
: >"$TRIES"
chmod 666 "$TRIES"
export MVN_CALLS MVN_LOG TRAININGS TRIES

jdk17=$tmp/jdks/17
jdk21=$tmp/jdks/21
jdk25=$tmp/jdks/25
fake_jdk "$tmp/jdks/11" 11.0.2
fake_jdk "$jdk17" 17.0.15
fake_jdk "$jdk21" 21.0.9
fake_jdk "$jdk25" 25.0.3

# new_tree: a fresh source tree at $tree, without jars. /usr/lib/jvm is swapped for a made-up directory.
trees=0
new_tree() {
    trees=$((trees + 1))
    tree=$tmp/tree$trees
    mkdir -p "$tree/bin" "$tree/src/main/java" "$tree/.mvn"
    sed -e "s|/usr/lib/jvm|$tmp/jvm|g" -e "s|/usr/lib/locale|$tmp/locale|g" -e "s|/sys/fs/cgroup|$tmp/cgroup|g" \
        "$launcher" >"$tree/bin/nettyping"
    chmod +x "$tree/bin/nettyping"
    echo '<project/>' >"$tree/pom.xml"
    echo 'class A {}' >"$tree/src/main/java/A.java"
    : >"$MVN_CALLS"
    : >"$MVN_LOG"
    chmod 666 "$MVN_CALLS" "$MVN_LOG"
}

# new_built_tree: the same with jars ("old") newer than its sources.
new_built_tree() {
    new_tree
    mkdir -p "$tree/target/lib"
    touch -d '2020-01-01' "$tree/pom.xml" "$tree/src/main/java/A.java" "$tree/src/main/java" "$tree/src/main"
    for name in nettyping nettyping-cli; do
        echo old >"$tree/target/$name.jar"
        touch -d '2020-01-02' "$tree/target/$name.jar"
    done
}

# run [NAME=VALUE…] COMMAND…: in the made-up world; sets $status, $tmp/out, $tmp/err.
run() {
    env -u JAVA_HOME -u NETTYPING_JAVA_OPTS -u NETTYPING_CACHE -u XDG_CACHE_HOME -u _JAVA_SR_SIGNUM HOME="$tmp/nobody" PATH="$fake_mvn:$tools" "$@" >"$tmp/out" 2>"$tmp/err" </dev/null
    status=$?
}

run_without_maven() {
    env -u JAVA_HOME -u NETTYPING_JAVA_OPTS -u NETTYPING_CACHE -u XDG_CACHE_HOME -u _JAVA_SR_SIGNUM HOME="$tmp/nobody" PATH="$tools" "$@" >"$tmp/out" 2>"$tmp/err" </dev/null
    status=$?
}

# run_reader …: as somebody who cannot write to $tree.
run_reader() {
    if [ "$(id -u)" = 0 ]; then
        run "$(command -v setpriv)" --reuid 65534 --regid 65534 --clear-groups env "$@"
    else
        chmod -R a-w "$tree"
        run "$@"
        chmod -R u+w "$tree"
    fi
}

exits() { [ "$status" -eq "$1" ]; }
out_has() { grep -qxF -e "$1" "$tmp/out"; }
out_lacks() { ! grep -qF -e "$1" "$tmp/out"; }
err_has() { grep -qF -e "$1" "$tmp/err"; }
err_is_one_line() { [ "$(wc -l <"$tmp/err")" -eq 1 ] && ! [ -s "$tmp/out" ]; }
built() { [ "$(wc -l <"$MVN_CALLS")" -eq "$1" ]; }
refuses() { exits 4 && err_is_one_line && err_has "$1"; }

# --- Which JDK -----------------------------------------------------------------------------------------------------

new_built_tree
run JAVA_HOME="$jdk21" PATH="$jdk17/bin:$tools" "$tree/bin/nettyping"
check 'takes JAVA_HOME before PATH' out_has "java $jdk21"
run JAVA_HOME="$tmp/jdks/11" PATH="$jdk17/bin:$tools" "$tree/bin/nettyping"
check 'passes over a JAVA_HOME that is too old' out_has "java $jdk17"
run JAVA_HOME="$tmp/nowhere" PATH="$jdk17/bin:$tools" "$tree/bin/nettyping"
check 'passes over a JAVA_HOME that is not there' out_has "java $jdk17"

mkdir "$tmp/links"
ln -s "$jdk21/bin/java" "$tmp/links/java"
run PATH="$tmp/links:$tools" "$tree/bin/nettyping"
check 'follows the link on PATH to its JDK' out_has "java $jdk21"

mkdir "$tmp/jvm"
run "$tree/bin/nettyping"
check 'refuses without any JDK' refuses 'no JDK 17 or later'
ln -s "$tmp/jdks/11" "$tmp/jvm/a"
run "$tree/bin/nettyping"
check 'refuses with nothing but an old JDK' refuses 'no JDK 17 or later'
ln -s "$jdk25" "$tmp/jvm/b"
ln -s "$jdk17" "$tmp/jvm/c"
mkdir "$tmp/jvm/openjdk-99"
run "$tree/bin/nettyping"
check 'takes the newest of /usr/lib/jvm' out_has "java $tmp/jvm/b"
run PATH="$tmp/jdks/11/bin:$tools" "$tree/bin/nettyping"
check 'passes over a java on PATH that is too old' out_has "java $tmp/jvm/b"

fake_jdk "$tmp/jdks/unnamed" 0
rm "$tmp/jdks/unnamed/release"
run JAVA_HOME="$tmp/jdks/unnamed" "$tree/bin/nettyping"
check 'asks a java without a release file for its version' out_has "java $tmp/jdks/unnamed"
run JAVA_HOME="$tmp/jdks/unnamed" FAKE_VERSION=1.8.0_292 "$tree/bin/nettyping"
check 'passes over it if it is too old' out_has "java $tmp/jvm/b"
mkdir -p "$tmp/shims"
cp "$jdk17/bin/java" "$tmp/shims/java"
run PATH="$tmp/shims:$tools" REAL_HOME="$jdk21" "$tree/bin/nettyping"
check 'asks a shim on PATH where its JDK is' out_has "java $jdk21"

# --- What it runs --------------------------------------------------------------------------------------------------

# shellcheck disable=SC2016 # handed on as it is
run JAVA_HOME="$jdk17" "$tree/bin/nettyping" sweep 'a b' '' '*' '$x'
check 'runs the jar that is there' out_has 'jar old, library old'
check 'does not build when nothing is newer' built 0
expected="argument <-jar>
argument <$tree/target/nettyping-cli.jar>
argument <sweep>
argument <a b>
argument <>
argument <*>
argument <\$x>"
check 'hands every argument on unchanged' [ "$(grep '^argument' "$tmp/out" | sed -n '/<-jar>/,$p')" = "$expected" ]
check 'is silent' [ ! -s "$tmp/err" ]
check 'gives JDK 17 no option it does not know' out_lacks 'native-access'
run JAVA_HOME="$jdk25" "$tree/bin/nettyping"
check 'permits native access on JDK 25' out_has 'argument <--enable-native-access=ALL-UNNAMED>'
run JAVA_HOME="$jdk17" NETTYPING_JAVA_OPTS='-Xmx64m  -Dpattern=*' "$tree/bin/nettyping"
check 'splits NETTYPING_JAVA_OPTS at blanks' out_has 'argument <-Xmx64m>'
check 'does not expand NETTYPING_JAVA_OPTS' out_has 'argument <-Dpattern=*>'
check 'has thread dumps go to standard error' out_has 'argument <-XX:+DisplayVMOutputToStderr>'
check 'chooses a collector' out_has 'argument <-XX:+UseSerialGC>'
run JAVA_HOME="$jdk17" NETTYPING_JAVA_OPTS='-XX:+UseG1GC' "$tree/bin/nettyping"
check 'lets NETTYPING_JAVA_OPTS choose another' out_lacks UseSerialGC
run JAVA_HOME="$jdk17" FAKE_EXIT=7 "$tree/bin/nettyping"
check 'exits with the code of the program' exits 7
# shellcheck disable=SC2016 # for the inner shell
run JAVA_HOME="$jdk17" sh -c 'echo "shell $$"; exec "$0"' "$tree/bin/nettyping"
check 'becomes the JVM, so that signals reach it' [ "$(sed -n 's/^shell //p' "$tmp/out")" = "$(sed -n 's/^pid //p' "$tmp/out")" ]

check 'leaves SIGUSR2 to itself, not to the JVM' out_has '_JAVA_SR_SIGNUM <64>'
check 'has no report of a crash come between results in a file' out_has 'argument <-XX:+SuppressFatalErrorMessage>'
: >"$TRIES"
run JAVA_HOME="$jdk17" "$tree/bin/nettyping"
check 'tries no JVM where nothing hints at trouble' [ ! -s "$TRIES" ]
# Before the background begins: what the last one wrote must not be taken for its word.
: >"$tmp/out"
env JAVA_HOME="$jdk17" PATH="$tools" FAKE_HANGS=2 "$tree/bin/nettyping" >"$tmp/out" 2>"$tmp/err" </dev/null &
pid=$!
tries=0
while [ "$tries" -lt 200 ] && ! grep -q pid "$tmp/out"; do
    sleep 0.05
    tries=$((tries + 1))
done
kill -USR2 "$pid"
wait "$pid"
status=$?
check 'SIGUSR2 does not end it' exits 0

# --- When the JVM cannot start -------------------------------------------------------------------------------------

# tried NUMBER: so many times since the last question.
tried() {
    lines=$(wc -l <"$TRIES")
    cp "$TRIES" "$tmp/tried"
    : >"$TRIES"
    [ "$lines" -eq "$1" ]
}

for variable in NETTYPING_JAVA_OPTS JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS; do
    run JAVA_HOME="$jdk17" "$variable=-Dx=y" "$tree/bin/nettyping"
    check "tries a JVM first if there is $variable" tried 1
    check 'and runs the program if it starts' out_has 'jar old, library old'
    run JAVA_HOME="$jdk17" "$variable=-Dx=y" FAKE_DEATH="Unrecognized option: x" "$tree/bin/nettyping"
    check 'refuses if it does not' refuses "(Unrecognized option: x); look at $variable"
    tried 1
done
run JAVA_HOME="$jdk17" NETTYPING_JAVA_OPTS='-Dx=y -Xz' "$tree/bin/nettyping"
check 'tries it with the options of the run' tried 1
check 'all of them' grep -q -e '-XX:+UseSerialGC.* -Dx=y -Xz .*-Dnettyping.try=yes -jar' "$tmp/tried"
run JAVA_HOME="$jdk17" NETTYPING_JAVA_OPTS=-agentlib:jdwp=suspend=y "$tree/bin/nettyping"
check 'tries none that would wait for a debugger' tried 0
mv "$jdk17/lib/server" "$jdk17/lib/other"
run JAVA_HOME="$jdk17" FAKE_DEATH=x "$tree/bin/nettyping"
check 'refuses a JDK that is not whole' refuses "look at the JDK at $jdk17"
mv "$jdk17/lib/other" "$jdk17/lib/server"
tried 1

# limited OPTION-OF-ULIMIT VALUE [NAME=VALUE…]
limited() {
    limit="$1 $2"
    shift 2
    run JAVA_HOME="$jdk17" "$@" sh -c "ulimit $limit; exec \"\$0\"" "$tree/bin/nettyping"
}
limited -n 32
check 'refuses where too few files can be open' refuses 'EMFILE): ulimit -n is 32; set it to'
check 'without a JVM' tried 0
limited -n 48
check 'but not where there are enough' exits 0
limited -v 2000000 FAKE_DEATH='no space'
check 'tries a JVM where address space is limited' tried 1
check 'and names the limit if it does not start' refuses '(no space); look at ulimit -v (2000000)'
check 'takes a quarter of it for the heap' grep -q -e ' -Xmx500000k .*(MALLOC_ARENA_MAX 2)' "$tmp/tried"
limited -d 2000000 FAKE_DEATH='no space'
check 'names a limit of data' refuses 'look at ulimit -d (2000000)'
limited -v 2000000 NETTYPING_JAVA_OPTS=-Xmx64m
check 'leaves the size of the heap to who gives it' out_lacks -Xmx500000k
tried 3

mkdir "$tmp/here"
# shellcheck disable=SC2016 # for the inner shell
run JAVA_HOME="$jdk17" sh -c 'cd "$1" && rm -r "$1" && exec "$0" 2>"$2"' "$tree/bin/nettyping" "$tmp/here" "$tmp/err2"
check 'refuses to start in a directory that is gone' exits 4
check 'and says so' grep -q '^nettyping: the working directory is gone' "$tmp/err2"
mkdir "$tmp/a:b"
cp -a "$tree" "$tmp/a:b/tree"
run JAVA_HOME="$jdk17" "$tmp/a:b/tree/bin/nettyping"
check 'refuses a tree with a colon in its path' refuses "move $tmp/a:b/tree"
odd=$tmp/$(printf 'a\377')
mkdir "$odd"
cp -a "$tree" "$odd/tree"
run JAVA_HOME="$jdk17" FAKE_DEATH='no file' "$odd/tree/bin/nettyping"
check 'refuses a tree whose path the JVM cannot tell' refuses 'if it is not in UTF-8'
tried 1
cp "$tree/target/nettyping-cli.jar" "$tmp/whole.jar"
: >"$tree/target/nettyping-cli.jar"
run JAVA_HOME="$jdk17" "$tree/bin/nettyping"
check 'refuses an empty jar' refuses 'nettyping-cli.jar is empty'
cp -p "$tmp/whole.jar" "$tree/target/nettyping-cli.jar"
touch -d '2020-01-02' "$tree/target/nettyping-cli.jar"
printf '#!/nowhere/sh\n' >"$tmp/java"
mkdir -p "$tmp/jdks/broken/bin"
cp "$jdk17/release" "$tmp/jdks/broken/"
mkdir -p "$tmp/jdks/broken/lib/server"
: >"$tmp/jdks/broken/lib/server/libjvm.so"
mv "$tmp/java" "$tmp/jdks/broken/bin/java"
chmod +x "$tmp/jdks/broken/bin/java"
run JAVA_HOME="$tmp/jdks/broken" "$tree/bin/nettyping"
check 'exits with 4 when the system does not start the JVM' exits 4
check 'and says what may be the cause' err_has 'nettyping: cannot start the JVM'

# small_heap [NAME=VALUE…]: the JVM decides on the size of the young generation.
small_heap() {
    run JAVA_HOME="$jdk17" "$@" "$tree/bin/nettyping"
    out_has 'argument <-XX:+UseSerialGC>' && out_lacks -Xmn32m
}
for option in -Xmx16m -Xmx127M -Xmx100000k -Xmx16777216 -XX:MaxHeapSize=64m -XX:MaxRAM=64m '-Xmx1g -Xmx16m'; do
    check "limits no young generation with $option" small_heap NETTYPING_JAVA_OPTS="$option"
done
check 'nor with a small heap in JAVA_TOOL_OPTIONS' small_heap JAVA_TOOL_OPTIONS=-Xmx32m
run JAVA_HOME="$jdk17" NETTYPING_JAVA_OPTS=-Xmx128m "$tree/bin/nettyping"
check 'but with a larger one' out_has 'argument <-Xmn32m>'
run JAVA_HOME="$jdk17" JAVA_TOOL_OPTIONS=-XX:+UseG1GC "$tree/bin/nettyping"
check 'lets JAVA_TOOL_OPTIONS choose another collector' out_lacks UseSerialGC
: >"$TRIES"
mkdir "$tmp/cgroup"
echo max >"$tmp/cgroup/memory.max"
run JAVA_HOME="$jdk17" "$tree/bin/nettyping"
check 'limits it in a container without a limit' out_has 'argument <-Xmn32m>'
check 'where nothing is tried' tried 0
echo 67108864 >"$tmp/cgroup/memory.max"
check 'but not in a small container' small_heap
check 'where a JVM is tried' tried 1
rm -r "$tmp/cgroup"

# --- Closed streams and the locale ---------------------------------------------------------------------------------

# What the made-up java finds: it reads and writes as a program does that knows nothing of this.
cat >"$tmp/jdks/streams" <<'JAVA'
#!/bin/sh
{ cat && echo read >>"$STREAMS"; } 2>/dev/null >/dev/null
{ cat "$0" && echo written >>"$STREAMS"; } 2>/dev/null
links=$(for stream in 0 1 2; do readlink "/proc/$$/fd/$stream"; done)
echo "$links" >>"$STREAMS"
JAVA
cp -a "$jdk21" "$tmp/jdks/reader"
cp "$tmp/jdks/streams" "$tmp/jdks/reader/bin/java"
STREAMS=$tmp/streams
export STREAMS
# streams REDIRECTION…: what java has with these streams closed
streams() {
    : >"$STREAMS"
    run JAVA_HOME="$tmp/jdks/reader" NETTYPING_CACHE=off sh -c "\"\$0\" $1" "$tree/bin/nettyping"
}
streams '<&-'
check 'a closed standard input cannot be read' [ "$(sed -n '1,2p' "$STREAMS")" = "written
/dev/null" ]
streams '>&-'
check 'a closed standard output cannot be written' [ "$(sed -n '1,3p' "$STREAMS")" = "read
/dev/null
/dev/null" ]
streams '2>&-'
check 'a closed standard error is none of the files of the JVM' [ "$(sed -n '1,2p;5p' "$STREAMS")" = "read
written
/dev/null" ]
streams '<&- >&- 2>&-'
check 'nor are all three' [ "$(cat "$STREAMS")" = "/dev/null
/dev/null
/dev/null" ]

# in_locale [NAME=VALUE…]
in_locale() { run env -u LC_ALL -u LC_CTYPE -u LANG JAVA_HOME="$jdk17" "$@" "$tree/bin/nettyping"; }
in_locale
check 'has the JVM name paths in UTF-8' out_has 'LC_ALL <C.UTF-8>'
check 'and tells that there was no LC_ALL' out_has 'NETTYPING_LC_ALL <>'
in_locale LC_ALL=C
check 'in the C locale too' out_has 'LC_ALL <C.UTF-8>'
check 'and tells what LC_ALL was' out_has 'NETTYPING_LC_ALL <C>'
in_locale LC_ALL=C.UTF-8 NETTYPING_LC_ALL=stale
check 'leaves C.UTF-8 as it is' out_has 'NETTYPING_LC_ALL <none>'
in_locale LANG=de_DE.UTF-8
check 'leaves another locale of UTF-8 where there is no C.UTF-8' out_has 'LC_ALL <none>'
mkdir -p "$tmp/locale/C.utf8"
in_locale LANG=de_DE.UTF-8
check 'takes C.UTF-8 where there is, for that other one may be missing' out_has 'LC_ALL <C.UTF-8>'
rm -r "$tmp/locale"

# --- From where ----------------------------------------------------------------------------------------------------

mkdir "$tmp/elsewhere"
ln -s "$tree/bin/nettyping" "$tmp/elsewhere/absolute"
ln -s "../${tree##*/}/bin/nettyping" "$tmp/elsewhere/relative"
ln -s relative "$tmp/elsewhere/chain"
ln -s "$tree/bin" "$tmp/elsewhere/bin"
for link in absolute relative chain bin/nettyping; do
    run JAVA_HOME="$jdk17" "$tmp/elsewhere/$link"
    check "works through a symbolic link: $link" out_has 'jar old, library old'
done
ln -s "$tree/bin/nettyping" "$tmp/elsewhere/fping"
ln -s chain "$tmp/elsewhere/fping6"
for link in fping fping6; do
    run JAVA_HOME="$jdk17" "$tmp/elsewhere/$link" -a host
    check "a link that is named as a command is that command: $link" \
        [ "$(grep -A 3 -F -e -cli.jar "$tmp/out" | grep -c -x -e "argument <$link>" -e 'argument <-a>' -e 'argument <host>')" -eq 3 ]
done
ln -s fping "$tmp/elsewhere/other"
run JAVA_HOME="$jdk17" "$tmp/elsewhere/other" -a
check 'a link on the way is none' out_lacks 'argument <fping>'
(cd "$tmp/elsewhere" && run JAVA_HOME="$jdk17" ./chain && out_has "argument <$tree/target/nettyping-cli.jar>")
check 'works through a relative path' [ $? -eq 0 ]
(cd "$tree/bin" && run JAVA_HOME="$jdk17" sh nettyping && out_has 'jar old, library old')
check 'works by its bare name' [ $? -eq 0 ]
run JAVA_HOME="$jdk17" PATH="$tree/bin:$tools" CDPATH="$tmp" nettyping
check 'works from PATH' out_has 'jar old, library old'
mv "$tree" "$tmp/a tree"
run JAVA_HOME="$jdk17" "$tmp/a tree/bin/nettyping"
check 'works from a directory with a blank' out_has 'jar old, library old'

# --- When it builds ------------------------------------------------------------------------------------------------

new_tree
run JAVA_HOME="$jdk17" "$tree/bin/nettyping" --version
check 'builds when there is no jar' out_has 'jar built, library built'
check 'runs the program after the build' exits 0
check 'prints nothing of the build to standard output' out_lacks mvn
check 'says what it is doing' [ "$(cat "$tmp/err")" = "nettyping: building $tree (about ten seconds; the first time longer, while Maven fetches what it needs)
nettyping: compiling
nettyping: packing the jars" ]
check 'builds neither tests nor documents' grep -q -e '-Dmaven.test.skip=true.* -Ddoclint=none' "$MVN_LOG"
check 'builds with the JDK it runs' grep -q "mvn JAVA_HOME $jdk17" "$MVN_LOG"
check 'puts the libraries in place' [ -e "$tree/target/lib/library-1.jar" ]
check 'leaves no build directory' [ -z "$(find "$tree/target" -name 'build.*')" ]
run JAVA_HOME="$jdk17" "$tree/bin/nettyping"
check 'does not build again' built 1

new_tree
run JAVA_HOME="$jdk17" MVN_FETCHES=1 "$tree/bin/nettyping"
check 'says that Maven fetches something' [ "$(grep -c 'nettyping: fetching' "$tmp/err")" -eq 1 ]
for name in nettyping nettyping-cli; do
    new_built_tree
    rm "$tree/target/$name.jar"
    run JAVA_HOME="$jdk17" "$tree/bin/nettyping"
    check "builds when there is no $name.jar" out_has 'jar built, library built'
done

new_built_tree
touch "$tree/pom.xml"
run JAVA_HOME="$jdk17" "$tree/bin/nettyping"
check 'builds when pom.xml is newer' out_has 'jar built, library built'
new_built_tree
touch "$tree/src/main/java/A.java"
run JAVA_HOME="$jdk17" "$tree/bin/nettyping"
check 'builds when a source is newer' out_has 'jar built, library built'
new_built_tree
echo 'class B {}' >"$tree/src/main/java/B.java"
touch -d '2020-01-02' "$tree/target/nettyping-cli.jar" "$tree/src/main/java"
touch -d '2020-01-01' "$tree/src/main/java/B.java" "$tree/src/main/java"
rm "$tree/src/main/java/B.java"
run JAVA_HOME="$jdk17" "$tree/bin/nettyping"
check 'builds when a source is gone' out_has 'jar built, library built'
new_built_tree
touch "$tree/bin/nettyping" "$tree/.mvn"
run JAVA_HOME="$jdk17" "$tree/bin/nettyping"
check 'does not build when something else is newer' built 0

new_tree
run JAVA_HOME="$jdk17" MVN_SECONDS=0.1 MVN_EDITS="$tree/src/main/java/A.java" "$tree/bin/nettyping"
run JAVA_HOME="$jdk17" "$tree/bin/nettyping"
check 'builds again what was edited during the build' built 2

new_tree
mkdir "$tmp/jre-only"
fake_jdk "$tmp/jre-only" 17.0.9
rm "$tmp/jre-only/bin/javac"
run JAVA_HOME="$tmp/jre-only" PATH="$jdk21/bin:$fake_mvn:$tools" "$tree/bin/nettyping"
check 'builds with another JDK when the chosen one has no compiler' grep -q "mvn JAVA_HOME $jdk21" "$MVN_LOG"
check 'and runs with the chosen one' out_has "java $tmp/jre-only"

# --- When it cannot build ------------------------------------------------------------------------------------------

new_tree
run JAVA_HOME="$jdk17" MVN_EXIT=1 "$tree/bin/nettyping"
check 'exits with 4 when the build fails' exits 4
check 'says so in its last line' [ "$(sed -n '$s/^nettyping: building .* failed .*/yes/p' "$tmp/err")" = yes ]
check 'shows what Maven said' err_has '[ERROR] in A.java'
check 'to its end' err_has '  symbol: x'
check 'but nothing before the first error' [ "$(grep -c 'no interest' "$tmp/err")" -eq 0 ]
check 'leaves no half-made jar' [ -z "$(find "$tree/target" -name '*.jar')" ]
check 'leaves no build directory after a failure' [ -z "$(find "$tree/target" -name 'build.*')" ]
run JAVA_HOME="$jdk17" MVN_LIBRARY_ONLY=1 "$tree/bin/nettyping"
check 'fails when one jar is not built' exits 4
check 'and shows all that Maven said, if there is no error in it' err_has 'no interest'
run_without_maven JAVA_HOME="$jdk17" "$tree/bin/nettyping"
check 'refuses without Maven' refuses 'Maven (mvn) is not on PATH'
rm "$tree/pom.xml"
run JAVA_HOME="$jdk17" "$tree/bin/nettyping"
check 'refuses without jar and pom.xml' refuses pom.xml

new_built_tree
touch "$tree/pom.xml"
run_without_maven JAVA_HOME="$jdk17" "$tree/bin/nettyping"
check 'runs an outdated jar when there is no Maven' out_has 'jar old, library old'
check 'and warns' err_has 'outdated'

new_tree
mkdir "$tmp/plan9"
printf '#!/bin/sh\necho Plan9\n' >"$tmp/plan9/uname"
chmod +x "$tmp/plan9/uname"
run JAVA_HOME="$jdk17" PATH="$tmp/plan9:$fake_mvn:$tools" "$tree/bin/nettyping"
check 'refuses another operating system' refuses unsupported

new_built_tree
touch "$tree/pom.xml"
run_reader JAVA_HOME="$jdk17" "$tree/bin/nettyping"
check 'runs an outdated jar as it is when the tree is read-only' out_has 'jar old, library old'
check 'without a word' [ ! -s "$tmp/err" ]
new_tree
run_reader JAVA_HOME="$jdk17" "$tree/bin/nettyping"
check 'refuses a read-only tree without a jar' refuses 'cannot be written'
new_built_tree
rm "$tree/target/nettyping.jar"
run_reader JAVA_HOME="$jdk17" "$tree/bin/nettyping"
check 'and names the jar that is missing' refuses "there is no $tree/target/nettyping.jar,"

# --- Several at once -----------------------------------------------------------------------------------------------

new_tree
for i in 1 2 3 4 5; do
    (
        run JAVA_HOME="$jdk17" MVN_SECONDS=0.5 "$tree/bin/nettyping"
        exit "$status"
    ) &
    eval "pid$i=$!"
done
codes=
for i in 1 2 3 4 5; do
    eval "wait \$pid$i"
    codes=$codes$?
done
check 'five at once all run' [ "$codes" = 00000 ]
check 'and one of them builds' built 1

new_built_tree
touch "$tree/pom.xml"
run JAVA_HOME="$jdk17" MVN_SECONDS=0.3 "$tree/bin/nettyping" &
seen=
tries=0
while [ "$tries" -lt 200 ] && [ "${seen% built}" = "$seen" ]; do
    sleep 0.05
    seen="$seen $(cat "$tree/target/nettyping-cli.jar")"
    tries=$((tries + 1))
done
wait
check 'no half-made jar is ever in place' [ "${seen#*half}" = "$seen" ]
check 'the old one is, until the new one is whole' [ "${seen# old }" != "$seen" ]
check 'then the new one' [ "${seen% built}" != "$seen" ]

new_tree
env -u NETTYPING_JAVA_OPTS JAVA_HOME="$jdk17" PATH="$fake_mvn:$tools" MVN_SECONDS=10 "$tree/bin/nettyping" >"$tmp/out" 2>"$tmp/err" </dev/null &
pid=$!
tries=0
while [ "$tries" -lt 200 ] && ! built 1; do
    sleep 0.05
    tries=$((tries + 1))
done
kill -TERM "$pid"
wait "$pid"
status=$?
check 'ends on SIGTERM while it builds' exits 143
check 'and takes its build directory along' [ -z "$(find "$tree/target" -name 'build.*')" ]
check 'and the shell says nothing of it' [ "$(grep -vc '^nettyping: ' "$tmp/err")" -eq 0 ]

# --- The start-up cache --------------------------------------------------------------------------------------------

# The made-up JDKs get what a real one has its classes in; without it there is no cache.
for jdk in "$jdk17" "$jdk25"; do
    mkdir -p "$jdk/lib"
    echo modules >"$jdk/lib/modules"
done

# new_cached_tree: a built tree, and $slot, where its cache for JDK 17 will be.
new_cached_tree() {
    new_built_tree
    slot=$tree/target/start/jdk$(printf %s "$jdk17" | sed 's|/|_|g')
    : >"$TRAININGS"
    chmod 666 "$TRAININGS"
}

trained() { [ "$(wc -l <"$TRAININGS")" -eq "$1" ]; }

# await COMMAND…: until it is true, for at most ten seconds.
await() {
    tries=0
    until "$@" 2>/dev/null; do
        tries=$((tries + 1))
        [ "$tries" -lt 200 ] || return 1
        sleep 0.05
    done
}

# settled DIR: nothing is being made there.
settled() { [ -e "$1/lock" ] && flock -n "$1/lock" true; }

# warm_up [NAME=VALUE…]: a start, and the making of its cache.
warm_up() {
    run JAVA_HOME="$jdk17" "$@" "$tree/bin/nettyping"
    await settled "$tree/target/start" && await [ -e "$slot/id" ]
}

uses_archive() { out_has "argument <-XX:SharedArchiveFile=$1/classes>"; }
uses_none() { out_has 'jar old, library old' && out_lacks 'SharedArchiveFile' && out_lacks 'library.path'; }
start() { run JAVA_HOME="$jdk17" "$@" "$tree/bin/nettyping" sweep; }
is_silent() { ! [ -s "$tmp/err" ] && exits 0; }

new_cached_tree
start TRAINING_SECONDS=3
check 'the first start runs without a cache' uses_none
check 'and does not wait for the one that is made' [ ! -e "$slot" ]
check 'nor tells of it' is_silent
check 'the cache is made then' await [ -e "$slot/classes" ]
check 'by one training' trained 1
check 'which asks nobody else than this machine' grep -q 'cli.Training' "$TRAININGS"
start
check 'the second start uses the archive' uses_archive "$slot"
check 'and the libraries' out_has "argument <-Djava.library.path=$slot>"
check 'of both kinds' out_has "argument <-Djffi.boot.library.path=$slot>"
check 'and makes nothing' trained 1
check 'without a word' is_silent
check 'the training has the options of the run' grep -q -e '-Djnr.ffi.asm.enabled=false' "$TRAININGS"
start NETTYPING_CACHE=off
check 'NETTYPING_CACHE=off goes without' uses_none
start NETTYPING_JAVA_OPTS=-Xmx64m FAKE_PICKY=yes
check 'does without an archive if the JVM starts only so' out_lacks SharedArchiveFile
check 'and then runs the program' out_has 'jar old, library old'
start NETTYPING_JAVA_OPTS=-Xmx64m
check 'further options use it' uses_archive "$slot"
for option in -Xshare:off -XX:+AutoCreateSharedArchive -javaagent:a.jar; do
    start NETTYPING_JAVA_OPTS="$option"
    check "but not $option" out_lacks SharedArchiveFile
done
start JAVA_TOOL_OPTIONS=-Xshare:off
check 'nor in JAVA_TOOL_OPTIONS' out_lacks SharedArchiveFile
check 'none of these has another made' trained 1
run JAVA_HOME="$jdk25" "$tree/bin/nettyping"
check 'another JDK does not use it' uses_none
slot25=$tree/target/start/jdk$(printf %s "$jdk25" | sed 's|/|_|g')
check 'but gets its own' await [ -e "$slot25/id" ]
run JAVA_HOME="$jdk25" "$tree/bin/nettyping"
check 'in the form of JDK 25' out_has "argument <-XX:AOTCache=$slot25/classes>"
start
check 'beside the first one' uses_archive "$slot"
mv "$jdk25" "$jdk25.gone"
await settled "$tree/target/start"
trainings=2
for name in nettyping-cli nettyping; do
    touch -d '2020-01-03' "$tree/target/$name.jar"
    start
    check "the cache of an older $name.jar is not used" uses_none
    trainings=$((trainings + 1))
    check 'but made anew' await trained $trainings
    await settled "$tree/target/start"
    start
    check 'and used then' uses_archive "$slot"
done
check 'that of a JDK that is gone is removed' [ ! -e "$slot25" ]
mv "$jdk25.gone" "$jdk25"
if [ "$(id -u)" = 0 ]; then
    run_reader JAVA_HOME="$jdk17" "$tree/bin/nettyping"
    check "another user uses root's" uses_archive "$slot"
fi

# shellcheck disable=SC2016 # expanded by eval
for what in 'chmod go+w "$slot/classes"' 'chmod g+w "$slot"' 'chmod o+w "$slot/../"' \
    'rm "$slot/classes"; ln -s "$tmp/foreign" "$slot/classes"' \
    'mv "$slot" "$tmp/moved$trees"; ln -s "$tmp/moved$trees" "$slot"' \
    'echo more >>"$slot/classes"' ': >"$slot/classes"' 'echo other >"$slot/id"' ': >"$slot/id"' \
    'rm "$slot/id"' 'echo other >"$slot/libjffi-1.2.so"; touch "$slot/libjffi-1.2.so"' \
    'touch -d 2020-01-01 "$jdk17/lib/modules"'; do
    new_cached_tree
    echo foreign >"$tmp/foreign"
    warm_up
    eval "$what"
    start
    check "is not used after: $what" uses_none
    check 'without a word' is_silent
    await settled "$tree/target/start"
done

if [ "$(id -u)" = 0 ]; then
    # shellcheck disable=SC2016 # expanded by eval
    for what in 'chown 65534 "$slot/classes"' 'chown 65534 "$slot"' 'chown 65534 "$slot/.."'; do
        new_cached_tree
        warm_up
        eval "$what"
        start
        check "is not used after: $what" uses_none
        await settled "$tree/target/start"
    done
fi

new_cached_tree
warm_up NO_ARCHIVE=1
start
check 'a JVM that makes no archive is not asked again' trained 1
check 'and still has its libraries' out_has "argument <-Djava.library.path=$slot>"

new_cached_tree
for i in 1 2 3 4 5; do
    env JAVA_HOME="$jdk17" PATH="$tools" TRAINING_SECONDS=0.5 "$tree/bin/nettyping" >"$tmp/out$i" 2>&1 </dev/null &
    eval "pid$i=$!"
done
for i in 1 2 3 4 5; do eval "wait \$pid$i"; done
await [ -e "$slot/id" ]
await settled "$tree/target/start"
check 'five first starts at once make one cache' trained 1
check 'and leave nothing else' [ "$(find "$tree/target/start" -name '.*' | wc -l)" -eq 0 ]

# The caller's own cache, for a tree that is not the caller's.
new_cached_tree
home=$tmp/home
mkdir -p "$home"
if [ "$(id -u)" = 0 ]; then chown 65534 "$home"; fi
own=$home/.cache/nettyping/tree$(printf %s "$tree" | sed 's|/|_|g')
own_slot=$own/${slot##*/}
# The made-up trees and JDKs lie in a directory for temporary files; the cache's own place is what counts.
start_reader() { run_reader HOME="$home" JAVA_HOME="$jdk17" "$@" "$tree/bin/nettyping"; }
start_reader
check 'a reader of the tree starts without a cache' uses_none
check 'and gets one under ~/.cache' await [ -e "$own_slot/id" ]
start_reader
check 'to use it' uses_archive "$own_slot"
check 'the tree is left as it is' [ ! -e "$tree/target/start" ]
chmod 777 "$home/.cache"
start_reader
check 'but not where others may change what lies above' uses_none
chmod 700 "$home/.cache"
await settled "$own"
start_reader XDG_CACHE_HOME="$home/other"
check 'XDG_CACHE_HOME is another place' await [ -e "$home/other/nettyping/${own##*/}/${slot##*/}/id" ]
first=$own
mv "$tree" "$tmp/gone"
new_cached_tree
own=$home/.cache/nettyping/tree$(printf %s "$tree" | sed 's|/|_|g')
start_reader
await [ -e "$own/tree" ]
await settled "$own"
check 'what was made for a tree that is gone is removed' [ ! -e "$first" ]
# What others have put where the cache would be: nothing is made, opened or deleted through it.
new_cached_tree
rm -rf "$home"
mkdir -p "$home/.cache" "$home/elsewhere/start/.new.1"
own=$home/.cache/nettyping/tree$(printf %s "$tree" | sed 's|/|_|g')
if [ "$(id -u)" = 0 ]; then chown -R 65534 "$home"; fi
untouched() { # DIR
    sleep 0.2
    uses_none && is_silent && [ ! -e "$1/lock" ] && [ "$(find "$1" | wc -l)" -eq "$2" ]
}
ln -s "$home/elsewhere/start" "$home/.cache/nettyping"
start_reader
check 'a link in place of the cache directory is not followed' untouched "$home/elsewhere" 3
rm "$home/.cache/nettyping"
mkdir -p "${own%/*}"
if [ "$(id -u)" = 0 ]; then chown 65534 "${own%/*}"; fi
ln -s "$home/elsewhere/start" "$own"
start_reader
check 'nor one in place of that of the tree' untouched "$home/elsewhere" 3
rm "$own"
if [ "$(id -u)" = 0 ]; then
    # Root, with the home of a user and a tree of a user.
    chown 65534 "$tree" "$tree/target"
    for variable in HOME XDG_CACHE_HOME; do
        rm -rf "$home/.cache"
        start "$variable=$home"
        check "root makes nothing in the $variable of a user" untouched "$home" 4
    done
    [ -e "$tree/target/start" ]
    check 'nor in the tree of a user' [ $? -ne 0 ]
    mkdir "$tmp/public" "$tmp/mine"
    chmod 1777 "$tmp/public"
    mkdir "$tmp/public/nettyping"
    chown 65534 "$tmp/public/nettyping"
    start XDG_CACHE_HOME="$tmp/public"
    check "nor in a user's directory in a sticky one" untouched "$tmp/public" 2
    rm -r "$tmp/public/nettyping"
    ln -s "$tmp/mine" "$tmp/public/nettyping"
    start XDG_CACHE_HOME="$tmp/public"
    check "nor through a user's link there" untouched "$tmp/mine" 1
    ln -s "$tmp/mine" "$tmp/public/link"
    chown -h 65534 "$tmp/public/link"
    chmod 755 "$tmp/public"
    start XDG_CACHE_HOME="$tmp/public/link"
    check "nor through one that leads to root's own" untouched "$tmp/mine" 1
    chown -h 0 "$tmp/public/link"
    start XDG_CACHE_HOME="$tmp/public/link"
    check "but through root's own link" await [ -e "$tmp/mine/nettyping/${own##*/}/${slot##*/}/id" ]
    await settled "$tmp/mine/nettyping/${own##*/}"
    new_cached_tree
    mkdir "$tmp/planted"
    ln -s "$tmp/planted" "$tree/target/start"
    start
    check 'a link beside the jars is not followed' untouched "$tmp/planted" 1
fi

mkdir -m 500 "$tmp/shut"
start_reader HOME="$tmp/shut"
check 'works where no cache can be made' uses_none
check 'without a word' is_silent

# --- Where it is installed --------------------------------------------------------------------------------------------

new_cached_tree
installed=$tmp/installed
mkdir "$installed"
cp -a "$tree/bin" "$installed/bin"
cp -a "$tree/target" "$installed/app"
rm -rf "$installed/app/start" "$installed/app/launcher"
start_installed() { run JAVA_HOME="$jdk17" "$@" "$installed/bin/nettyping"; }
chmod a-w "$installed/app"
if [ "$(id -u)" != 0 ]; then
    start_installed
    check 'an installed one without a JVM of its own runs by a JDK' uses_none
fi
chmod u+w "$installed/app"
start_installed NETTYPING_CACHE=make
check 'makes its cache when told to, and waits' [ -e "$installed/app/start/${slot##*/}/classes" ]
check 'without running the program' out_lacks 'jar old'
start_installed
check 'and uses it' uses_archive "$installed/app/start/${slot##*/}"
rm -rf "$installed/app/start"
cp -a "$jdk17" "$installed/runtime"
run JAVA_HOME="$tmp/nowhere" "$installed/bin/nettyping"
check 'one with a JVM of its own needs no JDK' uses_none
check 'and makes no cache by itself' [ ! -e "$installed/app/start" ]
run NETTYPING_CACHE=make "$installed/bin/nettyping"
check 'but when it is packed' [ -e "$installed/app/start/classes" ]
run "$installed/bin/nettyping"
check 'to use it' uses_archive "$installed/app/start"
run NETTYPING_CACHE=off "$installed/bin/nettyping"
check 'unless it is off' uses_none
mv "$installed/app/nettyping.jar" "$tmp/away.jar"
run "$installed/bin/nettyping"
check 'one without a jar has to be installed again' refuses 'install nettyping again'
check 'and is not built' built 0

if [ "$failures" -gt 0 ]; then
    printf '%s failed\n' "$failures"
    exit 1
fi
