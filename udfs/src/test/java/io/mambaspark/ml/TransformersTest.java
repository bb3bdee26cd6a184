package io.mambaspark.ml;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mambaspark.sql.LocalSpark;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.DecisionTreeClassifier;
import org.apache.spark.ml.functions;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransformersTest {
    private final MambaSummarizer summarizer = new MambaSummarizer()
            .setInputCol("text")
            .setOutputCol("summary")
            .setMaxWords(10)
            .setQuery("a sleeping animal");
    private final MambaRetriever retriever = new MambaRetriever()
            .setInputCol("text")
            .setOutputCol("hits")
            .setQuery("the fire")
            .setK(2);
    private final MambaEmbedder embedder =
            new MambaEmbedder().setInputCol("text").setOutputCol("vector");
    private final MambaEmbedder questions =
            new MambaEmbedder().setInputCol("summary").setOutputCol("question").setUnit("query");

    @BeforeAll
    static void start() {
        LocalSpark.session();
    }

    private Pipeline pipeline() {
        return new Pipeline().setStages(new PipelineStage[] {summarizer, retriever, embedder, questions});
    }

    @Test
    void aPipelineGivesWhatSqlGives() {
        PipelineModel pipeline = pipeline().fit(Texts.rows());
        Dataset<Row> transformed = pipeline.transform(Texts.rows());
        assertThat(transformed.schema())
                .isEqualTo(pipeline.transformSchema(Texts.rows().schema()));
        assertThat(arrays(transformed).collectAsList())
                .hasSize(40)
                .isEqualTo(Texts.sql("mamba_summarize(text, 10, 'a sleeping animal') AS summary,"
                                + " mamba_retrieve(text, 'the fire', 2) AS hits,"
                                + " CAST(mamba_embed(text) AS ARRAY<DOUBLE>) AS vector,"
                                + " CAST(mamba_embed_query(summary) AS ARRAY<DOUBLE>) AS question")
                        .collectAsList());
    }

    @Test
    void aPipelineIsSavedAndLoaded(@TempDir Path folder) throws IOException {
        String path = folder.resolve("pipeline").toString();
        pipeline().write().save(path);
        PipelineStage[] stages = Pipeline.load(path).getStages();
        assertThat(stages)
                .extracting(PipelineStage::uid)
                .containsExactly(summarizer.uid(), retriever.uid(), embedder.uid(), questions.uid());
        assertThat(stages)
                .extracting(PipelineStage::explainParams)
                .containsExactly(
                        summarizer.explainParams(),
                        retriever.explainParams(),
                        embedder.explainParams(),
                        questions.explainParams());
        assertThat(((MambaSummarizer) stages[0]).transform(Texts.rows()).collectAsList())
                .isEqualTo(summarizer.transform(Texts.rows()).collectAsList());

        retriever.save(folder.resolve("retriever").toString());
        assertThat(MambaRetriever.load(folder.resolve("retriever").toString()).explainParams())
                .isEqualTo(retriever.explainParams());
    }

    @Test
    void otherStagesTakeTheVectors() {
        Dataset<Row> labelled = LocalSpark.session()
                .sql("SELECT * FROM VALUES ('The cat slept on the warm sofa.', 1D), ('A dog chased the cat.', 1D),"
                        + " ('The bank raised its interest rates.', 0D), ('Shares fell on the stock market.', 0D)"
                        + " AS v(text, label)");
        PipelineModel classifier = new Pipeline()
                .setStages(new PipelineStage[] {embedder, new DecisionTreeClassifier().setFeaturesCol("vector")})
                .fit(labelled);
        assertThat(classifier.transform(labelled).select("prediction").collectAsList())
                .extracting(row -> row.getDouble(0))
                .containsExactly(1D, 1D, 0D, 0D);
    }

    @Test
    void aCopyHasOtherParameters() {
        MambaSummarizer copy = summarizer.copy(new org.apache.spark.ml.param.ParamMap()
                .put(summarizer.maxWords().w(3)));
        assertThat(copy.explainParams()).contains("current: 3").doesNotContain("current: 10");
        assertThat(copy.uid()).isEqualTo(summarizer.uid());
    }

    @Test
    void handleInvalidKeepGivesNull() {
        retriever.setQuery("a b ".repeat(600));
        assertThatThrownBy(() -> retriever.transform(Texts.rows()).collectAsList())
                .hasMessageContaining("[MAMBA_QUERY_TOO_LONG]");
        assertThat(retriever
                        .setHandleInvalid("keep")
                        .transform(Texts.rows())
                        .filter("kind > 1 AND hits IS NOT NULL")
                        .count())
                .isZero();
    }

    @Test
    void wrongParametersAndSchemasAreTold() {
        StructType schema = new StructType().add("text", DataTypes.StringType).add("summary", DataTypes.StringType);
        assertThatThrownBy(() -> summarizer.transformSchema(schema)).hasMessageStartingWith("[MAMBA_COLUMN_EXISTS]");
        assertThatThrownBy(() -> retriever.setInputCol("body").transformSchema(schema))
                .hasMessageStartingWith("[MAMBA_COLUMN_NOT_FOUND]");
        assertThatThrownBy(() -> new MambaSummarizer().transformSchema(schema)).hasMessageContaining("inputCol");
        assertThatThrownBy(() -> summarizer.setMaxWords(-1)).hasMessageContaining("maxWords given invalid value -1");
        assertThatThrownBy(() -> retriever.setK(0)).hasMessageContaining("k given invalid value 0");
        assertThatThrownBy(() -> embedder.setUnit("word")).hasMessageContaining("unit given invalid value word");
    }

    private static Dataset<Row> arrays(Dataset<Row> rows) {
        return rows.withColumn("vector", array("vector")).withColumn("question", array("question"));
    }

    private static Column array(String vector) {
        return when(col(vector).isNotNull(), functions.vector_to_array(col(vector), "float64"));
    }
}
