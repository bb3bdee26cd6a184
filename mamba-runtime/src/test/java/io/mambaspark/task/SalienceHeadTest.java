package io.mambaspark.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.ThreadMXBean;
import io.mambaspark.model.ReaderHeads;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SalienceHeadTest {
    private static final Map<String, float[]> HEADS = tensors("heads.safetensors");
    private static final Map<String, float[]> EXPECTED = tensors("expected.safetensors");

    @ParameterizedTest
    @ValueSource(strings = {"alice", "passage"})
    void storedEmbeddingsGiveTheStoredSalience(String text) {
        float[] expected = EXPECTED.get(text + ".salience");
        float[] spans = EXPECTED.get(text + ".sentence_spans");
        float[] embeddings = EXPECTED.get(text + ".sentence_embeddings");
        float[] documentVector = EXPECTED.get(text + ".document_vector");
        SalienceHead head = new SalienceHead(heads());
        SalienceHead.Document document = head.document(expected.length, mean(embeddings, documentVector.length));
        for (int i = 0; i < expected.length; i++) {
            int offset = i * documentVector.length;
            int tokens = (int) (spans[2 * i + 1] - spans[2 * i]);
            float cosine = dot(embeddings, offset, documentVector);
            float[] hidden = head.hidden(Arrays.copyOfRange(embeddings, offset, offset + documentVector.length));
            float salience = document.score(i, tokens, cosine, hidden, 0);
            assertThat(salience).as("sentence %d", i).isCloseTo(expected[i], within(1e-3f));
        }
    }

    @Test
    void aDocumentOfOneSentenceHasAFiniteSalience() {
        float[] embedding = EXPECTED.get("query.embedding");
        SalienceHead head = new SalienceHead(heads());
        float salience = head.document(1, embedding).score(0, 16, 1f, head.hidden(embedding), 0);
        assertThat(salience).isFinite();
    }

    @Test
    void scoringMakesNoGarbage() {
        float[] embedding = EXPECTED.get("query.embedding");
        SalienceHead head = new SalienceHead(heads());
        SalienceHead.Document document = head.document(1000, embedding);
        float[] hidden = head.hidden(embedding);
        document.score(0, 20, 0.5f, hidden, 0);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 1000; i++) {
            document.score(i, 20, 0.5f, hidden, 0);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1000);
    }

    private static ReaderHeads heads() {
        return new ReaderHeads(
                HEADS.get("gate.weight"),
                HEADS.get("gate.bias")[0],
                HEADS.get("embed.weight"),
                HEADS.get("embed.bias"),
                HEADS.get("salience.0.weight"),
                HEADS.get("salience.0.bias"),
                HEADS.get("salience.1.weight"),
                HEADS.get("salience.1.bias")[0],
                HEADS.get("salience.feature_mean"),
                HEADS.get("salience.feature_scale"));
    }

    private static float[] mean(float[] embeddings, int size) {
        double[] sum = new double[size];
        for (int i = 0; i < embeddings.length; i++) {
            sum[i % size] += embeddings[i];
        }
        float[] mean = new float[size];
        for (int k = 0; k < size; k++) {
            mean[k] = (float) (sum[k] * size / embeddings.length);
        }
        return mean;
    }

    private static float dot(float[] embeddings, int offset, float[] vector) {
        double sum = 0;
        for (int k = 0; k < vector.length; k++) {
            sum += embeddings[offset + k] * vector[k];
        }
        return (float) sum;
    }

    /** All tensors of a safetensors file of the reader, float32 or int32, as floats. */
    private static Map<String, float[]> tensors(String file) {
        try (InputStream in = ReaderHeads.class.getResourceAsStream("reader/" + file)) {
            ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
            byte[] header = new byte[(int) bytes.getLong()];
            bytes.get(header);
            Map<String, float[]> tensors = new HashMap<>();
            for (Map.Entry<String, JsonNode> tensor :
                    new ObjectMapper().readTree(header).properties()) {
                if (tensor.getKey().equals("__metadata__")) {
                    continue;
                }
                JsonNode range = tensor.getValue().get("data_offsets");
                boolean whole = tensor.getValue().get("dtype").asText().equals("I32");
                float[] values = new float[(range.get(1).asInt() - range.get(0).asInt()) / 4];
                for (int i = 0; i < values.length; i++) {
                    int at = 8 + header.length + range.get(0).asInt() + 4 * i;
                    values[i] = whole ? bytes.getInt(at) : bytes.getFloat(at);
                }
                tensors.put(tensor.getKey(), values);
            }
            return tensors;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
