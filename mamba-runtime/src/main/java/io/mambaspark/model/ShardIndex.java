package io.mambaspark.model;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which shard holds which tensor, as model.safetensors.index.json says.
 *
 * @param file    where the index lies, for messages
 * @param shardOf from tensor name to the name of a file in the same folder
 */
record ShardIndex(String file, Map<String, String> shardOf) {
    static ShardIndex parse(CheckpointJson json) {
        Map<String, String> shardOf = new HashMap<>();
        json.object("weight_map").node().properties().forEach(entry -> {
            String shard = entry.getValue().asText();
            checkName(json.file(), entry.getKey(), shard);
            shardOf.put(entry.getKey(), shard);
        });
        if (shardOf.isEmpty()) {
            throw CheckpointException.corrupt(json.file(), "weight_map is missing or empty");
        }
        return new ShardIndex(json.file(), shardOf);
    }

    /** The index comes from outside: it must not lead this program to files outside the checkpoint's folder. */
    private static void checkName(String file, String tensor, String shard) {
        if (!FileNames.isPlain(shard) || !shard.endsWith(".safetensors")) {
            throw CheckpointException.corrupt(
                    file,
                    "weight_map sends tensor " + tensor + " to \"" + shard
                            + "\", which is not the name of a .safetensors file in the same folder");
        }
    }

    /** The names of the shards. */
    SortedSet<String> shards() {
        return new TreeSet<>(shardOf.values());
    }

    /** Checks that every shard holds exactly the tensors that the index says. */
    void check(SortedMap<String, SafetensorsHeader> headers) {
        Map<String, String> missing = new HashMap<>(shardOf);
        headers.forEach((shard, header) -> header.tensors().forEach(tensor -> {
            if (!missing.remove(tensor.name(), shard)) {
                throw CheckpointException.corrupt(
                        file,
                        shard + " holds tensor " + tensor.name() + ", for which weight_map names "
                                + shardOf.getOrDefault(tensor.name(), "no file"));
            }
        }));
        missing.forEach((tensor, shard) -> {
            throw CheckpointException.corrupt(
                    file, "weight_map names " + shard + " for tensor " + tensor + ", but that file lacks it");
        });
    }
}
