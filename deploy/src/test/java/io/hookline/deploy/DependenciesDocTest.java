package io.hookline.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/dependencies.md has a row for everything that the poms name, and for nothing else. */
class DependenciesDocTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Set<String> LICENCES = Set.of("Apache-2.0", "MIT", "EPL-2.0", "EPL-2.0 or LGPL-2.1");

    @TempDir
    private Path temporary;

    @Test
    void shouldHaveARowForEveryDependencyOfEveryPom() throws IOException {
        assertThat(problems(ROOT)).as("docs/dependencies.md").isEmpty();
    }

    @Test
    void shouldNameWhatIsMissingStaleOrWrong() throws IOException {
        Files.writeString(temporary.resolve("pom.xml"), """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <dependencyManagement><dependencies>
                    <dependency><groupId>g</groupId><artifactId>only-pinned</artifactId></dependency>
                  </dependencies></dependencyManagement>
                  <dependencies>
                    <dependency><groupId>g</groupId><artifactId>known</artifactId><scope>test</scope></dependency>
                    <dependency><groupId>io.hookline</groupId><artifactId>ours</artifactId></dependency>
                  </dependencies>
                </project>
                """);
        Files.writeString(Files.createDirectories(temporary.resolve("router")).resolve("pom.xml"), """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <dependencies>
                    <dependency><groupId>g</groupId><artifactId>forgotten</artifactId></dependency>
                    <dependency><groupId>g</groupId><artifactId>moved</artifactId></dependency>
                  </dependencies>
                  <build><plugins>
                    <plugin><groupId>g</groupId><artifactId>some-maven-plugin</artifactId></plugin>
                  </plugins></build>
                </project>
                """);
        Files.writeString(Files.createDirectories(temporary.resolve("docs")).resolve("dependencies.md"), """
                | artifact | licence | where | what for |
                |---|---|---|---|
                | `g:known` | MIT | tests of everywhere | good |
                | `g:moved` | GPL-3.0 | tests of router | |
                | `g:stale` | MIT | router | gone |
                """);

        assertThat(problems(temporary))
                .containsExactlyInAnyOrder(
                        "g:forgotten of router has no row",
                        "g:moved is in router, but its row says tests of router",
                        "g:moved has the licence 'GPL-3.0', which nobody has looked at",
                        "g:moved has no reason",
                        "g:stale has a row, but no pom names it",
                        "the plugin g:some-maven-plugin has no row");
    }

    private static List<String> problems(Path root) throws IOException {
        Set<String> problems = new TreeSet<>();
        PomDependencies poms = PomDependencies.read(root);
        DependenciesPage page = DependenciesPage.read(root.resolve("docs/dependencies.md"));
        poms.whereByArtifact().forEach((artifact, where) -> {
            DependenciesPage.Row row = page.rows().get(artifact);
            if (row == null) {
                problems.add(artifact + " of " + String.join(", ", where) + " has no row");
            } else if (!row.where().equals(where)) {
                problems.add(artifact + " is in " + String.join(", ", where) + ", but its row says "
                        + String.join(", ", row.where()));
            }
        });
        page.rows().forEach((artifact, row) -> {
            if (!poms.whereByArtifact().containsKey(artifact)) {
                problems.add(artifact + " has a row, but no pom names it");
            }
            if (!LICENCES.contains(row.licence())) {
                problems.add(artifact + " has the licence '" + row.licence() + "', which nobody has looked at");
            }
            if (row.reason().isBlank()) {
                problems.add(artifact + " has no reason");
            }
        });
        for (String plugin : poms.plugins()) {
            if (!page.mentions(plugin)) {
                problems.add("the plugin " + plugin + " has no row");
            }
        }
        return List.copyOf(problems);
    }
}
