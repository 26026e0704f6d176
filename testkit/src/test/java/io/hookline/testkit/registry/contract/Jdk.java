package io.hookline.testkit.registry.contract;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds an installed JDK for a process that needs a newer one than the tests run on. */
final class Jdk {
    private Jdk() {}

    /** The home of a JDK of at least that feature version: this one, those the environment names, those installed where Linux puts them. */
    static Optional<Path> atLeast(int feature) {
        return candidates().stream().filter(home -> feature(home) >= feature).findFirst();
    }

    private static List<Path> candidates() {
        List<Path> homes = new ArrayList<>();
        homes.add(Path.of(System.getProperty("java.home")));
        System.getenv().forEach((name, value) -> {
            if (name.startsWith("JAVA_HOME")) {
                homes.add(Path.of(value));
            }
        });
        for (Path installed : List.of(Path.of("/usr/lib/jvm"), Path.of("/Library/Java/JavaVirtualMachines"))) {
            if (Files.isDirectory(installed)) {
                try (Stream<Path> found = Files.list(installed)) {
                    found.sorted()
                            .forEach(home -> homes.add(
                                    Files.isDirectory(home.resolve("Contents/Home"))
                                            ? home.resolve("Contents/Home")
                                            : home));
                } catch (IOException e) {
                    // a directory that cannot be listed has no JDK to offer
                }
            }
        }
        return homes;
    }

    /** 0 where there is no JDK. */
    private static int feature(Path home) {
        Properties release = new Properties();
        try (InputStream in = Files.newInputStream(home.resolve("release"))) {
            release.load(in);
        } catch (IOException e) {
            return 0;
        }
        return parsed(release.getProperty("JAVA_VERSION"));
    }

    private static int parsed(@Nullable String version) {
        try {
            return version == null
                    ? 0
                    : Runtime.Version.parse(version.replace("\"", "")).feature();
        } catch (IllegalArgumentException e) {
            return 0;
        }
    }
}
