package dev.countersign.connector;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The {@code description} of a JSON Schema property, written for the model that fills it in: format, and source. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Doc {
    /** One plain sentence. */
    String value();

    /** Least number, least length or least count of items; ignored when {@link Long#MIN_VALUE}. */
    long min() default Long.MIN_VALUE;

    /** Greatest number, length or count of items; ignored when {@link Long#MAX_VALUE}. */
    long max() default Long.MAX_VALUE;
}
