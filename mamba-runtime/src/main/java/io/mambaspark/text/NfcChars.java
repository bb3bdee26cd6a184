package io.mambaspark.text;

import com.ibm.icu.text.Normalizer2;

/**
 * Characters in Unicode normalisation form C. Works on the stretches between normalisation boundaries, which are a
 * character and its combining marks: in one that changes, every unit ends where the whole stretch ends.
 */
final class NfcChars implements CharStream {
    /**
     * Marks on one character beyond this many are normalised on their own, which bounds memory and time (ordering marks
     * is quadratic). No writing system has more than a handful; Unicode's stream-safe format allows 30.
     */
    static final int LONGEST_STRETCH = 1024;

    private static final int WINDOW = 8 * LONGEST_STRETCH;
    /** Below this, nothing changes and nothing combines with what comes before it. */
    private static final char FIRST_COMBINING = '\u0300';

    private static final Normalizer2 NFC = Normalizer2.getNFCInstance();

    private final CharStream source;
    private final char[] window = new char[WINDOW];
    private final int[] windowEnds = new int[WINDOW];
    private int at;
    private int limit;
    private boolean drained;

    private CharSequence changed = "";
    private int changedAt;
    private int changedEnd;

    NfcChars(CharStream source) {
        this.source = source;
    }

    @Override
    public int read(char[] chars, int[] ends, int from, int max) {
        int out = from;
        int full = from + max - 1;
        // Two units of room, so that a pair is never parted between two reads.
        while (out < full) {
            if (changedAt < changed.length()) {
                chars[out] = changed.charAt(changedAt++);
                ends[out++] = changedEnd;
                if (changedAt < changed.length() && Character.isLowSurrogate(changed.charAt(changedAt))) {
                    chars[out] = changed.charAt(changedAt++);
                    ends[out++] = changedEnd;
                }
            } else if (!filled()) {
                break;
            } else if (isPlain()) {
                chars[out] = window[at];
                ends[out++] = windowEnds[at++];
            } else {
                normaliseStretch();
            }
        }
        return out - from;
    }

    /** Makes sure that a whole stretch and one unit more are in the window, or all that is left. */
    private boolean filled() {
        if (limit - at <= LONGEST_STRETCH + 1 && !drained) {
            System.arraycopy(window, at, window, 0, limit - at);
            System.arraycopy(windowEnds, at, windowEnds, 0, limit - at);
            limit -= at;
            at = 0;
            int read = source.read(window, windowEnds, limit, WINDOW - limit);
            drained = read == 0;
            limit += read;
        }
        return at < limit;
    }

    private boolean isPlain() {
        return window[at] < FIRST_COMBINING && (at + 1 == limit || window[at + 1] < FIRST_COMBINING);
    }

    private void normaliseStretch() {
        int stop = at + Character.charCount(codePoint(at));
        while (stop < limit && stop - at < LONGEST_STRETCH && !NFC.hasBoundaryBefore(codePoint(stop))) {
            stop += Character.charCount(codePoint(stop));
        }
        changed = NFC.normalize(new String(window, at, stop - at));
        changedAt = 0;
        changedEnd = windowEnds[stop - 1];
        at = stop;
    }

    private int codePoint(int index) {
        return Character.codePointAt(window, index, limit);
    }
}
