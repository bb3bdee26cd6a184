package io.mambaspark.sql;

import io.mambaspark.model.Checkpoint;
import io.mambaspark.model.CheckpointException;
import io.mambaspark.text.ReaderText;
import io.mambaspark.text.TextNormalisation;
import io.mambaspark.text.Tokenizer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Counts tokens as a model reads them, without its weights: one for each model in this JVM. Thread-safe. */
record TokenCounter(Tokenizer tokenizer, TextNormalisation normalisation) {
    private static final ConcurrentMap<ModelHandle, TokenCounter> KNOWN = new ConcurrentHashMap<>();

    /**
     * The counter of a model.
     *
     * @throws MambaSqlException when there is no such model
     */
    static TokenCounter of(ModelHandle model) {
        try {
            return KNOWN.computeIfAbsent(model, TokenCounter::open);
        } catch (CheckpointException e) {
            throw MambaSqlException.of(e);
        }
    }

    private static TokenCounter open(ModelHandle model) {
        Checkpoint checkpoint = ModelHandle.checkpoint(model.location());
        return new TokenCounter(checkpoint.tokenizer(), checkpoint.profile().normalisation());
    }

    long count(String text) {
        return tokenizer.count(ReaderText.of(text, normalisation));
    }
}
