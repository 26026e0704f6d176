package io.hookline.bench.process;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** Versions of libraries, as Maven wrote them into their jars. */
public final class Versions {
    private Versions() {}

    /** @param artifact {@code group/artifact} */
    public static String of(String artifact) {
        Properties properties = new Properties();
        try (InputStream file = Versions.class.getResourceAsStream("/META-INF/maven/" + artifact + "/pom.properties")) {
            if (file != null) {
                properties.load(file);
            }
        } catch (IOException e) {
            return "unknown";
        }
        return properties.getProperty("version", "unknown");
    }
}
