package io.hookline.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What all poms of a source tree name themselves.
 *
 * @param whereByArtifact {@code group:artifact} to modules, such as {@code router} and {@code tests of router}; ours are left out
 * @param plugins plugins and annotation processors
 */
record PomDependencies(Map<String, Set<String>> whereByArtifact, Set<String> plugins) {
    static PomDependencies read(Path root) throws IOException {
        PomDependencies all = new PomDependencies(new TreeMap<>(), new TreeSet<>());
        for (Path pom : poms(root)) {
            Path folder = root.relativize(pom.getParent());
            String module = folder.toString().isEmpty()
                    ? "everywhere"
                    : folder.getName(0).toString();
            // A pom inside of src is a build that a test runs.
            all.add(parse(pom), module, folder.getNameCount() > 1);
        }
        return all;
    }

    private static List<Path> poms(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root, 4)) {
            return files.filter(file -> file.endsWith("pom.xml"))
                    .filter(file -> {
                        String path = "/" + root.relativize(file);
                        return !path.contains("/target/") && !path.contains("/.");
                    })
                    .sorted()
                    .toList();
        }
    }

    private static Element parse(Path pom) throws IOException {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(pom.toFile())
                    .getDocumentElement();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(pom.toString(), e);
        }
    }

    private void add(Element project, String module, boolean test) {
        for (Element dependency : elements(project, "dependency")) {
            if (!isInside(dependency, "dependencyManagement")) {
                boolean tests = test || child(dependency, "scope").equals("test");
                add(dependency, tests, module);
            }
        }
        elements(project, "artifactItem").forEach(item -> add(item, true, module));
        for (String tag : List.of("plugin", "path")) {
            elements(project, tag).stream()
                    .filter(element -> !child(element, "artifactId").isEmpty())
                    .forEach(element -> plugins.add(name(element)));
        }
    }

    private void add(Element artifact, boolean tests, String module) {
        if (!child(artifact, "groupId").equals("io.hookline")) {
            whereByArtifact
                    .computeIfAbsent(name(artifact), absent -> new TreeSet<>())
                    .add((tests ? "tests of " : "") + module);
        }
    }

    private static String name(Element element) {
        String group = child(element, "groupId");
        return (group.isEmpty() ? "org.apache.maven.plugins" : group) + ":" + child(element, "artifactId");
    }

    private static boolean isInside(Node node, String tag) {
        for (Node up = node.getParentNode(); up != null; up = up.getParentNode()) {
            if (up.getNodeName().equals(tag)) {
                return true;
            }
        }
        return false;
    }

    private static String child(Element element, String tag) {
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child.getNodeName().equals(tag)) {
                return child.getTextContent().strip();
            }
        }
        return "";
    }

    private static List<Element> elements(Element root, String tag) {
        NodeList found = root.getElementsByTagName(tag);
        return Stream.iterate(0, i -> i < found.getLength(), i -> i + 1)
                .map(found::item)
                .map(Element.class::cast)
                .toList();
    }
}
