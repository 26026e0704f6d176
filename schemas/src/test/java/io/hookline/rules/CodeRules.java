package io.hookline.rules;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethod;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.domain.Source;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.AvroGenerated;
import org.jspecify.annotations.NullMarked;

/** To be applied with {@code @ArchTest static final ArchTests RULES = ArchTests.in(CodeRules.class)}. */
public final class CodeRules {
    private static final DescribedPredicate<JavaClass> TESTS = describe(
            "tests",
            type -> type.getSource()
                    .map(Source::getUri)
                    .map(uri -> uri.toString().contains("/test-classes/"))
                    .orElse(false));

    private static final DescribedPredicate<JavaClass> WRITTEN_BY_US = describe(
            "written by us",
            type -> !TESTS.test(type)
                    && !type.getBaseComponentType().isAnnotatedWith(AvroGenerated.class)
                    && !nestedInGenerated(type));

    /** What prints belongs to a command, and asks picocli for the stream; only a {@code main} method may have to do without. */
    private static final DescribedPredicate<JavaClass> STARTS_A_PROCESS = describe(
            "have a main method",
            type -> type.tryGetMethod("main", String[].class).isPresent());

    private CodeRules() {}

    @ArchTest
    static final ArchRule packagesHaveNoCycles = slices().assignedFrom(packagesWithoutTests())
            .should()
            .beFreeOfCycles()
            .because("a package that needs its own users cannot be understood alone")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule packagesAreNullMarked = classes()
            .that(WRITTEN_BY_US)
            .should(beInANullMarkedPackage())
            .because("NullAway checks only what is marked")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule logsGoToSlf4j = noClasses()
            .that(not(TESTS))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.util.logging..", "org.apache.log4j..", "org.apache.logging..", "org.apache.commons.logging..")
            .because("whoever runs it chooses where logs go")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule onlyCommandsPrint = noClasses()
            .that(not(TESTS).and(not(STARTS_A_PROCESS)))
            .should(ACCESS_STANDARD_STREAMS)
            .because("standard output belongs to the command line, --json included")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule nothingSleeps = noClasses()
            .should(callMethod(Thread.class, "sleep", long.class))
            .orShould(callMethod(Thread.class, "sleep", long.class, int.class))
            .orShould(callMethod(TimeUnit.class, "sleep", long.class))
            .because("what sleeps cannot be woken: wait on a condition, a latch or a deadline, with a limit")
            .allowEmptyShould(true);

    private static SliceAssignment packagesWithoutTests() {
        return new SliceAssignment() {
            @Override
            public String getDescription() {
                return "packages";
            }

            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return TESTS.test(type) || !type.getPackageName().startsWith("io.hookline")
                        ? SliceIdentifier.ignore()
                        : SliceIdentifier.of(type.getPackageName());
            }
        };
    }

    private static boolean nestedInGenerated(JavaClass type) {
        return type.getEnclosingClass()
                .map(outer -> outer.isAnnotatedWith(AvroGenerated.class) || nestedInGenerated(outer))
                .orElse(false);
    }

    private static ArchCondition<JavaClass> beInANullMarkedPackage() {
        return new ArchCondition<>("be in a package with @NullMarked in its package-info.java") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                JavaPackage home = type.getPackage();
                boolean marked = home.isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(
                        type,
                        marked,
                        type.getName() + ": " + home.getName() + " has no package-info.java with @NullMarked"));
            }
        };
    }
}
