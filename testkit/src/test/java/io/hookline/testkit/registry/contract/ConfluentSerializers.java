package io.hookline.testkit.registry.contract;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Confluent's real serializer, loaded from a directory of jars. It shares Kafka's interfaces, Avro and our generated classes with
 * the tests and brings everything else itself, so that no other library on the test's class path meddles.
 */
final class ConfluentSerializers implements AutoCloseable {
    private static final String PACKAGE = "io.confluent.kafka.serializers.";
    private static final List<String> SHARED =
            List.of("org.apache.kafka.", "org.apache.avro.", "org.slf4j.", "com.fasterxml.jackson.", "io.hookline.");

    /** Lets only what is shared through to the tests' own loader. */
    private static final class SharedOnly extends ClassLoader {
        SharedOnly() {
            super("shared-only", ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (SHARED.stream().anyMatch(name::startsWith)) {
                return ConfluentSerializers.class.getClassLoader().loadClass(name);
            }
            throw new ClassNotFoundException(name);
        }
    }

    private final URLClassLoader loader;

    ConfluentSerializers(Path directory) throws IOException {
        URL[] jars;
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> found =
                    files.filter(file -> file.toString().endsWith(".jar")).toList();
            jars = new URL[found.size()];
            for (int i = 0; i < jars.length; i++) {
                jars[i] = found.get(i).toUri().toURL();
            }
        }
        this.loader = new URLClassLoader("confluent", jars, new SharedOnly());
    }

    @SuppressWarnings("unchecked")
    Serializer<Object> serializer() {
        return (Serializer<Object>) made("KafkaAvroSerializer");
    }

    @SuppressWarnings("unchecked")
    Deserializer<Object> deserializer() {
        return (Deserializer<Object>) made("KafkaAvroDeserializer");
    }

    private Object made(String name) {
        try {
            return loader.loadClass(PACKAGE + name).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no usable " + PACKAGE + name + " in " + List.of(loader.getURLs()), e);
        }
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}
