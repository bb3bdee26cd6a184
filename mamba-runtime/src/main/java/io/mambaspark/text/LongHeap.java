package io.mambaspark.text;

import java.util.Arrays;

/** A priority queue of longs, smallest first, without boxes. */
final class LongHeap {
    private long[] heap;
    private int size;

    LongHeap(int capacity) {
        heap = new long[Math.max(1, capacity)];
    }

    boolean isEmpty() {
        return size == 0;
    }

    void add(long value) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size + (size >> 1) + 1);
        }
        int hole = size++;
        while (hole > 0 && heap[(hole - 1) / 2] > value) {
            heap[hole] = heap[(hole - 1) / 2];
            hole = (hole - 1) / 2;
        }
        heap[hole] = value;
    }

    /** Removes and returns the smallest; there must be one. */
    long poll() {
        long smallest = heap[0];
        long last = heap[--size];
        int hole = 0;
        for (int child; (child = 2 * hole + 1) < size; hole = child) {
            if (child + 1 < size && heap[child + 1] < heap[child]) {
                child++;
            }
            if (heap[child] >= last) {
                break;
            }
            heap[hole] = heap[child];
        }
        heap[hole] = last;
        return smallest;
    }
}
