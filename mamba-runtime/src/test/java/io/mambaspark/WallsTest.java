package io.mambaspark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The walls between the packages of the runtime. */
@AnalyzeClasses(packagesOf = WallsTest.class, importOptions = ImportOption.DoNotIncludeTests.class)
class WallsTest {
    @ArchTest
    static final ArchRule theRuntimeKnowsNoSpark =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("org.apache.spark..", "org.apache.arrow..");

    @ArchTest
    static final ArchRule luceneStaysInLexical = noClasses()
            .that()
            .resideOutsideOfPackage("io.mambaspark.lexical..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.lucene..");

    @ArchTest
    static final ArchRule theVectorApiStaysInTheCpuEngine = noClasses()
            .that()
            .resideOutsideOfPackage("io.mambaspark.engine.cpu")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jdk.incubator.vector..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.mambaspark.(*)..").should().beFreeOfCycles();
}
