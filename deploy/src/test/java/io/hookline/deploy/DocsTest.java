package io.hookline.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pages point at is there. */
class DocsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)(#[^)]*)?\\)");
    private static final Pattern CLASS = Pattern.compile("`([A-Z][A-Za-z]+[a-z][A-Za-z]*)`");
    private static final Pattern CODE = Pattern.compile("(?s)```.*?```");

    @Test
    void shouldLinkOnlyToFilesThatExist() throws IOException {
        Set<String> broken = new TreeSet<>();
        for (Path page : pages()) {
            Matcher link = LINK.matcher(CODE.matcher(Files.readString(page)).replaceAll(""));
            while (link.find()) {
                String target = link.group(1);
                if (!target.matches("[a-z]+:.*") && !Files.exists(page.resolveSibling(target))) {
                    broken.add(ROOT.relativize(page) + " -> " + target);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void shouldNameOnlyClassesThatExistInTheArchitecture() throws IOException {
        Set<String> known = names();
        Set<String> unknown = new TreeSet<>();
        Matcher type = CLASS.matcher(Files.readString(ROOT.resolve("docs/architecture.md")));
        while (type.find()) {
            if (!known.contains(type.group(1))) {
                unknown.add(type.group(1));
            }
        }
        assertThat(unknown).isEmpty();
    }

    private static Set<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            Set<Path> pages =
                    docs.filter(file -> file.toString().endsWith(".md")).collect(Collectors.toSet());
            pages.add(ROOT.resolve("README.md"));
            return pages;
        }
    }

    private static Set<String> names() throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path source : modules.map(module -> module.resolve("src"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> files = Files.walk(source)) {
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".java") || name.endsWith(".avsc"))
                            .forEach(name -> names.add(name.replaceFirst("\\.[a-z]+$", "")));
                }
            }
        }
        return names;
    }
}
