package io.mambaspark.sql;

import io.mambaspark.error.MambaException;
import io.mambaspark.model.Checkpoint;
import io.mambaspark.text.ReaderText;
import io.mambaspark.text.TextNormalisation;
import io.mambaspark.text.Tokenizer;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts tokens as a model reads them, without its weights: one for each model in this JVM. Thread-safe. */
record TokenCounter(Tokenizer tokenizer, TextNormalisation normalisation) {
    /** Those that are remembered; a vocabulary takes megabytes. */
    private static final int MOST = 8;

    private static final Map<ModelHandle, TokenCounter> KNOWN = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ModelHandle, TokenCounter> eldest) {
            return size() > MOST;
        }
    };

    /**
     * The counter of a model.
     *
     * @throws MambaSqlException when there is no such model
     */
    static TokenCounter of(ModelHandle model) {
        synchronized (KNOWN) {
            try {
                return KNOWN.computeIfAbsent(model, TokenCounter::open);
            } catch (MambaException e) {
                throw MambaSqlException.of(e);
            }
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
