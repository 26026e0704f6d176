package io.hookline.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * docs/dependencies.md.
 *
 * @param rows of the tables that say where a dependency is used, by artifact
 */
record DependenciesPage(Map<String, Row> rows, String text) {
    private static final Pattern ROW = Pattern.compile("\\| `([^`:]+:[^`]+)` \\| ([^|]*) \\| ([^|]*) \\|([^|]*)\\|.*");

    /**
     * @param where modules, such as {@code router} and {@code tests of router}
     */
    record Row(String licence, Set<String> where, String reason) {}

    static DependenciesPage read(Path page) throws IOException {
        String text = Files.readString(page);
        Map<String, Row> rows = new TreeMap<>();
        for (String line : text.lines().toList()) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                rows.put(row.group(1), new Row(row.group(2).strip(), where(row.group(3)), row.group(4)));
            }
        }
        return new DependenciesPage(rows, text);
    }

    private static Set<String> where(String cell) {
        Set<String> where = new TreeSet<>();
        String before = "";
        for (String part : cell.replaceAll("\\([^)]*\\)", "").split(",", -1)) {
            String module = part.strip();
            if (module.startsWith("tests of ")) {
                before = "tests of ";
                module = module.substring(before.length());
            }
            where.add(before + module);
        }
        return where;
    }

    /** Whether some row is about this, by itself or by a pattern with an asterisk. */
    boolean mentions(String artifact) {
        return text.contains("`" + artifact + "`")
                || (artifact.matches("org\\.apache\\.maven\\.plugins:maven-.*-plugin")
                        && text.contains("`org.apache.maven.plugins:maven-*-plugin`"));
    }
}
