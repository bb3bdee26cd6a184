package io.mambaspark.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Rewrites the weights of a checkpoint in a folder, in 32 bits. */
public final class ChangedWeights {
    private ChangedWeights() {}

    /** What becomes of a tensor. */
    public interface Change {
        /** The new values of the tensor {@code name}; the first extent of its shape follows their number. */
        float[] of(String name, float[] values);
    }

    /** Changes model.safetensors in {@code folder}. */
    public static void in(Path folder, Change change) throws IOException {
        SafetensorsFile changed = new SafetensorsFile();
        Checkpoint.open(folder).readWeights((name, shape, values) -> {
            int row = 1;
            for (int i = 1; i < shape.length; i++) {
                row *= (int) shape[i];
            }
            float[] before = new float[(int) shape[0] * row];
            values.next(before, 0, before.length);
            float[] after = change.of(name, before);
            long[] extents = shape.clone();
            extents[0] = after.length / row;
            changed.addF32(name, after, extents);
        });
        Files.write(folder.resolve("model.safetensors"), changed.bytes());
    }
}
