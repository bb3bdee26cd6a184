package io.mambaspark.task;

import io.mambaspark.error.Finite;
import io.mambaspark.reading.Document;
import io.mambaspark.reading.DocumentEnd;
import io.mambaspark.reading.MambaModel;
import io.mambaspark.reading.Outcomes;
import io.mambaspark.reading.Sink;
import java.util.Iterator;

/**
 * How much a text surprises the model: exp of the mean of -ln p over its tokens, p being the probability of a token after
 * all tokens before it. 1 is a text that the model knows by heart; the higher, the stranger. The first token follows the
 * document marker; a model without a marker does not score it. NaN where no token could be scored, as in a text without
 * tokens. Comparable between texts read by one model only. Thread-safe.
 */
public final class Perplexity {
    private final MambaModel model;

    /** Perplexity under a model. */
    public Perplexity(MambaModel model) {
        this.model = model;
    }

    /** One outcome a document, in their order; reads as the outcomes are asked for. */
    public Outcomes<Double> measure(Iterator<Document> documents) {
        return model.read(documents, this::sink);
    }

    /** Draws the perplexity of {@code document} from its reading. */
    public Sink<Double> sink(Document document) {
        return new PerplexitySink();
    }

    private static final class PerplexitySink implements Sink<Double> {
        private double sum;
        private long tokens;

        @Override
        public boolean wantsLogProbabilities() {
            return true;
        }

        @Override
        public void logProbability(float logProbability) {
            sum += logProbability;
            tokens++;
        }

        @Override
        public Double finish(DocumentEnd end) {
            double perplexity = Math.exp(-sum / tokens);
            if (Double.isInfinite(perplexity)) {
                throw Finite.notANumber("The perplexity of the text");
            }
            return perplexity;
        }
    }
}
