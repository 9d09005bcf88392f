package io.github.nettyping.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** Skips a test or a class of tests, and says why, where one of some programs is missing or of another version. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequirementCondition.class)
public @interface RequiresTool {

    /** Returns those that the test starts itself; {@link RequiresNamespaces} includes {@link Tool#IP}. */
    Tool[] value();
}
