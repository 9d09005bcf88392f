package io.github.nettyping;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.nettyping.codec.EchoMessage;
import io.github.nettyping.codec.EchoReply;
import io.github.nettyping.codec.EchoRequest;
import io.github.nettyping.internal.Internal;
import io.github.nettyping.packet.ConfinedReferenceCounted;
import io.github.nettyping.packet.IcmpPacket;
import io.github.nettyping.packet.ReceiveQueue;
import io.github.nettyping.probe.Probe;
import io.github.nettyping.probe.Replied;
import io.github.nettyping.probe.RepliedPool;
import io.github.nettyping.probe.ReplyFlag;
import java.lang.annotation.Documented;
import java.net.URL;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@link Internal} marks, who may use it, and what of the types that machinery and users share is API. */
class MarksTest {

    private static final String PACKAGE = "io.github.nettyping";
    private static final String EXAMPLES = PACKAGE + ".examples";

    /**
     * What a program may call of the types that carry machinery too. Who adds a line promises to keep it; what only other
     * packages of nettyping call gets the mark instead.
     */
    private static final List<String> API = List.of(
            "EchoMessage.code()",
            "EchoMessage.identifier()",
            "EchoMessage.ipv4Header()",
            "EchoMessage.packet()",
            "EchoMessage.payload()",
            "EchoMessage.sequence()",
            "EchoMessage.toString()",
            "EchoMessage.touch(Object)",
            "EchoReply.of(IcmpPacket, int, int, int)",
            "EchoRequest.HEADROOM",
            "EchoRequest.of(IcmpPacket, int, int)",
            "IcmpPacket.arrival()",
            "IcmpPacket.content()",
            "IcmpPacket.copy()",
            "IcmpPacket.duplicate()",
            "IcmpPacket.hasKernelReceiveTime()",
            "IcmpPacket.hopLimit()",
            "IcmpPacket.ipv4Options()",
            "IcmpPacket.isTruncated()",
            "IcmpPacket.kernelReceiveNanos()",
            "IcmpPacket.of(ByteBuf, IpAddress)",
            "IcmpPacket.of(ByteBuf, long, long, int)",
            "IcmpPacket.onSend(SendListener, long)",
            "IcmpPacket.peer()",
            "IcmpPacket.peerHigh()",
            "IcmpPacket.peerLow()",
            "IcmpPacket.peerScopeId()",
            "IcmpPacket.queuedError()",
            "IcmpPacket.readNanos()",
            "IcmpPacket.replace(ByteBuf)",
            "IcmpPacket.retain()",
            "IcmpPacket.retain(int)",
            "IcmpPacket.retainedDuplicate()",
            "IcmpPacket.sendOptions()",
            "IcmpPacket.sendWith(SendOptions)",
            "IcmpPacket.toString()",
            "IcmpPacket.touch()",
            "IcmpPacket.touch(Object)",
            "IcmpPacket.trafficClass()",
            "IcmpPacket.wallOffsetNanos()",
            "IcmpPacket.withContent(ByteBuf)",
            "Probe.aim(long, long, int)",
            "Probe.context()",
            "Probe.isInFlight()",
            "Probe.new(IpAddress, ProbeOptions)",
            "Probe.new(IpAddress, ProbeOptions, Object)",
            "Probe.new(long, long, int, ProbeOptions)",
            "Probe.options()",
            "Probe.target()",
            "Probe.targetHigh()",
            "Probe.targetLow()",
            "Probe.targetScopeId()",
            "Probe.toString()",
            "Replied.arrivedAtNanos()",
            "Replied.attempt()",
            "Replied.attempts()",
            "Replied.equals(Object)",
            "Replied.firstSentAtNanos()",
            "Replied.flags()",
            "Replied.from()",
            "Replied.hashCode()",
            "Replied.hopLimit()",
            "Replied.icmpBytes()",
            "Replied.keep()",
            "Replied.kind()",
            "Replied.new(Probe, int, int, IpAddress, long, long, RttSource, OptionalInt, OptionalInt, int, Set)",
            "Replied.probe()",
            "Replied.recycle()",
            "Replied.rttNanos()",
            "Replied.rttSource()",
            "Replied.sentAtNanos()",
            "Replied.toString()",
            "Replied.trafficClass()",
            "ReplyFlag.DAMAGED",
            "ReplyFlag.OTHER_SOURCE",
            "ReplyFlag.STALLED",
            "ReplyFlag.UNVERIFIED",
            "ReplyFlag.valueOf(String)",
            "ReplyFlag.values()");

    private static final JavaClasses CLASSES = read();

