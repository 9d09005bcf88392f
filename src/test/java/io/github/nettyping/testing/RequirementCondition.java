package io.github.nettyping.testing;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Skips what needs a {@link Requirement} or a {@link Tool} that is not there; {@link SkipReport} prints why. Immutable. */
final class RequirementCondition implements ExecutionCondition {

    /** In the order in which they are looked for. */
    private static final Map<Class<? extends Annotation>, Requirement> REQUIREMENTS = new LinkedHashMap<>();

    static {
        REQUIREMENTS.put(RequiresRawSockets.class, Requirement.RAW_SOCKETS);
        REQUIREMENTS.put(RequiresNamespaces.class, Requirement.NAMESPACES);
        REQUIREMENTS.put(RequiresTun.class, Requirement.TUN);
        REQUIREMENTS.put(RequiresUserNamespaces.class, Requirement.USER_NAMESPACES);
        REQUIREMENTS.put(RequiresIpv6Loopback.class, Requirement.IPV6_LOOPBACK);
        REQUIREMENTS.put(RequiresLocalhost.class, Requirement.LOCALHOST);
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return context.getElement()
                .flatMap(RequirementCondition::lack)
                .map(ConditionEvaluationResult::disabled)
                .orElseGet(() -> ConditionEvaluationResult.enabled("all that it needs is there"));
    }

    private static Optional<String> lack(AnnotatedElement element) {
        Stream<Optional<String>> requirements = REQUIREMENTS.entrySet().stream()
                .filter(entry -> AnnotationSupport.isAnnotated(element, entry.getKey()))
                .map(entry -> entry.getValue().lack());
        Stream<Optional<String>> tools = AnnotationSupport.findAnnotation(element, RequiresTool.class).stream()
                .flatMap(annotation -> Stream.of(annotation.value()))
                .map(Tool::lack);
        return Stream.concat(requirements, tools).flatMap(Optional::stream).findFirst();
    }
}
