package io.mambaspark.sql;

import io.mambaspark.engine.EngineOptions;
import io.mambaspark.model.Checkpoint;
import io.mambaspark.reading.MambaModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/** 40 block sizes of one model and five models of its size, in a JVM that has no room for them all. */
public final class ManyModels {
    private static final String TEXT = "Alice was beginning to get very tired of sitting by her sister on the bank.";

    private ManyModels() {}

    /** Prints the bytes that the models hold after each half, and fails if a vector differs. */
    public static void main(String[] none) throws IOException {
        ModelHandle builtIn = ModelHandle.of(ModelHandle.BUILT_IN);
        float[] expected = vector(builtIn, EngineOptions.BEST_BLOCK);
        System.out.println("weights=" + ExecutorModels.deviceBytes());
        for (int i = 1; i <= 40; i++) {
            check(expected, vector(builtIn, 100 * i));
        }
        System.out.println("blocks=" + ExecutorModels.deviceBytes());
        Path copies = Path.of(System.getProperty("java.io.tmpdir"));
        for (int round = 0; round < 2; round++) {
            for (int i = 1; i <= 5; i++) {
                check(expected, vector(copy(copies.resolve("model" + i), i), EngineOptions.BEST_BLOCK));
            }
        }
        System.out.println("models=" + ExecutorModels.deviceBytes());
    }

    private static float[] vector(ModelHandle handle, int blockTokens) {
        MambaModel model = ExecutorModels.get(handle, new EngineOptions("cpu", 1, blockTokens), () -> {});
        float[] vector = model.queryVector(TEXT);
        endOfTask();
        return vector;
    }

    /** Without a task a model is in use as long as something can reach it. */
    private static void endOfTask() {
        System.gc();
    }

    private static void check(float[] expected, float[] found) {
        if (!Arrays.equals(expected, found)) {
            throw new AssertionError("another vector");
        }
    }

    /** The built-in model under another fingerprint; all copies have one file of weights. */
    private static ModelHandle copy(Path folder, int number) throws IOException {
        if (!Files.exists(folder)) {
            Files.createDirectories(folder);
            Path weights = folder.resolveSibling("weights");
            if (number == 1) {
                Files.write(weights, content("model.safetensors"));
            }
            Files.createLink(folder.resolve("model.safetensors"), weights);
            for (String file : new String[] {"config.json", "tokenizer.json", "heads.safetensors"}) {
                Files.write(folder.resolve(file), content(file));
            }
            String reader = new String(content("reader.json"), StandardCharsets.UTF_8);
            Files.writeString(folder.resolve("reader.json"), reader + " ".repeat(number));
        }
        return ModelHandle.of(folder.toString());
    }

    private static byte[] content(String file) throws IOException {
        try (InputStream in = Checkpoint.class.getResourceAsStream("reader/" + file)) {
            return Objects.requireNonNull(in, file).readAllBytes();
        }
    }
}
