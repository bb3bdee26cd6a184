package io.mambaspark.sql;

import io.mambaspark.model.Checkpoint;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** 40 block sizes of one model and five models of its size, in a JVM that has no room for them all. */
public final class ManyModels {
    private ManyModels() {}

    /** Prints the bytes that the models hold after each half, and fails if a vector differs. */
    public static void main(String[] none) throws IOException {
        List<Object> expected = vector("spark.mamba.block.tokens", "auto");
        System.out.println("weights=" + ExecutorModels.deviceBytes());
        for (int i = 1; i <= 40; i++) {
            check(expected, vector("spark.mamba.block.tokens", Integer.toString(100 * i)));
        }
        System.out.println("blocks=" + ExecutorModels.deviceBytes());
        LocalSpark.session().conf().unset("spark.mamba.block.tokens");
        Path copies = Path.of(System.getProperty("java.io.tmpdir"));
        for (int round = 0; round < 2; round++) {
            for (int i = 1; i <= 5; i++) {
                check(expected, vector("spark.mamba.model", copy(copies.resolve("model" + i), i)));
            }
        }
        System.out.println("models=" + ExecutorModels.deviceBytes());
    }

    private static List<Object> vector(String key, String value) {
        LocalSpark.session().conf().set(key, value);
        return LocalSpark.rows(
                        "SELECT mamba_embed(concat('Alice was tired of sitting by her sister. ', id)) FROM range(1)")
                .get(0)
                .getList(0);
    }

    private static void check(List<Object> expected, List<Object> found) {
        if (!expected.equals(found)) {
            throw new AssertionError("another vector");
        }
    }

    /** The built-in model under another fingerprint; all copies have one file of weights. */
    private static String copy(Path folder, int number) throws IOException {
        if (!Files.exists(folder)) {
            Files.createDirectories(folder);
            Path weights = folder.resolveSibling("weights");
            if (number == 1) {
                copy("model.safetensors", weights);
            }
            Files.createLink(folder.resolve("model.safetensors"), weights);
            for (String file : new String[] {"config.json", "tokenizer.json", "heads.safetensors"}) {
                copy(file, folder.resolve(file));
            }
            Path reader = folder.resolve("reader.json");
            copy("reader.json", reader);
            Files.writeString(reader, Files.readString(reader) + " ".repeat(number));
        }
        return folder.toString();
    }

    private static void copy(String file, Path to) throws IOException {
        try (InputStream in = Checkpoint.class.getResourceAsStream("reader/" + file)) {
            Files.copy(Objects.requireNonNull(in, file), to);
        }
    }
}
