package io.mambaspark.gpu;

import java.util.Arrays;

/** Ints one behind the other, without boxes. */
final class IntList {
    private static final int FIRST = 64;
    private int[] values = new int[FIRST];
    private int size;

    int get(int index) {
        return values[index];
    }

    int size() {
        return size;
    }

    void add(int... more) {
        addAll(more, 0, more.length);
    }

    void addAll(int[] more, int from, int to) {
        int count = to - from;
        if (size + count > values.length) {
            values = Arrays.copyOf(values, Math.max(size + count, 2 * values.length));
        }
        System.arraycopy(more, from, values, size, count);
        size += count;
    }

    void addAll(IntList more) {
        addAll(more.values, 0, more.size);
    }

    void copyTo(int[] target, int at) {
        System.arraycopy(values, 0, target, at, size);
    }
}
