package io.github.nettyping;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.nettyping.internal.Internal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The order of the rooms, which are the packages: which may depend on which, how large they are, and what of them is no
 * API.
 */
class LayersTest {

    private static final String PACKAGE = "io.github.nettyping";

    /** The name of the room that has none. */
    private static final String ROOT = "(root)";

    /** Top to bottom. A room may depend on those below its line, and on no other. So there can be no circle. */
    private static final List<String> ORDER = List.of(
            "cli",
            "cli.sweep cli.ping cli.fping cli.trace cli.bench cli.doctor cli.manual cli.serve cli.watch",
            "cli.ping.iputils",
            "cli.checkpoint cli.progress",
            "cli.option",
            "server",
            "server.config server.exposition",
            "server.http",
            "cli.picture",
            "cli.format",
            "cli.target",
            "cli.output",
            ROOT,
            "sweep trace load monitor",
            "statistics",
            "internal.engine",
            "correlation",
            "probe",
            "codec",
            "internal.route",
            "target",
            "diagnosis",
            "channel",
            "packet",
            "internal.linux.netlink",
            "internal.linux",
            "internal");

    /** A list that can be read at a glance. */
    private static final int MOST_FILES = 25;

    /** Rooms of one kind of thing, of which there are many. */
    private static final Set<String> LARGE = Set.of("target", "probe", "channel", "codec", "internal.engine");

