package io.mambaspark.ml;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.DefaultParamsReadable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;

/**
 * Adds a column with the passages of a column of texts that answer a query, as {@code mamba_retrieve} finds them:
 * <pre>{@code
 * new MambaRetriever().setInputCol("text").setOutputCol("hits").setQuery("the white rabbit").setK(3).transform(books)
 * }</pre>
 */
public final class MambaRetriever extends TextTransformer<MambaRetriever> {
    private static final long serialVersionUID = 1L;
    private static final DefaultParamsReadable<MambaRetriever> SAVED = new DefaultParamsReadable<>() {};
    private static final int DEFAULT_K = 5;

    private final Param<String> query;
    private final IntParam k;
    private final DoubleParam minRelevance;

    /** A stage with a name of its own. */
    public MambaRetriever() {
        this(Identifiable.randomUID("mambaRetriever"));
    }

    /** A stage of this name. */
    public MambaRetriever(String uid) {
        super(uid);
        query = new Param<>(this, "query", "what to look for");
        k = new IntParam(this, "k", "the most passages of a text", ParamValidators.<Object>gt(0));
        minRelevance = new DoubleParam(
                this, "minRelevance", "the least relevance of a passage", ParamValidators.<Object>inRange(0, 1));
        setDefault(k, DEFAULT_K);
        setDefault(minRelevance, 0.0);
    }

    /** The parameter of {@link #setQuery}. */
    public Param<String> query() {
        return query;
    }

    /** The parameter of {@link #setK}. */
    public IntParam k() {
        return k;
    }

    /** The parameter of {@link #setMinRelevance}. */
    public DoubleParam minRelevance() {
        return minRelevance;
    }

    /** Says what to look for; there is no default. */
    public MambaRetriever setQuery(String question) {
        set(query, question);
        return this;
    }

    /** Limits the passages of a text; 5 is the default. */
    public MambaRetriever setK(int passages) {
        set(k, passages);
        return this;
    }

    /** Leaves out passages of a lower relevance, 0 to 1; 0 is the default. */
    public MambaRetriever setMinRelevance(double relevance) {
        set(minRelevance, relevance);
        return this;
    }

    @Override
    TextColumns column(TextColumns text) {
        return text.with(
                output(), called("mamba_retrieve"), getOrDefault(query), getOrDefault(k), getOrDefault(minRelevance));
    }

    @Override
    MambaRetriever self() {
        return this;
    }

    /** Reads a saved stage. */
    public static MLReader<MambaRetriever> read() {
        return SAVED.read();
    }

    /** The stage that was saved there. */
    public static MambaRetriever load(String path) {
        return SAVED.load(path);
    }
}
