package io.hookline.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Compiles code that breaks the rules. */
class CodeRulesSelfTest {
    private static final String MARKED = "@org.jspecify.annotations.NullMarked package io.hookline.x;";
    private static final String GOOD = "package io.hookline.x; class Good {"
            + " final Object lock = new Object();"
            + " void await() throws InterruptedException { synchronized (lock) { lock.wait(1); } } }";

    @TempDir
    private Path directory;

    static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of(
                        CodeRules.nothingSleeps,
                        "package io.hookline.x; class A { void a() throws Exception { Thread.sleep(1); } }"),
                Arguments.of(
                        CodeRules.nothingSleeps,
                        "package io.hookline.x; class A { void a() throws Exception { Thread.sleep(1, 2); } }"),
                Arguments.of(
                        CodeRules.nothingSleeps,
                        "package io.hookline.x; class A { Runnable a() { return () -> { try {"
                                + " java.util.concurrent.TimeUnit.DAYS.sleep(1); } catch (InterruptedException e) {} }; } }"),
                Arguments.of(
                        CodeRules.onlyCommandsPrint,
                        "package io.hookline.x; class A { void a() { System.out.println(); } }"),
                Arguments.of(
                        CodeRules.onlyCommandsPrint,
                        "package io.hookline.x; class A { void a() { System.err.print(1); } }"),
                Arguments.of(
                        CodeRules.onlyCommandsPrint,
                        "package io.hookline.x; class A { void a(Exception e) { e.printStackTrace(); } }"),
                Arguments.of(
                        CodeRules.logsGoToSlf4j,
                        "package io.hookline.x; class A { Object a = java.util.logging.Logger.getLogger(\"a\"); }"),
                Arguments.of(CodeRules.packagesAreNullMarked, "package io.hookline.y; class A {}"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void shouldFindCodeThatBreaksARule(ArchRule rule, String source) throws IOException {
        JavaClasses classes = compiled(MARKED, GOOD, source);

        assertThatThrownBy(() -> rule.check(classes))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(".A");
    }

    @Test
    void shouldFindPackagesThatNeedEachOther() throws IOException {
        JavaClasses classes = compiled(
                "package io.hookline.x; public class A { public io.hookline.x.inner.B b; }",
                "package io.hookline.x.inner; public class B { public io.hookline.x.A a; }");

        assertThatThrownBy(() -> CodeRules.packagesHaveNoCycles.check(classes))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Cycle detected");
    }

    @Test
    void shouldLetGoodCodePass() throws IOException {
        JavaClasses classes = compiled(
                MARKED,
                GOOD,
                "package io.hookline.x; class Start { public static void main(String[] a) { System.out.println(1); } }");

        for (ArchRule rule : List.of(
                CodeRules.nothingSleeps,
                CodeRules.onlyCommandsPrint,
                CodeRules.logsGoToSlf4j,
                CodeRules.packagesAreNullMarked,
                CodeRules.packagesHaveNoCycles)) {
            assertThatCode(() -> rule.check(classes)).doesNotThrowAnyException();
        }
    }

    private JavaClasses compiled(String... sources) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "-proc:none",
                "-d",
                directory.resolve("classes").toString(),
                "-cp",
                System.getProperty("java.class.path")));
        for (String source : sources) {
            String name = source.replaceAll(".*?(?:class (\\w+) .*|package [a-z.]+;$)", "$1");
            Path folder = Files.createDirectories(directory.resolve("source" + arguments.size()));
            Path file = folder.resolve((name.isEmpty() ? "package-info" : name) + ".java");
            arguments.add(Files.writeString(file, source).toString());
        }
        int exit = ToolProvider.getSystemJavaCompiler()
                .run(null, System.out, System.err, arguments.toArray(String[]::new));
        assertThat(exit).as("compiles").isZero();
        return new ClassFileImporter().importPath(directory.resolve("classes"));
    }
}