    private static final Path SOURCES = Path.of("src/main/java");

    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL);

    /** A type by its full name, as in an import. */
    private static final Pattern TYPE =
            Pattern.compile("\\b(" + Pattern.quote(PACKAGE) + "(?:\\.[a-z]\\w*)*)\\.([A-Z]\\w*)");

    /** Read when the first test needs them. */
    private static final class Main {

        static final JavaClasses CLASSES = read();

        private static JavaClasses read() {
            // All that is asked for is in these classes; to look up what they use would take most of the time.
            ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
            return new ClassFileImporter()
                    .importUrl(
                            Pinger.class.getProtectionDomain().getCodeSource().getLocation());
        }
    }

    @Test
    void arrowsPointDown() throws IOException {
        assertThat(upward(ORDER)).isEmpty();
    }

    @Test
    void anArrowThatPointsUpIsNoticed() throws IOException {
        List<String> upsideDown = ORDER.stream()
                .sorted((a, b) -> Integer.compare(ORDER.indexOf(b), ORDER.indexOf(a)))
                .toList();

        assertThat(upward(upsideDown)).anyMatch(arrow -> arrow.startsWith(PACKAGE + ".cli.Main -> "));
    }

    @Test
    void theOrderHasEveryRoomAndNoOther() throws IOException {
        assertThat(rooms().keySet())
                .containsExactlyInAnyOrderElementsOf(levels(ORDER).keySet());
    }

    @Test
    void aRoomCanBeReadAtAGlance() throws IOException {
        Map<String, Integer> tooLarge = new TreeMap<>();
        rooms().forEach((room, files) -> {
            if (files.size() > MOST_FILES && !LARGE.contains(room)) {
                tooLarge.put(room, files.size());
            }
        });

        assertThat(tooLarge).isEmpty();
    }

    @Test
    void everyRoomSaysWhatItIsFor() throws IOException {
        Set<String> silent = rooms().entrySet().stream()
                .filter(room -> room.getValue().stream().noneMatch(file -> file.endsWith("package-info.java")))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());

        assertThat(silent).isEmpty();
    }

    @Test
    void whatRunsWithoutASocketKnowsNone() {
        Set<String> roomsWithout = Set.of("codec", "probe", "correlation", "statistics", "target");

        assertThat(users(from -> roomsWithout.contains(roomOf(from)), to -> {
                    String room = roomOf(to);
                    return room.equals("channel") || room.startsWith("internal.");
                }))
                .isEmpty();
    }

    @Test
    void onlyEpollReadinessTheLoaderAndWhoListensUseNettysEpoll() {
        assertThat(users(from -> true, to -> to.getPackageName().startsWith("io.netty.channel.epoll")))
                .containsExactlyInAnyOrder(
                        PACKAGE + ".channel.EpollReadiness",
                        PACKAGE + ".internal.linux.MachineSyscalls",
                        PACKAGE + ".server.http.HttpServer");
    }

    @Test
    void onlyTheSystemCallsUseJnr() {
        assertThat(users(from -> true, to -> to.getPackageName().startsWith("jnr.")))
                .containsExactly(PACKAGE + ".internal.linux.JnrSyscalls");
    }

    /** What is marked as internal is public for other rooms alone. The command line is no API as a whole. */
    @Test
    void noPublicSignatureNamesAnInternalType() {
        Set<String> shown = new TreeSet<>();
        for (JavaClass type : Main.CLASSES) {
            if (isApi(type)) {
                Stream<JavaType> parents = Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
                Stream<JavaType> members = type.getMembers().stream()
                        .filter(member -> isSeen(member) && !isMarked(member))
                        .flatMap(LayersTest::typesOf);
                Stream.concat(parents, members)
                        .flatMap(named -> named.getAllInvolvedRawTypes().stream())
                        .filter(named -> roomOf(named).startsWith("internal"))
                        .forEach(named -> shown.add(type.getName() + " shows " + named.getName()));
            }
        }

        assertThat(shown).isEmpty();
    }

    /** They are how a pinger begins what it does not do itself, and nobody else has use for them. */
    @Test
    void thoseWhoBeginARunAreMarked() {
        for (String name :
                List.of(".sweep.SweepStarter", ".trace.TraceStarter", ".load.LoadStarter", ".monitor.MonitorStarter")) {
            JavaClass starter = Main.CLASSES.get(PACKAGE + name);
            assertThat(isMarked(starter)).as(name).isTrue();
            assertThat(starter.getModifiers()).as(name).contains(JavaModifier.PUBLIC);
        }
    }

    /** The arrows of the class files, and those of the sources: a constant leaves no trace in a class that uses it. */
    private static Set<String> upward(List<String> order) throws IOException {
        Map<String, Integer> levels = levels(order);
        Set<String> wrong = new TreeSet<>();
        for (JavaClass from : Main.CLASSES) {
            for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
                JavaClass to = dependency.getTargetClass().getBaseComponentType();
                if (points(levels, roomOf(from), roomOf(to))) {
                    wrong.add(from.getName() + " -> " + to.getName());
                }
            }
        }
        for (Map.Entry<String, List<Path>> room : rooms().entrySet()) {
            for (Path file : room.getValue()) {
                Matcher named =
                        TYPE.matcher(COMMENT.matcher(Files.readString(file)).replaceAll(""));
                while (named.find()) {
                    if (points(levels, room.getKey(), roomOf(named.group(1)))) {
                        wrong.add(file + " -> " + named.group());
                    }
                }
            }
        }
        return wrong;
    }

    /** Tells whether an arrow between two rooms points up, or to the side. */
    private static boolean points(Map<String, Integer> levels, String from, String to) {
        return !to.isEmpty() && !from.equals(to) && levels.getOrDefault(from, -1) >= levels.getOrDefault(to, -1);
    }

    /** Returns the line of each room, from 0. */
    private static Map<String, Integer> levels(List<String> order) {
        Map<String, Integer> levels = new HashMap<>();
        for (int i = 0; i < order.size(); i++) {
            int level = i;
            Arrays.stream(order.get(i).split(" ", -1)).forEach(room -> levels.put(room, level));
        }
        return levels;
    }

    /** Returns the source files of each room. */
    private static Map<String, List<Path>> rooms() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .collect(Collectors.groupingBy(file -> roomOf(
                            SOURCES.relativize(file.getParent()).toString().replace('/', '.'))));
        }
    }

    private static String roomOf(JavaClass type) {
        return roomOf(type.getPackageName());
    }

    /** Returns an empty string for what is none of ours. */
    private static String roomOf(String name) {
        if (name.equals(PACKAGE)) {
            return ROOT;
        }
        return name.startsWith(PACKAGE + '.') ? name.substring(PACKAGE.length() + 1) : "";
    }

    /** Returns the top-level classes that use others. */
    private static Set<String> users(Predicate<JavaClass> from, Predicate<JavaClass> to) {
        Set<String> users = new TreeSet<>();
        for (JavaClass type : Main.CLASSES) {
            boolean uses = from.test(type)
                    && type.getDirectDependenciesFromSelf().stream()
                            .anyMatch(dependency ->
                                    to.test(dependency.getTargetClass().getBaseComponentType()));
            if (uses) {
                users.add(type.getName().replaceFirst("\\$.*", ""));
            }
        }
        return users;
    }

    private static boolean isApi(JavaClass type) {
        String room = roomOf(type);
        boolean outside = !room.startsWith("internal") && !room.equals("cli") && !room.startsWith("cli.");
        for (JavaClass part = type;
                part != null;
                part = part.getEnclosingClass().orElse(null)) {
            outside &= isSeen(part.getModifiers()) && !isMarked(part);
        }
        return outside;
    }

    private static boolean isMarked(CanBeAnnotated element) {
        return element.isAnnotatedWith(Internal.class.getName());
    }

    private static boolean isSeen(JavaMember member) {
        return isSeen(member.getModifiers());
    }

    private static boolean isSeen(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    private static Stream<JavaType> typesOf(JavaMember member) {
        if (member instanceof JavaField field) {
            return Stream.of(field.getType());
        }
        JavaCodeUnit unit = (JavaCodeUnit) member;
        return Stream.of(
                        Stream.of(unit.getReturnType()),
                        unit.getParameterTypes().stream(),
                        unit.getExceptionTypes().stream())
                .flatMap(types -> types);
    }
}
