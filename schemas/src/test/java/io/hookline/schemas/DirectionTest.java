package io.hookline.schemas;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Everyone depends on this module, so it depends on nobody; what is generated knows nothing but its base class. */
@AnalyzeClasses(packages = "io.hookline", importOptions = ImportOption.DoNotIncludeTests.class)
class DirectionTest {
    @ArchTest
    static final ArchRule generatedRecordsKnowOnlyTheirBase = classes()
            .that()
            .resideInAnyPackage("io.hookline.avro", "io.hookline.events")
            .should()
            .onlyDependOnClassesThat(
                    resideInAnyPackage("io.hookline.avro", "io.hookline.events", "org.apache.avro..", "java..", "")
                            .or(equivalentTo(ShyRecord.class)));

    @ArchTest
    static final ArchRule theModuleKnowsOnlyItself = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.hookline.schemas..",
                    "io.hookline.avro",
                    "io.hookline.events",
                    "org.apache.avro..",
                    "org.apache.kafka.clients..",
                    "org.apache.kafka.common..",
                    "com.fasterxml.jackson..",
                    "org.slf4j..",
                    "org.jspecify..",
                    "java..",
                    "javax..",
                    "");
}
