package io.hookline.schemas.evolution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The schema sets that releases have left behind, one directory each, named by the version.
 *
 * @param directory where they are; need not exist before the first release
 */
record Releases(Path directory) {
    /** Where this project keeps them. */
    static final Releases OURS = new Releases(Path.of("released"));

    private static final String VERSION = "\\d+\\.\\d+\\.\\d+";

    List<String> versions() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(directory)) {
            return found.filter(Files::isDirectory)
                    .map(path -> path.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    SchemaSet schemas(String version) {
        return SchemaSet.read(directory.resolve(version));
    }

    /** Everything that is wrong with today's schemas at a version of the project. */
    List<String> problems(SchemaSet current, String projectVersion) {
        List<String> all = new ArrayList<>();
        for (String version : versions()) {
            if (!version.matches(VERSION)) {
                all.add(directory.resolve(version) + " is not named by a release, such as 0.1.0.");
                continue;
            }
            SchemaSet released = schemas(version);
            if (released.byName().isEmpty()) {
                all.add(directory.resolve(version) + " holds no .avsc file.");
            }
            for (String problem : Compatibility.problems(released, current)) {
                all.add("Against release " + version + ": " + problem);
            }
        }
        all.addAll(missing(current, projectVersion));
        return all;
    }

    private List<String> missing(SchemaSet current, String projectVersion) {
        if (!projectVersion.matches(VERSION)) {
            return List.of();
        }
        String mend = "record it with: mvn -pl schemas -Precord-release -Dreleased=" + projectVersion + " initialize";
        if (!versions().contains(projectVersion)) {
            return List.of("Version " + projectVersion + " is a release without its schemas: " + mend);
        }
        return schemas(projectVersion).equals(current)
                ? List.of()
                : List.of("The schemas recorded for " + projectVersion + " are not those it would ship: delete and "
                        + mend);
    }
}
