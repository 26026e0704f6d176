package io.hookline.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The SBOM, the jars that are shipped and docs/dependencies.md name the same. {@code -Dgolden.write=true} writes the page's table anew. Skipped in a quick
 * build, which makes no SBOM.
 */
class DistributionIT {
    private static final Path SBOM = Path.of("target/hookline/sbom.json");
    private static final Path LIB = Path.of("target/hookline/lib");
    private static final Path PAGE = Path.of("../docs/dependencies.md");
    private static final Pattern TABLE = Pattern.compile("(?s)<!-- brought -->\n.*?<!-- end -->");

    private static JsonNode sbom;

    @BeforeAll
    static void read() throws Exception {
        assumeThat(SBOM).as("made by a build without -Dquick").exists();
        sbom = new ObjectMapper().readTree(SBOM.toFile());
    }

    private static Stream<JsonNode> components() {
        return StreamSupport.stream(sbom.path("components").spliterator(), false);
    }

    private static boolean isOurs(JsonNode component) {
        return component.path("group").asText().equals("io.hookline");
    }

    @Test
    void shouldHaveEveryShippedJarAndNothingElse() throws Exception {
        Set<String> shipped;
        try (Stream<Path> files = Files.list(LIB)) {
            shipped = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jar") && !name.startsWith("hookline-"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
        assertThat(components()
                        .filter(component -> !isOurs(component))
                        .map(component -> component.path("name").asText() + "-"
                                + component.path("version").asText() + ".jar"))
                .containsExactlyInAnyOrderElementsOf(shipped);
    }

    @Test
    void shouldHaveTheHashesOfTheJars() throws Exception {
        for (JsonNode component : components().filter(each -> !isOurs(each)).toList()) {
            String file = component.path("name").asText() + "-"
                    + component.path("version").asText() + ".jar";
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(LIB.resolve(file)));
            Set<String> hashes = StreamSupport.stream(component.path("hashes").spliterator(), false)
                    .filter(hash -> hash.path("alg").asText().equals("SHA-256"))
                    .map(hash -> hash.path("content").asText())
                    .collect(Collectors.toSet());
            assertThat(hashes).as(file).containsExactly(HexFormat.of().formatHex(digest));
        }
    }

    @Test
    void shouldBeWhatThePageListsWithALicenceEach() throws Exception {
        String page = Files.readString(PAGE);
        String rest = TABLE.matcher(page).replaceAll("");
        Map<String, String> brought = new TreeMap<>();
        components().filter(component -> !isOurs(component)).forEach(component -> {
            String name = component.path("group").asText() + ":"
                    + component.path("name").asText();
            if (!rest.contains("| `" + name + "` |")) {
                brought.put(name, licences(component));
            }
        });
        StringBuilder table = new StringBuilder("<!-- brought -->\n| artifact | licence |\n|---|---|\n");
        brought.forEach((name, licence) -> table.append("| `" + name + "` | " + licence + " |\n"));
        String made = TABLE.matcher(page).replaceAll(Matcher.quoteReplacement(table + "<!-- end -->"));
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(PAGE, made);
        }
        assertThat(brought.values()).allSatisfy(licence -> assertThat(licence).isNotBlank());
        assertThat(Files.readString(PAGE)).isEqualTo(made);
    }

    private static String licences(JsonNode component) {
        return StreamSupport.stream(component.path("licenses").spliterator(), false)
                .map(each -> each.path("license"))
                .map(licence -> licence.path("id").asText(licence.path("name").asText()))
                .sorted()
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
