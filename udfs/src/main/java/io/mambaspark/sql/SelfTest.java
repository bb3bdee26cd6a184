package io.mambaspark.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mambaspark.reading.Document;
import io.mambaspark.reading.MambaModel;
import io.mambaspark.reading.Outcome;
import io.mambaspark.task.Embedder;
import io.mambaspark.task.Embedding;
import io.mambaspark.task.Unit;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/** Whether this machine reads as it should. */
public final class SelfTest {
    private static final String CASES = "self-test.json";
    private static final double LEAST_COSINE = 0.9999;

    private SelfTest() {}

    /**
     * What a self-test found.
     *
     * @param passed whether all vectors point where they should
     * @param detail a sentence for operators
     */
    public record Verdict(boolean passed, String detail) {}

    /** Embeds texts with {@code model}, which must be the built-in one, and compares with what the reference computed. */
    public static Verdict of(MambaModel model) {
        double worst = 1;
        JsonNode cases = cases();
        for (JsonNode expected : cases) {
            Unit unit = Unit.valueOf(expected.get("unit").asText().toUpperCase(Locale.ROOT));
            Document document = new Document("self-test", expected.get("text").asText(), null);
            Iterator<Outcome<Embedding>> outcomes =
                    new Embedder(model, unit).embed(List.of(document).iterator());
            Outcome<Embedding> outcome = outcomes.next();
            if (outcome.error() != null) {
                return new Verdict(false, outcome.error().message());
            }
            worst = Math.min(worst, cosine(outcome.value().vector(), vector(expected)));
        }
        String detail = String.format(
                Locale.ROOT,
                "%d reference vectors, smallest cosine %.6f (at least %.4f is right)",
                cases.size(),
                worst,
                LEAST_COSINE);
        return new Verdict(worst >= LEAST_COSINE, detail);
    }

    /** Embeds a text with a model that there is no reference for: at least the vector must be one. */
    public static Verdict withoutReference(MambaModel model) {
        Document document = Document.of("self-test", "The quick brown fox jumps over the lazy dog.");
        Outcome<Embedding> outcome = new Embedder(model, Unit.DOCUMENT)
                .embed(List.of(document).iterator())
                .next();
        if (outcome.error() != null) {
            return new Verdict(false, outcome.error().message());
        }
        double ofItself = cosine(
                outcome.value().vector(), FloatBuffer.wrap(outcome.value().vector()));
        return new Verdict(
                ofItself > LEAST_COSINE, "a vector of " + model.dimension() + " numbers, without a reference");
    }

    private static JsonNode cases() {
        try (InputStream in = SelfTest.class.getResourceAsStream(CASES)) {
            return new ObjectMapper().readTree(in).get("cases");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FloatBuffer vector(JsonNode expected) {
        byte[] bytes = Base64.getDecoder().decode(expected.get("vector").asText());
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    }

    /** 0 when the vectors have different lengths or one of them is not finite. */
    private static double cosine(float[] a, FloatBuffer b) {
        if (a.length != b.remaining()) {
            return 0;
        }
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (double) a[i] * b.get(i);
            aa += (double) a[i] * a[i];
            bb += (double) b.get(i) * b.get(i);
        }
        double cosine = ab / Math.sqrt(aa * bb);
        return Double.isFinite(cosine) ? cosine : 0;
    }
}
