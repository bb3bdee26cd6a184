package io.mambaspark.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.mambaspark.engine.EngineOptions;
import io.mambaspark.error.ErrorConditions;
import io.mambaspark.error.MambaException;
import io.mambaspark.ml.TextColumns;
import io.mambaspark.model.BrokenCheckpoints;
import io.mambaspark.model.Checkpoint;
import io.mambaspark.reading.Document;
import io.mambaspark.reading.Sink;
import io.mambaspark.sql.batch.FilterCondition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every condition is thrown, with its SQLSTATE, and tells what to do. */
class ErrorsTest {
    /** Errors that the runtime or the jobs throw, where their own tests do. */
    private static final Set<String> OF_THE_RUNTIME = Set.of(
            "MAMBA_CHECKPOINT_UNREADABLE",
            "MAMBA_ENGINE_OPTION",
            "MAMBA_GPU_BUILD",
            "MAMBA_GPU_HEAP",
            "MAMBA_GPU_LOST",
            "MAMBA_GPU_MEMORY",
            "MAMBA_GPU_WORKSPACE_MOVED",
            "MAMBA_DOCUMENT_CODEC_MISSING",
            "MAMBA_DOCUMENT_NOT_TEXT",
            "MAMBA_DOCUMENT_UNREADABLE",
            "MAMBA_ENGINE_CLOSED",
            "MAMBA_MODEL_STATE_MISMATCH",
            "MAMBA_OUTPUT_NOT_REPLACED",
            "MAMBA_READING_FAILED",
            "MAMBA_READING_INTERRUPTED",
            "MAMBA_RELEVANCE_NOT_IN_MODEL",
            "MAMBA_RESULTS_OF_A_CALL",
            "MAMBA_SENTENCES_INVALID",
            "MAMBA_SENTENCE_STORE",
            "MAMBA_STATE_CORRUPT",
            "MAMBA_STATE_FORMAT_UNKNOWN",
            "MAMBA_TOKENIZER_UNSUPPORTED",
            "MAMBA_TOP_K_INVALID");

    /** Nothing fails by them: a build names the row in its report, as IndexBuildTest shows. */
    private static final Set<String> OF_ROWS = Set.of("MAMBA_DOCUMENT_ID_NULL", "MAMBA_DOCUMENT_NULL");

    private static final StructType TEXTS =
            new StructType().add("id", DataTypes.LongType).add("text", DataTypes.StringType);

    @TempDir
    private static Path folder;

    /** A function whose reading fails with an error of the runtime. */
    private record Failing(String condition) implements ReadingFunction<String> {
        @Override
        public FunctionDescription description() {
            return new EmbedFunction().description();
        }

        @Override
        public Sink<String> sink(TextReader reader, Document document, Object[] arguments) {
            return end -> {
                throw MambaException.of(condition, parameters(condition));
            };
        }

        @Override
        public Object value(TextReader reader, String text, String result) {
            return result;
        }

        @Override
        public Object blank(TextReader reader) {
            return null;
        }
    }

