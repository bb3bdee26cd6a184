package io.mambaspark.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mambaspark.model.Checkpoint;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/** The texts that came with the built-in model, as its makers normalised and tokenised them. */
final class ReferenceTexts {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FOLDER = "/io/mambaspark/model/reader/";

    private ReferenceTexts() {}

    static String text(String name) {
        return expected(name).path("text").asText();
    }

    static String normalised(String name) {
        return expected(name).path("normalised").asText();
    }

    /** The normalisation that reader.json asks for. */
    static TextNormalisation normalisation() {
        return Checkpoint.builtIn().profile().normalisation();
    }

    static int[] ids(String name) {
        try {
            ByteBuffer file = ByteBuffer.wrap(resource("expected.safetensors")).order(ByteOrder.LITTLE_ENDIAN);
            int header = Math.toIntExact(file.getLong());
            byte[] json = new byte[header];
            file.get(json);
            JsonNode tensor = JSON.readTree(json).path(name + ".ids");
            int[] ids = new int[tensor.at("/shape/0").asInt()];
            file.position(Long.BYTES + header + tensor.at("/data_offsets/0").asInt());
            file.asIntBuffer().get(ids);
            return ids;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode expected(String name) {
        try {
            return JSON.readTree(resource("expected.json")).path("texts").path(name);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = ReferenceTexts.class.getResourceAsStream(FOLDER + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }
}
