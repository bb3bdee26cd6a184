package io.mambaspark.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes {@link ReaderHeads} of a safetensors file. Sizes come from the file and must fit together and to the model. */
final class HeadsReader {
    private final String file;
    private final Map<String, Tensor> tensors = new HashMap<>();
    private final Map<String, float[]> values = new HashMap<>();

    private HeadsReader(String file) {
        this.file = file;
    }

    static ReaderHeads read(Safetensors safetensors, String file, int dModel) {
        HeadsReader reader = new HeadsReader(file);
        reader.checkShapes(safetensors.header(), dModel);
        safetensors.forEach(reader::keep);
        return reader.heads();
    }

    private void checkShapes(SafetensorsHeader header, long dModel) {
        header.tensors().forEach(tensor -> tensors.put(tensor.name(), tensor));
        long dEmbed = extent("embed.bias");
        long hidden = extent("salience.0.bias");
        long features = ReaderHeads.PLAIN_FEATURES + dEmbed;
        shape("gate.weight", 1L, dModel);
        shape("gate.bias", 1L);
        shape("embed.weight", dEmbed, dModel);
        shape("salience.0.weight", hidden, features);
        shape("salience.1.weight", 1L, hidden);
        shape("salience.1.bias", 1L);
        shape("salience.feature_mean", features);
        shape("salience.feature_scale", features);
    }

    private long extent(String name) {
        List<Long> shape = tensor(name).shape();
        if (shape.size() != 1) {
            throw CheckpointException.corrupt(file, "tensor " + name + " must have one dimension, not " + shape);
        }
        return shape.get(0);
    }

    private void shape(String name, Long... shape) {
        Tensor tensor = tensor(name);
        if (!tensor.shape().equals(List.of(shape))) {
            throw CheckpointException.corrupt(
                    file, "tensor " + name + " must have the shape " + List.of(shape) + ", not " + tensor.shape());
        }
    }

    private Tensor tensor(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw CheckpointException.corrupt(file, "tensor " + name + " is missing; the heads of a reader need it");
        }
        if (tensor.values() > Integer.MAX_VALUE - 8) {
            throw CheckpointException.corrupt(file, "tensor " + name + " " + tensor.shape() + " is too large");
        }
        return tensor;
    }

    private void keep(Tensor tensor, TensorValues from) {
        if (tensor.dtype().isWeight()) {
            float[] floats = new float[(int) tensor.values()];
            from.next(floats, 0, floats.length);
            values.put(tensor.name(), floats);
        }
    }

    private ReaderHeads heads() {
        try {
            return new ReaderHeads(
                    floats("gate.weight"),
                    floats("gate.bias")[0],
                    floats("embed.weight"),
                    floats("embed.bias"),
                    floats("salience.0.weight"),
                    floats("salience.0.bias"),
                    floats("salience.1.weight"),
                    floats("salience.1.bias")[0],
                    floats("salience.feature_mean"),
                    floats("salience.feature_scale"));
        } catch (IllegalArgumentException e) {
            throw CheckpointException.corrupt(file, e.getMessage(), e);
        }
    }

    private float[] floats(String name) {
        float[] floats = values.get(name);
        if (floats == null) {
            throw CheckpointException.unsupported(file + ": tensor " + name + " is stored as "
                    + tensors.get(name).dtype() + "; convert it to F32, F16 or BF16.");
        }
        return floats;
    }
}