    private static Map<String, ThrowingCallable> causes() throws IOException {
        Map<String, ThrowingCallable> causes = new TreeMap<>(IndexCauses.in(folder));
        causes.put("MAMBA_AGG_ORDER_REQUIRED", () -> run("SELECT mamba_summarize_agg('a')"));
        causes.put(
                "MAMBA_AGG_TOO_LARGE",
                () -> run("spark.mamba.agg.maxBytes", "0", "SELECT mamba_summarize_agg('a', 9, 1), count(*)"));
        causes.put("MAMBA_ARGUMENT_INVALID", () -> run("SELECT * FROM mamba_search(index => NULL, query => 'a')"));
        causes.put("MAMBA_ARGUMENT_MISMATCH", () -> run("SELECT mamba_similarity('a', array(1F))"));
        causes.put("MAMBA_ARGUMENT_NOT_CONSTANT", () -> run("SELECT mamba_summarize('a', id) FROM range(2)"));
        causes.put("MAMBA_CALL_INVALID", () -> TextColumns.of("text").with("a", "mamba_retrieve"));
        causes.put("MAMBA_CHECKPOINT_CORRUPT", () -> run("spark.mamba.model", model("{"), "SELECT mamba_embed('a')"));
        causes.put("MAMBA_CHECKPOINT_NOT_FOUND", () -> run("spark.mamba.model", "/no/such", "SELECT mamba_embed('a')"));
        causes.put(
                "MAMBA_COLUMN_EXISTS",
                () -> TextColumns.of("text").with("text", "mamba_embed").schema(TEXTS));
        causes.put("MAMBA_COLUMN_NOT_FOUND", () -> TextColumns.of("body").schema(TEXTS));
        causes.put("MAMBA_COLUMN_NOT_TEXT", () -> TextColumns.of("id").schema(TEXTS));
        causes.put("MAMBA_CONF_INVALID", () -> run("spark.mamba.block.tokens", "0", "SELECT mamba_embed('a')"));
        causes.put("MAMBA_DEVICE_UNAVAILABLE", () -> run("spark.mamba.device", "abacus", "SELECT mamba_embed('a')"));
        causes.put("MAMBA_DIMENSION_MISMATCH", () -> run("SELECT mamba_similarity(array(1F), array(1F, 2F))"));
        causes.put("MAMBA_DOCUMENT_TOO_LARGE", () -> TextLimit.check(TextLimit.BYTES + 1));
        causes.put("MAMBA_FILTER_NOT_ALLOWED", () -> FilterCondition.check("rand() < 0.5"));
        causes.put("MAMBA_FUNCTION_UNKNOWN", () -> TextColumns.of("text").with("a", "mamba_translate"));
        causes.put("MAMBA_K_INVALID", () -> run("SELECT mamba_retrieve('a', 'b', 0)"));
        causes.put("MAMBA_MAX_WORDS_INVALID", () -> run("SELECT mamba_summarize_detail('a', -1)"));
        causes.put("MAMBA_MIN_RELEVANCE_INVALID", () -> run("SELECT mamba_retrieve('a', 'b', 1, 1.5)"));
        causes.put("MAMBA_SUMMARY_FORMAT_INVALID", () -> run("SELECT mamba_summarize('a', 5, NULL, 'html')"));
        causes.put(
                "MAMBA_MODELS_MEMORY",
                () -> new LoadedModels(() -> 1)
                        .lend(
                                new LoadedModels.Key(
                                        "a", EngineOptions.defaults().withDevice("cpu")),
                                LoadedModelsTest.loader(Checkpoint.builtIn())));
        causes.put(
                "MAMBA_NOT_A_NUMBER",
                () -> run("spark.mamba.model", broken("nan-embedding"), "SELECT mamba_embed('a')"));
        causes.put(
                "MAMBA_TOKENIZER_CORRUPT",
                () -> run("spark.mamba.model", broken("tok-all-zero"), "SELECT mamba_embed('a')"));
        causes.put(
                "MAMBA_MODEL_MISMATCH",
                () -> new TextReader(
                                new ModelChoice(
                                        new ModelHandle(ModelHandle.BUILT_IN, "0".repeat(64)),
                                        EngineOptions.defaults()),
                                tokens -> {})
                        .model());
        causes.put(
                "MAMBA_MODEL_UNSUPPORTED",
                () -> run("spark.mamba.model", model("{\"model_type\": \"bert\"}"), "SELECT mamba_embed('a')"));
        causes.put("MAMBA_QUERY_EMPTY", () -> run("SELECT mamba_summarize('a', 5, ' ')"));
        causes.put("MAMBA_QUERY_TOO_LONG", () -> run("SELECT mamba_embed_query(repeat('a b ', 600))"));
        causes.put("MAMBA_RESULT_TOO_LARGE", () -> run("spark.mamba.arrow.maxBytes", "2k", "SELECT mamba_embed('a')"));
        causes.put("MAMBA_SEARCH_QUERY_AMBIGUOUS", () -> run("SELECT * FROM mamba_search(index => '/no/such')"));
        causes.put("MAMBA_SELF_TEST_FAILED", () -> MambaPlugin.check("cpu", new SelfTest.Verdict(false, "cosine 0.5")));
        for (String ofRuntime : OF_THE_RUNTIME) {
            causes.put(
                    ofRuntime,
                    () -> new RowEvaluator(new Call(
                                    new Failing(ofRuntime),
                                    false,
                                    ModelChoice.of(MambaConf.of(key -> Optional.empty()))))
                            .evaluate("a text"));
        }
        return causes;
    }

