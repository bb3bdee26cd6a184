package io.mambaspark.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The weights of a checkpoint: one safetensors file, or several shards with an index that says which holds what.
 *
 * @param headers what each file holds, in order of file name
 */
record WeightFiles(SortedMap<String, SafetensorsHeader> headers) {
    static final String SINGLE = "model.safetensors";
    static final String INDEX = "model.safetensors.index.json";

    /** Finds the weights and reads the headers; no weight is read yet. */
    static WeightFiles find(CheckpointFiles files) {
        if (files.has(SINGLE)) {
            return read(files, List.of(SINGLE));
        }
        if (files.has(INDEX)) {
            return sharded(files);
        }
        if (files.has("pytorch_model.bin") || files.has("pytorch_model.bin.index.json")) {
            throw CheckpointException.notFound(files.location()
                    + " has its weights in pytorch_model.bin only. Pickle files are never read, because reading one can"
                    + " run any code: convert the checkpoint to safetensors (in Python: model.save_pretrained(folder,"
                    + " safe_serialization=True)).");
        }
        throw CheckpointException.notFound(files.location() + " has neither " + SINGLE + " nor " + INDEX
                + ". Point to the folder of a Hugging Face checkpoint with safetensors weights.");
    }

    private static WeightFiles sharded(CheckpointFiles files) {
        Map<String, String> shardOf = shardOf(files);
        for (String shard : new TreeSet<>(shardOf.values())) {
            if (!files.has(shard)) {
                throw CheckpointException.notFound(files.location() + " lacks " + shard + ", which " + INDEX
                        + " names. Copy or download the whole checkpoint.");
            }
        }
        WeightFiles weights = read(files, shardOf.values());
        weights.checkAgainst(shardOf);
        return weights;
    }

    private static Map<String, String> shardOf(CheckpointFiles files) {
        JsonNode weightMap = CheckpointJson.parse(INDEX, files.json(INDEX))
                .object("weight_map")
                .node();
        Map<String, String> shardOf = new HashMap<>();
        weightMap.fields().forEachRemaining(entry -> {
            String shard = entry.getValue().asText();
            checkShardName(entry.getKey(), shard);
            shardOf.put(entry.getKey(), shard);
        });
        if (shardOf.isEmpty()) {
            throw CheckpointException.corrupt(INDEX, "weight_map is missing or empty");
        }
        return shardOf;
    }

    /** The index comes from outside: it must not lead this program to files outside the checkpoint's folder. */
    private static void checkShardName(String tensor, String shard) {
        if (!FileNames.isPlain(shard) || !shard.endsWith(".safetensors")) {
            throw CheckpointException.corrupt(
                    INDEX,
                    "weight_map sends tensor " + tensor + " to \"" + shard
                            + "\", which is not the name of a .safetensors file in the same folder");
        }
    }

    private static WeightFiles read(CheckpointFiles files, Iterable<String> names) {
        SortedMap<String, SafetensorsHeader> headers = new TreeMap<>();
        for (String name : names) {
            headers.computeIfAbsent(name, file -> {
                try (Safetensors safetensors = Safetensors.open(files.weights(file))) {
                    return safetensors.header();
                }
            });
        }
        return new WeightFiles(headers);
    }

    private void checkAgainst(Map<String, String> shardOf) {
        Map<String, Tensor> tensors = tensors();
        headers.forEach((shard, header) -> header.tensors().forEach(tensor -> {
            if (!shard.equals(shardOf.get(tensor.name()))) {
                throw CheckpointException.corrupt(
                        shard,
                        "it holds tensor " + tensor.name() + ", but " + INDEX + " names "
                                + shardOf.getOrDefault(tensor.name(), "no file") + " for it");
            }
        }));
        shardOf.forEach((tensor, shard) -> {
            if (!tensors.containsKey(tensor)) {
                throw CheckpointException.corrupt(
                        shard, "it lacks tensor " + tensor + ", which " + INDEX + " says it holds");
            }
        });
    }

    /** All tensors by name. */
    Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new HashMap<>();
        headers.values().forEach(header -> header.tensors().forEach(tensor -> tensors.put(tensor.name(), tensor)));
        return tensors;
    }
}
