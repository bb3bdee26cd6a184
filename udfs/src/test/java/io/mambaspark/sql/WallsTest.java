package io.mambaspark.sql;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.apache.spark.sql.catalyst.analysis.NoSuchFunctionException;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;

/** Where Spark's internals may be named. */
@AnalyzeClasses(
        packages = {"io.mambaspark.sql", "io.mambaspark.ml", "io.mambaspark.hive"},
        importOptions = ImportOption.DoNotIncludeTests.class)
class WallsTest {
    @ArchTest
    static final ArchRule internalsStayInBatch = noClasses()
            .that()
            .resideOutsideOfPackage("io.mambaspark.sql.batch")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "org.apache.spark.sql.catalyst..",
                            "org.apache.spark.sql.classic..",
                            "org.apache.spark.sql.execution..",
                            "org.apache.spark.sql.internal..",
                            "org.apache.arrow..")
                    // What Spark's public interface of catalogs makes us throw.
                    .and(not(type(NoSuchFunctionException.class).or(type(NoSuchNamespaceException.class)))));
}
