package io.mambaspark.text;

import java.util.Arrays;
import java.util.Objects;

/**
 * The tokens of one text: a window moves over its characters, words are cut from it and looked up or merged. The window
 * grows only for a word that is longer, up to {@link #LONGEST_WORD}.
 */
final class BpeCursor implements TokenCursor {
    /**
     * Words of more units are cut there, and only there may tokens differ from Hugging Face's: it keeps memory bounded
     * for a text of gigabytes without a blank.
     */
    static final int LONGEST_WORD = 1 << 20;

    private static final int WINDOW = 1 << 12;
    private static final Word NOTHING = new Word(new char[0], new int[0], new int[0]);

    private final CharStream source;
    private final WordScanner scanner;
    private final AddedTokens added;
    private final WordCache cache;
    private final WordMerger merger;

    private char[] chars = new char[WINDOW];
    /** Where each character of the window ends in the original text. */
    private int[] charEnds = new int[WINDOW];

    private int at;
    private int limit;
    private boolean drained;
    /** Up to here the window is free of added tokens; there is one there, or null if that is not known. */
    private int clear;

    private Word addedToken;

    /** The word whose tokens are being handed out, where it starts in the window, and how many were. */
    private Word word = NOTHING;

    private int wordStart;
    private int given;

    BpeCursor(CharStream source, WordScanner scanner, AddedTokens added, WordCache cache, WordMerger merger) {
        this.source = source;
        this.scanner = scanner;
        this.added = added;
        this.cache = cache;
        this.merger = merger;
    }

    @Override
    public int next(int[] ids, int[] ends, int from, int max) {
        Objects.checkFromIndexSize(from, max, Math.min(ids.length, ends.length));
        if (max == 0) {
            throw new IllegalArgumentException("max must be at least 1: 0 tokens would look like the end of the text");
        }
        int out = from;
        while (out < from + max && (given < word.ids().length || nextWord())) {
            ids[out] = word.ids()[given];
            ends[out++] = charEnds[wordStart + word.ends()[given++] - 1];
        }
        return out - from;
    }

    /** Moves on to the next word; false at the end of the text. */
    private boolean nextWord() {
        do {
            if (at < clear) {
                int end = wordEnd();
                if (end != WordScanner.UNKNOWN) {
                    take(lookUp(end));
                    return true;
                }
            } else if (addedToken != null) {
                take(addedToken);
                findAddedToken(at);
                return true;
            }
        } while (fill());
        return false;
    }

    private void take(Word next) {
        word = next;
        given = 0;
        wordStart = at;
        at += next.length();
    }

    private int wordEnd() {
        boolean closed = addedToken != null || (drained && clear == limit);
        int end = scanner.end(chars, at, clear, closed);
        int known = end == WordScanner.UNKNOWN ? clear : end;
        if (known - at <= LONGEST_WORD) {
            return end;
        }
        int cut = at + LONGEST_WORD;
        return Character.isLowSurrogate(chars[cut]) ? cut - 1 : cut;
    }

    private Word lookUp(int end) {
        if (end - at > WordCache.LONGEST) {
            return merger.merge(chars, at, end);
        }
        Word known = cache.get(chars, at, end);
        if (known != null) {
            return known;
        }
        Word merged = merger.merge(chars, at, end);
        cache.put(merged);
        return merged;
    }

    private void findAddedToken(int from) {
        int found = added.find(chars, from, limit, drained);
        clear = found >= 0 ? found : ~found;
        addedToken = found >= 0 ? added.at(chars, found, limit) : null;
    }

    /** Reads on, behind what is left in the window; false if there is no more. */
    private boolean fill() {
        if (drained) {
            return false;
        }
        makeRoom();
        int read = source.read(chars, charEnds, limit, chars.length - limit);
        limit += read;
        drained = read == 0;
        if (addedToken == null) {
            findAddedToken(clear);
        }
        return true;
    }

    private void makeRoom() {
        System.arraycopy(chars, at, chars, 0, limit - at);
        System.arraycopy(charEnds, at, charEnds, 0, limit - at);
        limit -= at;
        clear -= at;
        at = 0;
        // Doubling keeps a long word linear: each time, at least as much is read as was looked at before.
        if (limit > chars.length / 2) {
            chars = Arrays.copyOf(chars, 2 * chars.length);
            charEnds = Arrays.copyOf(charEnds, chars.length);
        }
    }
}
