package io.mambaspark.model;

import java.util.List;

/**
 * One tensor of a safetensors file, as its header describes it; the numbers stay in the file.
 *
 * @param shape the extents, none negative; empty for a single number
 * @param begin the first byte, counted from the start of the data section
 * @param end   the byte behind the last one
 */
record Tensor(String name, Dtype dtype, List<Long> shape, long begin, long end) {
    long bytes() {
        return end - begin;
    }

    long values() {
        return bytes() * Byte.SIZE / dtype.bits();
    }

    long[] shapeArray() {
        return shape.stream().mapToLong(Long::longValue).toArray();
    }
}
