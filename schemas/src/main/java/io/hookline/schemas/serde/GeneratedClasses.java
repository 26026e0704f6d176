package io.hookline.schemas.serde;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.avro.specific.AvroGenerated;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Lets Avro make instances of the classes its own generator wrote.
 *
 * <p>Avro 1.12.2 loads no class that a schema names unless the JVM was told to trust it (a guard against schemas that name
 * dangerous classes), generated ones included: reading a typed record, or copying one that holds another with {@code
 * newBuilder(other)}, throws {@link SecurityException}. The codecs and serializers of this package call {@link #trust()} when
 * they are loaded; code that only builds records calls it once itself.
 */
public final class GeneratedClasses {
    private static final AtomicBoolean TRUSTED = new AtomicBoolean();

    private GeneratedClasses() {}

    /**
     * Trusts, in this JVM, classes that carry {@link AvroGenerated} besides those trusted before. Such a class is a plain record,
     * enum or fixed: making one does nothing else. Idempotent.
     */
    public static void trust() {
        if (TRUSTED.compareAndSet(false, true)) {
            ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                    ClassSecurityValidator.getGlobal(), type -> type.isAnnotationPresent(AvroGenerated.class)));
        }
    }
}
