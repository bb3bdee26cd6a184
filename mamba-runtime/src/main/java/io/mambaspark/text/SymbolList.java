package io.mambaspark.text;

/** The symbols of a word while they merge: a doubly linked list in arrays, a symbol named by where it started. */
final class SymbolList {
    private static final int NONE = -1;

    private final int[] symbols;
    private final int[] next;
    private final int[] previous;
    private int count;

    SymbolList(int[] symbols) {
        this.symbols = symbols;
        count = symbols.length;
        next = new int[count];
        previous = new int[count];
        for (int i = 0; i < count; i++) {
            next[i] = i + 1 < count ? i + 1 : NONE;
            previous[i] = i - 1;
        }
    }

    int symbol(int at) {
        return symbols[at];
    }

    /** The symbol behind, or -1. */
    int next(int at) {
        return next[at];
    }

    /** The symbol before, or -1. */
    int previous(int at) {
        return previous[at];
    }

    boolean isMergedAway(int at) {
        return symbols[at] == NONE;
    }

    /** Makes the symbol and the one behind it into {@code merged}. */
    void merge(int at, int merged) {
        int gone = next[at];
        symbols[at] = merged;
        symbols[gone] = NONE;
        next[at] = next[gone];
        if (next[at] != NONE) {
            previous[next[at]] = at;
        }
        count--;
    }

    int[] toArray() {
        int[] array = new int[count];
        for (int i = 0, at = 0; i < count; i++, at = next[at]) {
            array[i] = symbols[at];
        }
        return array;
    }
}
