package io.mambaspark.ml;

import io.mambaspark.task.SummaryFormat;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.DefaultParamsReadable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;

/**
 * Adds a column with the summaries of a column of texts, as {@code mamba_summarize} makes them:
 * <pre>{@code
 * new MambaSummarizer().setInputCol("text").setOutputCol("summary").setMaxWords(80).transform(books)
 * }</pre>
 */
public final class MambaSummarizer extends TextTransformer<MambaSummarizer> {
    private static final long serialVersionUID = 1L;
    private static final DefaultParamsReadable<MambaSummarizer> SAVED = new DefaultParamsReadable<>() {};
    private static final int DEFAULT_MAX_WORDS = 50;

    private final IntParam maxWords;
    private final Param<String> query;
    private final Param<String> format;

    /** A stage with a name of its own. */
    public MambaSummarizer() {
        this(Identifiable.randomUID("mambaSummarizer"));
    }

    /** A stage of this name. */
    public MambaSummarizer(String uid) {
        super(uid);
        maxWords = new IntParam(
                this,
                "maxWords",
                "the most words of a summary, a hard limit; 0 leaves its length to the reader",
                ParamValidators.<Object>gtEq(0));
        query = new Param<>(this, "query", "what the summaries must answer");
        format = new Param<>(this, "format", "how a summary is printed: text, bullets or outline");
        setDefault(maxWords, DEFAULT_MAX_WORDS);
        setDefault(format, SummaryFormat.TEXT.label());
    }

    /** The parameter of {@link #setMaxWords}. */
    public IntParam maxWords() {
        return maxWords;
    }

    /** The parameter of {@link #setQuery}. */
    public Param<String> query() {
        return query;
    }

    /** The parameter of {@link #setFormat}. */
    public Param<String> format() {
        return format;
    }

    /** Limits the words of a summary; 50 is the default, 0 leaves the length to the reader. */
    public MambaSummarizer setMaxWords(int words) {
        set(maxWords, words);
        return this;
    }

    /** Says what the summaries shall answer; without it they answer nothing in particular. */
    public MambaSummarizer setQuery(String question) {
        set(query, question);
        return this;
    }

    /** Says how a summary is printed: text (the default), bullets or outline. */
    public MambaSummarizer setFormat(String newFormat) {
        set(format, newFormat);
        return this;
    }

    @Override
    TextColumns column(TextColumns text) {
        String function = called("mamba_summarize");
        String asked = isDefined(query) ? getOrDefault(query) : null;
        return text.with(output(), function, getOrDefault(maxWords), asked, getOrDefault(format));
    }

    @Override
    MambaSummarizer self() {
        return this;
    }

    /** Reads a saved stage. */
    public static MLReader<MambaSummarizer> read() {
        return SAVED.read();
    }

    /** The stage that was saved there. */
    public static MambaSummarizer load(String path) {
        return SAVED.load(path);
    }
}