    private static Map<String, String> parameters(String condition) {
        return ErrorConditions.all().get(condition).parameters().stream()
                .collect(Collectors.toMap(name -> name, name -> "a " + name));
    }

    @Test
    void everyConditionIsThrown() throws IOException {
        Map<String, ThrowingCallable> causes = causes();
        Set<String> known = new TreeSet<>(causes.keySet());
        known.addAll(OF_ROWS);
        assertThat(known).isEqualTo(new TreeSet<>(ErrorConditions.all().keySet()));
        assertThat(causes).allSatisfy((condition, cause) -> {
            Throwable thrown = catchThrowable(cause);
            assertThat(thrown)
                    .isInstanceOf(SparkThrowable.class)
                    .hasMessageStartingWith("[" + condition + "] ")
                    .hasMessageContaining(
                            " SQLSTATE: " + ErrorConditions.all().get(condition).sqlState());
            assertThat(((SparkThrowable) thrown).getCondition()).isEqualTo(condition);
            assertThat(((SparkThrowable) thrown).getSqlState())
                    .isEqualTo(ErrorConditions.all().get(condition).sqlState());
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT mamba_summarize('a', -1)",
                "SELECT mamba_summarize('a', 1 - nvl(2, 3))",
                "SELECT mamba_retrieve('a', 'b', 10001)",
                "SELECT mamba_retrieve('a', '')",
                "SELECT mamba_summarize(map('a', 1))",
                "SELECT mamba_summarize()",
                "SELECT mamba_summarize('a', 1, 'b', 'c')",
                "SELECT mamba_summarize('a', text => 'b')",
                "SELECT mamba_summarize('a', words => 2)",
                "SELECT mamba_similarity('a', array(1F))",
                "SELECT try_mamba_summarize('a', -1)",
            })
    void wrongArgumentsAreToldBeforeAnythingRuns(String sql) {
        assertThatThrownBy(() -> LocalSpark.session().sql(sql)).isInstanceOf(AnalysisException.class);
    }

    /** Functions, jobs, builds of an index and the plugin load their model there, all of them in tasks or executors. */
    @Test
    void whereModelsAreLoadedErrorsOfTheRuntimeBecomeSparks() {
        assertThatThrownBy(() -> ExecutorModels.get(
                        new ModelHandle(ModelHandle.BUILT_IN, "0".repeat(64)),
                        new EngineOptions("abacus", 1, 512, Map.of()),
                        () -> {}))
                .isInstanceOf(MambaSqlException.class)
                .hasMessageStartingWith("[MAMBA_DEVICE_UNAVAILABLE]");
    }

    @Test
    void tryGivesNullInsteadOfAnError() {
        assertThat((Object) LocalSpark.value("SELECT try_mamba_embed_query(repeat('a b ', 600))"))
                .isNull();
        assertThat((Object) LocalSpark.value("SELECT try_mamba_similarity(array(1F), array(1F, 2F))"))
                .isNull();
        assertThat((Object)
                        LocalSpark.value("SELECT try_mamba_retrieve('a b', repeat('a b ', 600 + id), 1) FROM range(1)"))
                .isNull();
    }

    @Test
    void detailHasTheErrorInTheRow() {
        assertThat((String) LocalSpark.value("SELECT mamba_summarize_detail('a b', 5, repeat('a b ', 600)).error"))
                .startsWith("[MAMBA_QUERY_TOO_LONG] The query of mamba_summarize_detail has 1201 tokens");
    }

    private static String model(String config) throws IOException {
        Path model = Files.createTempDirectory(folder, "model");
        Files.writeString(model.resolve("config.json"), config);
        return model.toString();
    }

    private static String broken(String name) throws IOException {
        return BrokenCheckpoints.write(name, Files.createTempDirectory(folder, name))
                .toString();
    }

    private static void run(String sql) {
        LocalSpark.rows(sql);
    }

    private static void run(String key, String value, String sql) {
        String before = LocalSpark.session().conf().get(key, standard(key));
        LocalSpark.session().conf().set(key, value);
        try {
            run(sql);
        } finally {
            LocalSpark.session().conf().set(key, before);
        }
    }

    private static String standard(String key) {
        return MambaConf.KEYS.stream()
                .filter(known -> known.name().equals(key))
                .findFirst()
                .orElseThrow()
                .defaultValue();
    }
}
