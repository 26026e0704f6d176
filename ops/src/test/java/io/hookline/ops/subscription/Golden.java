package io.hookline.ops.subscription;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Texts that a test expects, in files. With the system property {@code golden.write=true} the files are written instead. */
public final class Golden {
    private static final Path DIRECTORY = Path.of("src", "test", "resources", "golden");

    private Golden() {}

    public static String text(String file, String actual) {
        Path path = DIRECTORY.resolve(file);
        try {
            if (Boolean.getBoolean("golden.write")) {
                Files.createDirectories(DIRECTORY);
                Files.writeString(path, actual.endsWith("\n") ? actual : actual + "\n");
            }
            String expected = Files.readString(path);
            return actual.endsWith("\n") ? expected : expected.stripTrailing();
        } catch (IOException e) {
            throw new IllegalStateException("There is no " + path + ": write it with -Dgolden.write=true.", e);
        }
    }
}
