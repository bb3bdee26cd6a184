package io.mambaspark.task;

import io.mambaspark.text.Letters;
import io.mambaspark.text.OneLine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** The sets of words of the units that were taken, to find out whether another one says the same. */
final class WordSets {
    private final double jaccard;
    private final int leastWords;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<int[]> taken = new ArrayList<>();

    /**
     * No unit yet.
     *
     * @param jaccard    above this share of common words two sets are the same
     * @param leastWords the fewest words of such sets; smaller ones must be equal
     */
    WordSets(double jaccard, int leastWords) {
        this.jaccard = jaccard;
        this.leastWords = leastWords;
    }

    /** The set of words of a unit: sorted numbers. */
    int[] of(String unit) {
        IntStream.Builder words = IntStream.builder();
        String text = unit.toLowerCase(Locale.ROOT);
        int start = -1;
        boolean any = false;
        for (int i = 0; i <= text.length(); ) {
            int c = i < text.length() ? text.codePointAt(i) : ' ';
            boolean ofWord = Letters.isLetterOrNumber(c);
            if (ofWord && start < 0) {
                start = i;
            } else if (!ofWord && start >= 0) {
                words.add(number(text.substring(start, i)));
                any = true;
                start = -1;
            }
            i += Character.charCount(c);
        }
        if (!any) {
            words.add(number(OneLine.of(unit)));
        }
        return words.build().sorted().distinct().toArray();
    }

    private int number(String word) {
        return numbers.computeIfAbsent(word, each -> numbers.size());
    }

    /** Whether a unit that was taken has the same words, or nearly. */
    boolean has(int[] words) {
        return taken.stream().anyMatch(each -> areSame(words, each));
    }

    void take(int[] words) {
        taken.add(words);
    }

    private boolean areSame(int[] a, int[] b) {
        int common = 0;
        for (int i = 0, k = 0; i < a.length && k < b.length; ) {
            if (a[i] == b[k]) {
                common++;
                i++;
                k++;
            } else if (a[i] < b[k]) {
                i++;
            } else {
                k++;
            }
        }
        int all = a.length + b.length - common;
        return common == all || (Math.min(a.length, b.length) >= leastWords && common > jaccard * all);
    }
}
