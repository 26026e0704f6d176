package io.hookline.deliverer.sign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The npm packages {@code standardwebhooks} and {@code svix}, and Node's own ed25519, verify what we sign. Skipped with a warning where Node is missing or the
 * packages, pinned in {@code interop/package-lock.json}, cannot be installed.
 */
class SignatureInteropIT {
    private static final Logger LOG = LoggerFactory.getLogger(SignatureInteropIT.class);
    private static final String ACCEPTED = "{\"standardwebhooks\":true,\"svix\":true}";
    private static final String REFUSED = "{\"standardwebhooks\":false,\"svix\":false}";

    @TempDir
    private static Path directory;

    @BeforeAll
    static void install() throws Exception {
        for (String file : List.of("package.json", "package-lock.json", "verify.mjs")) {
            try (InputStream in = SignatureInteropIT.class.getResourceAsStream("/interop/" + file)) {
                Files.copy(Objects.requireNonNull(in), directory.resolve(file));
            }
        }
        String problem = run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        if (!problem.isEmpty()) {
            LOG.warn("SKIPPED: signatures are not verified by the npm packages: {}", problem);
        }
        assumeThat(problem).as("npm ci").isEmpty();
    }

    /** Empty where it ended well. */
    private static String run(String... command) throws InterruptedException {
        Path output = directory.resolve("output.txt");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                return command[0] + " did not end within 60 s";
            }
            return process.exitValue() == 0 ? "" : Files.readString(output);
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** One request as its receiver sees it. */
    private record Received(String verifier, String id, long timestampS, String signature, byte[] body) {
        String json() {
            ObjectNode line = JsonNodeFactory.instance.objectNode();
            line.put("secret", verifier).put("id", id).put("timestamp", Long.toString(timestampS));
            line.put("signature", signature).put("body", Base64.getEncoder().encodeToString(body));
            return line.toString();
        }
    }

    @Test
    void shouldBeVerifiedByReceiversOfOtherPeople() throws Exception {
        SecureRandom random = new SecureRandom();
        List<SigningSecret> secrets =
                List.of(HmacSecret.generate(random), Ed25519Secret.generate(random), new HmacSecret(new byte[64]));
        Signer signer = new Signer(secrets.stream()
                .map(secret -> new Signer.Key(secret, OptionalLong.empty()))
                .toList());
        String stranger = HmacSecret.generate(random).reveal();
        String strangePublic = Ed25519Secret.generate(random).verifier();
        long now = System.currentTimeMillis() / 1000;
        List<String> lines = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (String text :
                List.of("{}", "{\"n\":1}", "\"\u00e4 \u20ac \ud83d\ude00\"", "\"" + "x".repeat(100_000) + "\"")) {
            byte[] body = text.getBytes(UTF_8);
            byte[] changed = (text + " ").getBytes(UTF_8);
            String id = "msg_" + Integer.toHexString(random.nextInt());
            String signature = signer.sign(id, now, body);
            for (SigningSecret secret : secrets) {
                boolean isPublic = secret instanceof Ed25519Secret;
                lines.add(new Received(secret.verifier(), id, now, signature, body).json());
                expected.add(isPublic ? "{\"node\":true}" : ACCEPTED);
                lines.add(new Received(secret.verifier(), id, now, signature, changed).json());
                lines.add(new Received(secret.verifier(), id + "x", now, signature, body).json());
                lines.add(new Received(secret.verifier(), id, now + 1, signature, body).json());
                lines.add(new Received(isPublic ? strangePublic : stranger, id, now, signature, body).json());
                for (int i = 0; i < 4; i++) {
                    expected.add(isPublic ? "{\"node\":false}" : REFUSED);
                }
            }
        }
        assertThat(node(lines)).containsExactlyElementsOf(expected);
    }

    private static List<String> node(List<String> lines) throws Exception {
        Path input = Files.writeString(directory.resolve("lines.txt"), String.join("\n", lines) + "\n");
        Path output = directory.resolve("answers.txt");
        Process node = new ProcessBuilder("node", "verify.mjs")
                .directory(directory.toFile())
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .redirectError(directory.resolve("errors.txt").toFile())
                .start();
        assertThat(node.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(node.exitValue())
                .as(Files.readString(directory.resolve("errors.txt")))
                .isZero();
        return Files.readAllLines(output);
    }
}
