package io.github.nettyping.testing;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Skips what needs a {@link Requirement} that this process lacks, and prints why. Immutable. */
final class RequirementCondition implements ExecutionCondition {

    private static final Map<Class<? extends Annotation>, Requirement> REQUIREMENTS = Map.of(
            RequiresNamespaces.class, Requirement.NAMESPACES,
            RequiresRawSockets.class, Requirement.RAW_SOCKETS,
            RequiresTun.class, Requirement.TUN,
            RequiresIputils.class, Requirement.IPUTILS,
            RequiresMtr.class, Requirement.MTR,
            RequiresFping.class, Requirement.FPING,
            RequiresChromium.class, Requirement.CHROMIUM);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Optional<AnnotatedElement> element = context.getElement();
        for (Map.Entry<Class<? extends Annotation>, Requirement> entry : REQUIREMENTS.entrySet()) {
            if (AnnotationSupport.isAnnotated(element, entry.getKey())) {
                Optional<String> lack = entry.getValue().lack();
                if (lack.isPresent()) {
                    // The build's console names skipped tests, but not why.
                    System.out.println("skipped: " + context.getUniqueId() + ": " + lack.get());
                    return ConditionEvaluationResult.disabled(lack.get());
                }
            }
        }
        return ConditionEvaluationResult.enabled("all rights are there");
    }
}
