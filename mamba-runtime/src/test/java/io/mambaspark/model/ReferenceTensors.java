package io.mambaspark.model;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The tensors of one small safetensors file on the test class path, such as the vectors that Hugging Face computed.
 *
 * <pre>{@code
 * ReferenceTensors expected = ReferenceTensors.read("/io/mambaspark/reference/mamba1-tiny/expected.safetensors");
 * float[] logits = expected.floats("logits.33"); // [33, vocabSize], row-major
 * }</pre>
 */
public final class ReferenceTensors {
    private final String resource;
    private final Map<String, long[]> shapes = new HashMap<>();
    private final Map<String, float[]> floats = new HashMap<>();
    private final Map<String, int[]> ints = new HashMap<>();

    private ReferenceTensors(String resource) {
        this.resource = resource;
    }

    /** Reads the resource (an absolute name, with a leading slash) whole. */
    public static ReferenceTensors read(String resource) throws IOException {
        ReferenceTensors tensors = new ReferenceTensors(resource);
        InputStream in = ReferenceTensors.class.getResourceAsStream(resource);
        if (in == null) {
            throw new FileNotFoundException(resource);
        }
        try (Safetensors safetensors = Safetensors.open(new StreamedBytes(resource, in, OptionalLong.empty()))) {
            safetensors.forEach(tensors::keep);
        }
        return tensors;
    }

    private void keep(Tensor tensor, TensorValues values) {
        shapes.put(tensor.name(), tensor.shapeArray());
        int count = Math.toIntExact(tensor.values());
        if (tensor.dtype().isWeight()) {
            float[] target = new float[count];
            values.next(target, 0, count);
            floats.put(tensor.name(), target);
        } else {
            long[] target = new long[count];
            values.next(target, 0, count);
            ints.put(
                    tensor.name(),
                    Arrays.stream(target).mapToInt(Math::toIntExact).toArray());
        }
    }

    /** The extents of the tensor. */
    public long[] shape(String name) {
        return found(shapes, name);
    }

    /** The numbers of an F32, F16 or BF16 tensor in row-major order. */
    public float[] floats(String name) {
        return found(floats, name);
    }

    /** The numbers of an I32 or I64 tensor in row-major order; each must fit an int. */
    public int[] ints(String name) {
        return found(ints, name);
    }

    private <T> T found(Map<String, T> map, String name) {
        T value = map.get(name);
        if (value == null) {
            throw new IllegalArgumentException(resource + " has " + map.keySet() + ", not " + name);
        }
        return value;
    }
}
