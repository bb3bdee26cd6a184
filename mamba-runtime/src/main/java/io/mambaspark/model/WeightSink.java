package io.mambaspark.model;

/** Takes the weights of a checkpoint as they stream by, one tensor after the other in file order. */
@FunctionalInterface
public interface WeightSink {
    /**
     * Takes one tensor. Called once a tensor, also for tensors that a model does not need.
     *
     * @param name   the Hugging Face name, such as {@code backbone.layers.0.mixer.in_proj.weight}
     * @param shape  the extents; the caller may keep the array
     * @param values the numbers in row-major order, valid until this method returns; any part may be left unread
     */
    void tensor(String name, long[] shape, Values values);

    /** The numbers of one tensor, decoded in order. Not thread-safe. */
    interface Values {
        /**
         * Decodes the next {@code count} numbers (F32, F16 or BF16 in the file) into {@code target}.
         *
         * @throws IllegalArgumentException if the tensor has fewer numbers left
         * @throws IllegalStateException    if the tensor's turn is over
         * @throws CheckpointException      if the file ends early, cannot be read, or holds another number format
         */
        void next(float[] target, int offset, int count);
    }
}
