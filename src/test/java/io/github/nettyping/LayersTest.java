package io.github.nettyping;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

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
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which way the rooms of the house depend on each other. A room that has not been built yet keeps every rule. */
class LayersTest {

    private static final String ROOT = "io.github.nettyping";
    private static final String INTERNAL = ROOT + ".internal";

    /** Top to bottom: an arrow may only point down. */
    private static final List<Room> ROOMS = List.of(
            new Room("cli", ROOT + ".cli..", ROOT + ".server.."),
            new Room("root", ROOT),
            new Room("target", ROOT + ".target.."),
            new Room("correlation", ROOT + ".correlation.."),
            new Room("probe", ROOT + ".probe.."),
            new Room("codec", ROOT + ".codec.."),
            new Room("diagnosis", ROOT + ".diagnosis.."),
            new Room("channel", ROOT + ".channel.."),
            new Room("packet", ROOT + ".packet.."),
            new Room("internal", INTERNAL + ".."));

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    private record Room(String name, List<String> packages) {
        Room(String name, String... packages) {
            this(name, List.of(packages));
        }
    }

    @Test
    void arrowsPointDown() {
        LayeredArchitecture house =
                layeredArchitecture().consideringOnlyDependenciesInLayers().withOptionalLayers(true);
        for (Room room : ROOMS) {
            house = house.layer(room.name()).definedBy(room.packages().toArray(String[]::new));
        }
        List<String> below = new ArrayList<>();
        for (int i = ROOMS.size() - 1; i >= 0; i--) {
            String name = ROOMS.get(i).name();
            house = below.isEmpty()
                    ? house.whereLayer(name).mayNotAccessAnyLayer()
                    : house.whereLayer(name).mayOnlyAccessLayers(below.toArray(String[]::new));
            below.add(name);
        }
        house.check(MAIN);
    }

    @Test
    void everyClassIsInARoom() {
        List<String> packages =
                ROOMS.stream().flatMap(room -> room.packages().stream()).toList();
        classes().should().resideInAnyPackage(packages.toArray(String[]::new)).check(MAIN);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(*)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(MAIN);
    }

    @Test
    void whatRunsWithoutASocketKnowsNone() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".codec..", ROOT + ".probe..", ROOT + ".correlation..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".channel..", INTERNAL + "..")
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
                .resideOutsideOfPackage(INTERNAL + "..")
                .and()
                .arePublic()
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
