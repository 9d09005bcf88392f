package io.github.nettyping.testing;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Skips what needs a {@link Privilege} that this process lacks, and prints why. Immutable. */
final class PrivilegeCondition implements ExecutionCondition {

    private static final Map<Class<? extends Annotation>, Privilege> PRIVILEGES = Map.of(
            RequiresNamespaces.class, Privilege.NAMESPACES,
            RequiresRawSockets.class, Privilege.RAW_SOCKETS,
            RequiresTun.class, Privilege.TUN,
            RequiresIputils.class, Privilege.IPUTILS,
            RequiresMtr.class, Privilege.MTR,
            RequiresFping.class, Privilege.FPING,
            RequiresChromium.class, Privilege.CHROMIUM);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Optional<AnnotatedElement> element = context.getElement();
        for (Map.Entry<Class<? extends Annotation>, Privilege> entry : PRIVILEGES.entrySet()) {
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
