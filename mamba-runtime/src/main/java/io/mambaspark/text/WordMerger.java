package io.mambaspark.text;

import java.util.Arrays;

/**
 * Byte-pair encoding of one word: its UTF-8 bytes are the first tokens; then, as long as a pair merges, the one of the
 * lowest rank does, the leftmost of equals (Sennrich, Haddow & Birch 2016). Immutable and thread-safe.
 */
final class WordMerger {
    /** Up to this many bytes, looking at all pairs for each merge is faster than keeping a queue. */
    private static final int SHORT = 48;

    private final int[] byteIds;
    private final int[] byteLengths;
    private final Merges merges;

    /**
     * @param byteIds     the token of each byte
     * @param byteLengths how many bytes each token stands for
     */
    WordMerger(int[] byteIds, int[] byteLengths, Merges merges) {
        this.byteIds = byteIds;
        this.byteLengths = byteLengths;
        this.merges = merges;
    }

    /** The tokens of {@code chars[from, to)}, which is well-formed UTF-16 and not empty. */
    Word merge(char[] chars, int from, int to) {
        int[] symbols = new int[utf8Length(chars, from, to)];
        encode(chars, from, to, symbols);
        int[] ids = symbols.length <= SHORT ? mergeShort(symbols) : mergeLong(symbols);
        boolean remembered = to - from <= WordCache.LONGEST;
        return new Word(
                remembered ? Arrays.copyOfRange(chars, from, to) : new char[0], ids, ends(ids, chars, from, to));
    }

    private static int utf8Length(char[] chars, int from, int to) {
        int length = 0;
        for (int i = from; i < to; i++) {
            length += utf8Length(chars[i]);
        }
        return length;
    }

    /** The UTF-8 bytes that a unit adds: a pair is four bytes, two a unit. */
    private static int utf8Length(char c) {
        return c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }

    private void encode(char[] chars, int from, int to, int[] symbols) {
        int out = 0;
        for (int i = from; i < to; i++) {
            int c = chars[i];
            if (c < 0x80) {
                symbols[out++] = byteIds[c];
            } else if (c < 0x800) {
                symbols[out++] = byteIds[0xC0 | (c >> 6)];
                symbols[out++] = continuation(c);
            } else if (Character.isHighSurrogate((char) c)) {
                c = Character.toCodePoint((char) c, chars[++i]);
                symbols[out++] = byteIds[0xF0 | (c >> 18)];
                symbols[out++] = continuation(c >> 12);
                symbols[out++] = continuation(c >> 6);
                symbols[out++] = continuation(c);
            } else {
                symbols[out++] = byteIds[0xE0 | (c >> 12)];
                symbols[out++] = continuation(c >> 6);
                symbols[out++] = continuation(c);
            }
        }
    }

    /** The token of the UTF-8 byte that carries the lowest six bits. */
    private int continuation(int bits) {
        return byteIds[0x80 | (bits & 0x3F)];
    }

    private int[] mergeShort(int[] symbols) {
        int count = symbols.length;
        int[] ranks = new int[count];
        for (int i = 0; i < count; i++) {
            ranks[i] = rankAt(symbols, i, count);
        }
        for (int best; (best = lowest(ranks, count)) >= 0; ) {
            symbols[best] = merges.result(symbols[best], symbols[best + 1]);
            count--;
            System.arraycopy(symbols, best + 2, symbols, best + 1, count - best - 1);
            System.arraycopy(ranks, best + 2, ranks, best + 1, count - best - 1);
            ranks[best] = rankAt(symbols, best, count);
            if (best > 0) {
                ranks[best - 1] = rankAt(symbols, best - 1, count);
            }
        }
        return Arrays.copyOf(symbols, count);
    }

    private int rankAt(int[] symbols, int i, int count) {
        return i + 1 < count ? merges.rank(symbols[i], symbols[i + 1]) : Merges.NEVER;
    }

    private static int lowest(int[] ranks, int count) {
        int lowest = Merges.NEVER;
        int at = -1;
        for (int i = 0; i < count; i++) {
            if (ranks[i] < lowest) {
                lowest = ranks[i];
                at = i;
            }
        }
        return at;
    }

    /** The same in O(n log n): symbols as a linked list, candidate pairs in a queue, stale ones skipped. */
    private int[] mergeLong(int[] symbols) {
        SymbolList list = new SymbolList(symbols);
        LongHeap candidates = new LongHeap(symbols.length);
        for (int i = 0; i + 1 < symbols.length; i++) {
            offer(candidates, list, i);
        }
        while (!candidates.isEmpty()) {
            long candidate = candidates.poll();
            int rank = (int) (candidate >>> Integer.SIZE);
            int at = (int) candidate;
            if (rankAt(list, at) != rank) {
                continue;
            }
            list.merge(at, merges.result(list.symbol(at), list.symbol(list.next(at))));
            offer(candidates, list, at);
            offer(candidates, list, list.previous(at));
        }
        return list.toArray();
    }

    private void offer(LongHeap candidates, SymbolList list, int at) {
        int rank = rankAt(list, at);
        if (rank != Merges.NEVER) {
            candidates.add(((long) rank << Integer.SIZE) | at);
        }
    }

    private int rankAt(SymbolList list, int at) {
        if (at < 0 || list.isMergedAway(at) || list.next(at) < 0) {
            return Merges.NEVER;
        }
        return merges.rank(list.symbol(at), list.symbol(list.next(at)));
    }

    private int[] ends(int[] ids, char[] chars, int from, int to) {
        int[] ends = new int[ids.length];
        int tokenBytes = 0;
        int charBytes = 0;
        int at = from;
        for (int i = 0; i < ids.length; i++) {
            tokenBytes += byteLengths[ids[i]];
            while (charBytes < tokenBytes) {
                charBytes += utf8Length(chars[at++]);
                if (at < to && Character.isLowSurrogate(chars[at])) {
                    charBytes += utf8Length(chars[at++]);
                }
            }
            ends[i] = at - from;
        }
        return ends;
    }
}