    private static JavaClasses read() {
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        return new ClassFileImporter().importUrls(List.of(origin(Pinger.class), origin(MarksTest.class)));
    }

    private static URL origin(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    /** README and documents quote the examples, so this holds for them too. */
    @Test
    void noExampleUsesWhatIsMarked() {
        assertThat(usesOfMarked(EXAMPLES)).isEmpty();
    }

    /** It is a program that uses the library, and comes in a jar of its own. */
    @Test
    void theCommandLineUsesNothingThatIsMarked() {
        assertThat(usesOfMarked(PACKAGE + ".cli")).isEmpty();
    }

    @Test
    void aUseOfWhatIsMarkedIsNoticed() {
        assertThat(usesOfMarked(PACKAGE + ".correlation"))
                .contains(
                        PACKAGE + ".correlation.ReplyMatcher -> ReplyFlag.bit()",
                        PACKAGE + ".correlation.ReplyMatcher -> " + RepliedPool.class.getName(),
                        PACKAGE + ".correlation.Expiry -> " + ReceiveQueue.class.getName());
    }

    @Test
    void whatIsApiOfTheSharedTypesIsListed() {
        List<String> unmarked = Stream.of(
                        IcmpPacket.class,
                        EchoMessage.class,
                        EchoRequest.class,
                        EchoReply.class,
                        Probe.class,
                        Replied.class,
                        ReplyFlag.class)
                .flatMap(type -> CLASSES.get(type).getMembers().stream())
                .filter(member -> isSeen(member) && !isMarked(member))
                .map(MarksTest::signature)
                .sorted()
                .toList();

        assertThat(unmarked).containsExactlyElementsOf(API);
    }

    @Test
    void typesThatOnlyTheMachineryUsesAreMarkedAsAWhole() {
        assertThat(Stream.of(RepliedPool.class, ReceiveQueue.class, ConfinedReferenceCounted.class))
                .allMatch(type -> isMarked(CLASSES.get(type)));
    }

    /** So javadoc prints the mark beside the signature. */
    @Test
    void theMarkIsSeenInTheApiDocuments() {
        assertThat(Internal.class).hasAnnotation(Documented.class);
    }

    /** Returns what the classes of a package and those below it use of what is marked elsewhere. */
    private static Set<String> usesOfMarked(String user) {
        Set<String> uses = new TreeSet<>();
        for (JavaClass from : CLASSES) {
            boolean isUser = (from.getPackageName() + '.').startsWith(user + '.');
            // Tests of a room may make what its classes may not.
            if (!isUser || (isTest(from) && !user.equals(EXAMPLES))) {
                continue;
            }
            for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
                JavaClass to = dependency.getTargetClass().getBaseComponentType();
                if (isMarkedType(to)) {
                    uses.add(from.getName() + " -> " + to.getName());
                }
            }
            Stream.concat(from.getAccessesFromSelf().stream(), from.getCodeUnitReferencesFromSelf().stream())
                    .map(JavaAccess::getTarget)
                    .flatMap(target -> target.resolveMember().stream())
                    .map(JavaMember.class::cast)
                    // Not what is inherited from a marked type: packets are released by everybody.
                    .filter(MarksTest::isMarked)
                    .forEach(member -> uses.add(from.getName() + " -> " + signature(member)));
        }
        return uses;
    }

    private static boolean isTest(JavaClass type) {
        return type.getSource()
                .filter(source -> source.getUri().toString().contains("/test-classes/"))
                .isPresent();
    }

    private static boolean isMarkedType(JavaClass type) {
        return isMarked(type)
                || type.getEnclosingClass().filter(MarksTest::isMarkedType).isPresent();
    }

    private static boolean isMarked(CanBeAnnotated element) {
        return element.isAnnotatedWith(Internal.class.getName());
    }

    private static boolean isSeen(JavaMember member) {
        Set<JavaModifier> modifiers = member.getModifiers();
        return !modifiers.contains(JavaModifier.SYNTHETIC)
                && !modifiers.contains(JavaModifier.BRIDGE)
                && (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED));
    }

    /** Returns {@code IcmpPacket.of(ByteBuf, IpAddress)}. */
    private static String signature(JavaMember member) {
        String owner = member.getOwner().getSimpleName();
        String name = member.getName().replace("<init>", "new");
        if (member instanceof JavaCodeUnit unit) {
            return unit.getRawParameterTypes().stream()
                    .map(JavaClass::getSimpleName)
                    .collect(Collectors.joining(", ", owner + '.' + name + '(', ")"));
        }
        return owner + '.' + name;
    }
}
