package io.mambaspark.sql.batch;

import io.mambaspark.sql.Evaluation;
import io.mambaspark.sql.Functions;
import io.mambaspark.sql.MambaFunction;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.apache.spark.sql.catalyst.analysis.TableFunctionRegistry;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.execution.SparkStrategy;
import scala.Option;
import scala.Tuple3;
import scala.collection.immutable.Seq;

/** Brings batched functions into sessions. What it does to a session is done only if all of Catalyst is as we know it. */
public final class BatchInstaller {
    private BatchInstaller() {}

    /**
     * Adds functions, rule and strategy to the sessions that {@code extensions} make.
     *
     * @throws LinkageError or AssertionError or RuntimeException when Catalyst differs; {@code extensions} are as they
     *     were then
     */
    public static void inject(SparkSessionExtensions extensions) {
        CatalystProbe.run();
        extensions.injectPreCBORule(session -> {
            installLast(session);
            return new ExtractCalls();
        });
        extensions.injectPreCBORule(session -> new ExtractGroups());
        extensions.injectPostHocResolutionRule(session -> new CatalogCalls());
        extensions.injectPostHocResolutionRule(session -> new WindowOrder());
        extensions.injectPlannerStrategy(session -> new ReadStrategy());
        SearchBuilder search = new SearchBuilder();
        extensions.injectTableFunction(new Tuple3<>(new FunctionIdentifier(search.name()), search.info(), search));
        for (FunctionBuilder builder :
                builders(KeyOrder.OF_WINDOW)) { // last: without functions, nothing above does anything
            extensions.injectFunction(new Tuple3<>(new FunctionIdentifier(builder.name()), builder.info(), builder));
        }
    }

    /**
     * Puts functions, rule and strategy into a session that runs.
     *
     * @throws LinkageError or AssertionError or RuntimeException when Catalyst differs or the session is not a classic
     *     one; functions that had these names may be gone then
     */
    public static void install(SparkSession session) {
        CatalystProbe.run();
        org.apache.spark.sql.classic.SparkSession classic = (org.apache.spark.sql.classic.SparkSession) session;
        installLast(classic);
        Seq<SparkStrategy> strategies = classic.experimental().extraStrategies();
        if (!strategies.exists(ReadStrategy.class::isInstance)) {
            classic.experimental().extraStrategies_$eq(Scala.concat(strategies, Scala.seq(new ReadStrategy())));
        }
        FunctionRegistry functions = classic.sessionState().functionRegistry();
        boolean qualified = functions.functionExists(inSystem("builtin", "abs"));
        for (FunctionBuilder builder : builders(unlessSaid(classic))) {
            FunctionIdentifier name = temporary(builder.name(), qualified);
            functions.dropFunction(name); // else Spark warns of each replacement
            functions.registerFunction(name, builder.info(), builder);
        }
        SearchBuilder search = new SearchBuilder();
        FunctionIdentifier searchName = temporary(search.name(), qualified);
        TableFunctionRegistry tables = classic.sessionState().tableFunctionRegistry();
        tables.dropFunction(searchName);
        tables.registerFunction(searchName, search.info(), search);
    }

    /** What a registry calls a function of the session: its name, from Spark 4.2 on {@code system.session.name}. */
    private static FunctionIdentifier temporary(String name, boolean qualified) {
        return qualified ? inSystem("session", name) : new FunctionIdentifier(name);
    }

    private static FunctionIdentifier inSystem(String schema, String name) {
        return new FunctionIdentifier(name, Option.apply(schema), Option.apply("system"));
    }

    /** The rule once more at the end of the optimizer. */
    private static void installLast(SparkSession session) {
        Seq<Rule<LogicalPlan>> rules = session.experimental().extraOptimizations();
        if (!rules.exists(ExtractCalls.class::isInstance)) {
            session.experimental()
                    .extraOptimizations_$eq(Scala.concat(
                            rules, Scala.<Rule<LogicalPlan>>seq(List.of(new ExtractCalls(), new ExtractGroups()))));
        }
    }

    /** A session that runs already takes no more rules for its analyzer. */
    private static KeyOrder unlessSaid(org.apache.spark.sql.classic.SparkSession session) {
        boolean knowsWindows =
                session.sessionState().analyzer().postHocResolutionRules().exists(WindowOrder.class::isInstance);
        return knowsWindows ? KeyOrder.OF_WINDOW : KeyOrder.NONE;
    }

    private static List<FunctionBuilder> builders(KeyOrder unlessSaid) {
        List<FunctionBuilder> builders = new ArrayList<>();
        for (MambaFunction function : Functions.all(Evaluation.BATCHED)) {
            builders.add(new FunctionBuilder(function, false, unlessSaid));
            builders.add(new FunctionBuilder(function, true, unlessSaid));
        }
        return builders;
    }
}
