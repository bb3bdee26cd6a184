package io.mambaspark.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Tokens that are found in the text before it is split into words, the leftmost and longest first. Those that are not
 * normalised come first: another one is only found in what they leave.
 */
final class AddedTokens {
    private static final int BUCKETS = 128;

    /** By the first character, the longest first; null where there is none. */
    private final Word[][] raw = new Word[BUCKETS][];

    private final Word[][] normalised = new Word[BUCKETS][];
    private int longest;

    AddedTokens(List<AddedToken> tokens) {
        List<Word> ofRaw = new ArrayList<>();
        List<Word> ofNormalised = new ArrayList<>();
        for (AddedToken token : tokens) {
            char[] chars = token.sought().toCharArray();
            Word word = new Word(chars, new int[] {token.id()}, new int[] {chars.length});
            (token.normalised() ? ofNormalised : ofRaw).add(word);
            longest = Math.max(longest, chars.length);
        }
        fill(raw, ofRaw);
        fill(normalised, ofNormalised);
    }

    private static void fill(Word[][] buckets, List<Word> words) {
        words.stream()
                .sorted(Comparator.comparingInt(Word::length).reversed())
                .collect(Collectors.groupingBy(word -> bucket(word.chars()[0])))
                .forEach((bucket, ofBucket) -> buckets[bucket] = ofBucket.toArray(Word[]::new));
    }

    /**
     * Where the first added token from {@code from} on starts. If there is none, {@code ~end}: the text is free of them
     * up to {@code end}, which is {@code limit}, or less if more text can follow.
     */
    int find(char[] chars, int from, int limit, boolean closed) {
        if (longest == 0) {
            return ~limit;
        }
        // Beyond this, a token, or another one that takes precedence over it, may be cut off by the limit.
        int sure = closed ? limit : limit - 2 * longest;
        for (int i = from; i < sure; i++) {
            if (at(chars, i, limit) != null) {
                return i;
            }
        }
        int end = Math.max(from, sure);
        boolean insidePair = end > from && end < limit && Character.isLowSurrogate(chars[end]);
        return ~(insidePair ? end - 1 : end);
    }

    /** The token that starts at {@code at}, or null. */
    Word at(char[] chars, int at, int limit) {
        Word first = longestAt(raw, chars, at, limit);
        if (first != null) {
            return first;
        }
        Word second = longestAt(normalised, chars, at, limit);
        if (second == null) {
            return null;
        }
        int free = at + 1;
        while (free < at + second.length() && longestAt(raw, chars, free, limit) == null) {
            free++;
        }
        return longestAt(normalised, chars, at, free);
    }

    private static Word longestAt(Word[][] kind, char[] chars, int at, int limit) {
        if (at >= limit) {
            return null;
        }
        Word[] candidates = kind[bucket(chars[at])];
        if (candidates == null) {
            return null;
        }
        for (Word word : candidates) {
            int end = at + word.length();
            if (end <= limit && Arrays.equals(word.chars(), 0, word.length(), chars, at, end)) {
                return word;
            }
        }
        return null;
    }

    private static int bucket(char first) {
        return first % BUCKETS;
    }
}
