package io.github.nettyping;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.github.nettyping.internal.Internal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which way the rooms of the house depend on each other. */
class LayersTest {

    private static final String ROOT = "io.github.nettyping";
    private static final String INTERNAL = ROOT + ".internal";

    /** Rooms, each one package, top to bottom. What stands in one line does not know each other. */
    private static final List<List<String>> ORDER = List.of(
            List.of("cli"),
            List.of("cli.sweep", "cli.ping", "cli.trace", "cli.bench", "cli.doctor", "cli.manual"),
            List.of("cli.ping.iputils", "cli.checkpoint", "cli.option", "cli.progress"),
            List.of("cli.format", "cli.target"),
            List.of("cli.picture", "cli.output"),
            List.of(""),
            List.of("sweep", "trace", "load"),
            List.of("internal.engine"),
            List.of("statistics", "correlation", "internal.route"),
            List.of("probe", "diagnosis"),
            List.of("target", "codec", "channel"),
            List.of("packet", "internal.linux.netlink"),
            List.of("internal.linux"),
            List.of("internal"));

    private static final int MOST_FILES = 25;

    /** Rooms of many small types of one kind, which may be larger. */
    private static final Set<String> LARGE = Set.of("target", "probe", "channel", "codec", "internal.engine");

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    private static String packageOf(String room) {
        return room.isEmpty() ? ROOT : ROOT + '.' + room;
    }

    private static Map<String, Integer> levels() {
        Map<String, Integer> levels = new HashMap<>();
        for (int level = 0; level < ORDER.size(); level++) {
            for (String room : ORDER.get(level)) {
                levels.put(packageOf(room), level);
            }
        }
        return levels;
    }

    @Test
    void arrowsPointDown() {
        Map<String, Integer> levels = levels();
        Set<String> wrong = new TreeSet<>();
        for (JavaClass type : MAIN) {
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                String from = type.getPackageName();
                String to = dependency.getTargetClass().getBaseComponentType().getPackageName();
                if (levels.containsKey(to) && !from.equals(to) && levels.get(from) >= levels.get(to)) {
                    wrong.add(dependency.getDescription());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyPackageIsARoomAndNoRoomIsEmpty() {
        assertThat(levels().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        MAIN.stream().map(JavaClass::getPackageName).collect(Collectors.toSet()));
    }

    @Test
    void aRoomCanBeReadAsAList() {
        Map<String, Long> files = MAIN.stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
        files.keySet().removeAll(LARGE.stream().map(LayersTest::packageOf).toList());
        assertThat(files).allSatisfy((room, count) -> assertThat(count).as(room).isLessThanOrEqualTo(MOST_FILES));
    }

    @Test
    void whatRunsWithoutASocketKnowsNone() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".codec..", ROOT + ".probe..", ROOT + ".correlation..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".channel..", INTERNAL + ".*..")
                .allowEmptyShould(true)
                .check(MAIN);
    }

    @Test
    void onlyEpollReadinessAndTheLoaderUseNettysEpoll() {
        noClasses()
                .that()
                .haveNameNotMatching(
                        "io\\.github\\.nettyping\\.(channel\\.EpollReadiness.*|internal\\.linux\\.MachineSyscalls)")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty.channel.epoll..")
                .check(MAIN);
    }

    @Test
    void onlyTheSystemCallsUseJnr() {
        noClasses()
                .that()
                .haveNameNotMatching("io\\.github\\.nettyping\\.internal\\.linux\\.(JnrSyscalls|LibC)(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jnr..")
                .check(MAIN);
    }

    @Test
    void noPublicSignatureNamesAnInternalType() {
        classes()
                .that()
                .resideOutsideOfPackages(INTERNAL + "..", ROOT + ".cli..")
                .and()
                .arePublic()
                .and()
                .areNotAnnotatedWith(Internal.class)
                .should(nameNoInternalType())
                .check(MAIN);
    }

    @Test
    void somethingWasChecked() {
        assertThat(MAIN.contain(ROOT + ".packet.IcmpPacket")).isTrue();
    }

    private static ArchCondition<JavaClass> nameNoInternalType() {
        return new ArchCondition<>("name no internal type in what others see") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Stream<JavaType> parents = Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
                Stream<JavaType> members =
                        type.getMembers().stream().filter(LayersTest::isSeen).flatMap(LayersTest::typesOf);
                Stream.concat(parents, members)
                        .flatMap(seen -> seen.getAllInvolvedRawTypes().stream())
                        .filter(seen -> seen.getPackageName().startsWith(INTERNAL))
                        .forEach(seen -> events.add(
                                SimpleConditionEvent.violated(type, type.getName() + " shows " + seen.getName())));
            }
        };
    }

    private static boolean isSeen(JavaMember member) {
        return !member.isAnnotatedWith(Internal.class) && isPublic(member);
    }

    private static boolean isPublic(JavaMember member) {
        return member.getModifiers().contains(JavaModifier.PUBLIC)
                || member.getModifiers().contains(JavaModifier.PROTECTED);
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
