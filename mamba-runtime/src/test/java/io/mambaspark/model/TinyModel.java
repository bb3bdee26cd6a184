package io.mambaspark.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A folder with the tiny reference checkpoint, which a test may then damage. */
record TinyModel(Path folder) {
    static final String RESOURCES = "/io/mambaspark/reference/mamba1-tiny/";

    static TinyModel in(Path folder) throws IOException {
        for (String file : new String[] {"config.json", "model.safetensors"}) {
            Files.write(folder.resolve(file), resource(RESOURCES + file));
        }
        return new TinyModel(folder);
    }

    static byte[] resource(String name) throws IOException {
        try (InputStream in = TinyModel.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    TinyModel config(String from, String to) throws IOException {
        Path config = folder.resolve("config.json");
        String before = Files.readString(config);
        String after = before.replace(from, to);
        if (after.equals(before)) {
            throw new IllegalArgumentException("config.json has no " + from);
        }
        Files.writeString(config, after);
        return this;
    }

    TinyModel write(String file, String text) throws IOException {
        return write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    TinyModel write(String file, byte[] content) throws IOException {
        Files.write(folder.resolve(file), content);
        return this;
    }

    TinyModel delete(String file) throws IOException {
        Files.delete(folder.resolve(file));
        return this;
    }

    Checkpoint open() {
        return Checkpoint.open(folder);
    }

    /** The raw content of every tensor, with its shape, as the tests' own writer takes it. */
    Map<String, float[]> weights() {
        Map<String, float[]> weights = new LinkedHashMap<>();
        open().readWeights((name, shape, values) -> {
            int count = 1;
            for (long extent : shape) {
                count *= (int) extent;
            }
            float[] target = new float[count];
            values.next(target, 0, count);
            weights.put(name, target);
        });
        return weights;
    }

    Map<String, long[]> shapes() {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        open().readWeights((name, shape, values) -> shapes.put(name, shape));
        return shapes;
    }

    /** Splits model.safetensors into two shards with an index, by turns. */
    TinyModel shard() {
        Map<String, float[]> weights = weights();
        Map<String, long[]> shapes = shapes();
        SafetensorsFile[] shards = {new SafetensorsFile(), new SafetensorsFile()};
        StringBuilder index = new StringBuilder("{\"metadata\":{\"total_size\":0},\"weight_map\":{");
        int turn = 0;
        for (Map.Entry<String, float[]> weight : weights.entrySet()) {
            int shard = turn++ % 2;
            shards[shard].addF32(weight.getKey(), weight.getValue(), shapes.get(weight.getKey()));
            index.append(turn == 1 ? "" : ",").append("\"%s\":\"%s\"".formatted(weight.getKey(), shardName(shard)));
        }
        try {
            return delete("model.safetensors")
                    .write("model.safetensors.index.json", index.append("}}").toString())
                    .write(shardName(0), shards[0].bytes())
                    .write(shardName(1), shards[1].bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String shardName(int shard) {
        return "model-0000%d-of-00002.safetensors".formatted(shard + 1);
    }
}
