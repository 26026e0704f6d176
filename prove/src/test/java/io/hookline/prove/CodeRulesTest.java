package io.hookline.prove;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import io.hookline.rules.CodeRules;

@AnalyzeClasses(packages = "io.hookline.prove")
class CodeRulesTest {
    @ArchTest
    static final ArchTests RULES = ArchTests.in(CodeRules.class);
}
