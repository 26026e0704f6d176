package io.hookline.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/**
 * Turns an answer into a schema: checks that it is Avro, fetches what it refers to (other subjects' versions, at most {@code
 * REFERENCES_MAX} of them), and parses them in order of dependency.
 *
 * <p>Names and defaults are not validated: the schema was accepted by a registry, perhaps from another language with looser
 * rules, and its records can be read all the same.
 */
final class SchemaReader {
    static final int REFERENCES_MAX = 100;

    private final RegistryHttp http;

    SchemaReader(RegistryHttp http) {
        this.http = http;
    }

    CompletableFuture<Schema> byId(int id, Answer answer) {
        if (!answer.found()) {
            return CompletableFuture.failedFuture(new RegistryException.UnknownSchema(
                    "schema registry " + answer.url() + " knows no schema id " + id + ": "
                            + Answer.excerpt(answer.body().toString())
                            + ". Was the record written with another registry, or the schema deleted for good?"));
        }
        return read("schema id " + id, answer);
    }

    CompletableFuture<Schema> read(String what, Answer answer) {
        Reading reading = new Reading(what);
        return reading.add(answer).thenApply(done -> reading.parse());
    }

    private final class Reading {
        private final String what;
        private final Set<String> seen = new HashSet<>();
        private final List<String> texts = new ArrayList<>();

        Reading(String what) {
            this.what = what;
        }

        /** Adds the texts of what the answer refers to, then its own. */
        CompletableFuture<Void> add(Answer answer) {
            String type = answer.body().path("schemaType").asText("AVRO");
            if (!type.equalsIgnoreCase("AVRO")) {
                return failed(what + " is of type " + type + " at schema registry " + answer.url()
                        + "; only AVRO can be read here");
            }
            CompletableFuture<Void> chain = CompletableFuture.completedFuture(null);
            for (JsonNode reference : answer.body().path("references")) {
                chain = chain.thenCompose(done -> follow(reference));
            }
            return chain.thenRun(() -> texts.add(answer.text("schema")));
        }

        private CompletableFuture<Void> follow(JsonNode reference) {
            String subject = reference.path("subject").asText();
            int version = reference.path("version").asInt();
            if (!seen.add(version + "/" + subject)) {
                return CompletableFuture.completedFuture(null);
            }
            if (seen.size() > REFERENCES_MAX) {
                return failed(what + " refers to more than " + REFERENCES_MAX + " other schemas");
            }
            String path =
                    "/subjects/" + SchemaRegistryClient.encoded(subject) + "/versions/" + version + "?deleted=true";
            String asked = "version " + version + " of subject \"" + subject + "\", to which " + what + " refers";
            return http.ask("GET", path, null, asked, Answer::isVersion)
                    .thenCompose(answer -> answer.found()
                            ? add(answer)
                            : failed("schema registry " + answer.url() + " does not have " + asked));
        }

        private CompletableFuture<Void> failed(String message) {
            return CompletableFuture.failedFuture(new RegistryException.UnusableSchema(message, null));
        }

        Schema parse() {
            Schema.Parser parser = new Schema.Parser(NameValidator.NO_VALIDATION);
            parser.setValidateDefaults(false);
            try {
                texts.subList(0, texts.size() - 1).forEach(parser::parse);
                return parser.parse(texts.get(texts.size() - 1));
            } catch (RuntimeException | StackOverflowError e) {
                throw new RegistryException.UnusableSchema(
                        what + " does not parse as Avro: " + Answer.excerpt(String.valueOf(e.getMessage())), e);
            }
        }
    }
}
