package io.mambaspark.reading;

import java.util.Arrays;

/** The cut points of one segment, as they are found. */
final class Cuts {
    private int[] places = new int[16];
    private int count;

    void add(int place) {
        if (count == places.length) {
            places = Arrays.copyOf(places, 2 * count);
        }
        places[count++] = place;
    }

    int[] toArray() {
        return Arrays.copyOf(places, count);
    }
}
