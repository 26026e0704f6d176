package io.hookline.testkit.registry.contract;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.SchemaMetadata;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericDatumReader;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericDatumWriter;
import org.apache.flink.avro.shaded.org.apache.avro.io.BinaryEncoder;
import org.apache.flink.avro.shaded.org.apache.avro.io.DecoderFactory;
import org.apache.flink.avro.shaded.org.apache.avro.io.EncoderFactory;
import org.apache.flink.formats.avro.registry.confluent.ConfluentSchemaRegistryCoder;

/** Confluent's own client with our types at its edges. It is shaded inside a jar of Flink's, hence the package names. */
final class ConfluentClient implements AutoCloseable {

    /** What it throws, with the registry's error code. */
    static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int status;
        private final int errorCode;

        Failed(RestClientException cause) {
            super(cause);
            this.status = cause.getStatus();
            this.errorCode = cause.getErrorCode();
        }

        int status() {
            return status;
        }

        int errorCode() {
            return errorCode;
        }
    }

    private interface Call<T> {
        T call() throws IOException, RestClientException;
    }

    private final CachedSchemaRegistryClient client;

    ConfluentClient(String url) {
        this.client = new CachedSchemaRegistryClient(url, 1_000);
    }

    private static <T> T translated(Call<T> call) {
        try {
            return call.call();
        } catch (RestClientException e) {
            throw new Failed(e);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    int register(String subject, Schema schema) {
        return translated(() -> client.register(subject, new AvroSchema(schema.toString())));
    }

    Schema byId(int id) {
        return parsed(translated(() -> client.getSchemaById(id)).canonicalString());
    }

    int id(String subject, Schema schema) {
        return translated(() -> client.getId(subject, new AvroSchema(schema.toString())));
    }

    int version(String subject, Schema schema) {
        return translated(() -> client.getVersion(subject, new AvroSchema(schema.toString())));
    }

    List<Integer> versions(String subject) {
        return translated(() -> client.getAllVersions(subject));
    }

    SchemaMetadata latest(String subject) {
        return translated(() -> client.getLatestSchemaMetadata(subject));
    }

    SchemaMetadata version(String subject, int version) {
        return translated(() -> client.getSchemaMetadata(subject, version));
    }

    Collection<String> subjects() {
        return translated(client::getAllSubjects);
    }

    boolean compatible(String subject, Schema schema) {
        return translated(() -> client.testCompatibility(subject, new AvroSchema(schema.toString())));
    }

    /** Reads a value in the wire format with their client and Avro, and writes it again the same way. */
    byte[] rewritten(String subject, byte[] bytes) {
        return translated(() -> {
            ConfluentSchemaRegistryCoder coder = new ConfluentSchemaRegistryCoder(subject, client);
            ByteArrayInputStream in = new ByteArrayInputStream(bytes);
            org.apache.flink.avro.shaded.org.apache.avro.Schema schema = coder.readSchema(in);
            Object value = new GenericDatumReader<>(schema)
                    .read(null, DecoderFactory.get().binaryDecoder(in.readAllBytes(), null));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            coder.writeSchema(schema, out);
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
            new GenericDatumWriter<>(schema).write(value, encoder);
            encoder.flush();
            return out.toByteArray();
        });
    }

    static Schema parsed(String text) {
        return new Schema.Parser().parse(text);
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
