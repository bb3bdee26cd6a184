package io.mambaspark.model;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The weights of a checkpoint: one safetensors file, or several shards with an index that says which holds what.
 *
 * @param headers what each file holds, in order of file name
 */
record WeightFiles(SortedMap<String, SafetensorsHeader> headers) {
    private static final String SINGLE = "model.safetensors";
    private static final String INDEX = "model.safetensors.index.json";

    /** Finds the weights and reads the headers; no weight is read yet. */
    static WeightFiles find(CheckpointFiles files) {
        if (files.has(SINGLE)) {
            return new WeightFiles(headers(files, Set.of(SINGLE)));
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
        ShardIndex index = ShardIndex.parse(CheckpointJson.parse(files.path(INDEX), files.json(INDEX)));
        for (String shard : index.shards()) {
            if (!files.has(shard)) {
                throw CheckpointException.notFound(files.location() + " lacks " + shard + ", which " + INDEX
                        + " names. Copy or download the whole checkpoint.");
            }
        }
        SortedMap<String, SafetensorsHeader> headers = headers(files, index.shards());
        index.check(headers);
        return new WeightFiles(headers);
    }

    private static SortedMap<String, SafetensorsHeader> headers(CheckpointFiles files, Set<String> names) {
        SortedMap<String, SafetensorsHeader> headers = new TreeMap<>();
        for (String name : names) {
            try (Safetensors safetensors = Safetensors.open(files.weights(name))) {
                headers.put(name, safetensors.header());
            }
        }
        return headers;
    }

    /** All tensors by name. */
    Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new HashMap<>();
        headers.values().forEach(header -> header.tensors().forEach(tensor -> tensors.put(tensor.name(), tensor)));
        return tensors;
    }
}
