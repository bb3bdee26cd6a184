package io.mambaspark.task;

import io.mambaspark.text.Letters;
import io.mambaspark.text.OneLine;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How central the names of a unit are to its document, in deviations from the mean of the units that have a name. A name is a
 * capitalised word that occurs within a sentence more often than it occurs in lower case. Of names, at most {@value #MOST_NAMES}
 * are counted.
 */
final class NameCentrality {
    static final int MOST_NAMES = 65_536;

    /** After one of these a capital says nothing. */
    private static final Set<String> STARTING = Set.of("\"", "'", ".", "!", "?");

    private static final int[] ABSENT = null;

    private final Map<String, int[]> names = new HashMap<>();
    private double mean;
    private double deviation;

    /** The names of a document, counted if they are asked for. */
    static final class Lazy {
        private final DocumentUnits units;
        private NameCentrality names;

        Lazy(DocumentUnits units) {
            this.units = units;
        }

        NameCentrality get() {
            names = names == null ? new NameCentrality(units) : names;
            return names;
        }
    }

    /** Counts the names of a document. */
    NameCentrality(DocumentUnits units) {
        for (int i = 0; i < units.size(); i++) {
            forEachWord(printed(units, i), this::countName);
        }
        Map<String, int[]> inLowerCase = new HashMap<>();
        names.keySet().forEach(name -> inLowerCase.put(lower(name), new int[1]));
        for (int i = 0; i < units.size(); i++) {
            forEachWord(printed(units, i), (text, start, end, number) -> {
                if (!Letters.isUpper(text.codePointAt(start))) {
                    int[] count = inLowerCase.get(lower(text.substring(start, end)));
                    if (count != ABSENT) {
                        count[0]++;
                    }
                }
            });
        }
        names.entrySet().removeIf(name -> inLowerCase.get(lower(name.getKey()))[0] >= name.getValue()[0]);
        measure(units);
    }

    private void measure(DocumentUnits units) {
        Population population = new Population();
        for (int i = 0; i < units.size(); i++) {
            double value = value(printed(units, i));
            if (!Double.isNaN(value)) {
                population.add(value);
            }
        }
        mean = population.mean();
        deviation = population.count() < 2 ? 0 : population.deviation();
    }

    /** Of a unit that says {@code text}; 0 without a name. */
    double of(String text) {
        double value = value(OneLine.of(text));
        return Double.isNaN(value) || deviation == 0 ? 0 : (value - mean) / deviation;
    }

    private static String printed(DocumentUnits units, int unit) {
        return OneLine.of(units.text(unit));
    }

    private static String lower(String word) {
        return word.toLowerCase(Locale.ROOT);
    }

    private void countName(String text, int start, int end, int number) {
        if (number == 0 || end - start < 2 || !Letters.isUpper(text.codePointAt(start))) {
            return;
        }
        String before = text.substring(Math.max(0, start - 2), start)
                .strip()
                .replace('\u2018', '\'')
                .replace('\u2019', '\'')
                .replace('\u201C', '"')
                .replace('\u201D', '"');
        if (STARTING.contains(before)) {
            return;
        }
        String name = text.substring(start, end);
        int[] count = names.get(name);
        if (count != ABSENT) {
            count[0]++;
        } else if (names.size() < MOST_NAMES) {
            names.put(name, new int[] {1});
        }
    }

    /** The mean of ln(1 + count) over the names in {@code text}; NaN if there is none. */
    private double value(String text) {
        double[] sum = new double[2];
        forEachWord(text, (all, start, end, number) -> {
            int[] count = Letters.isUpper(all.codePointAt(start)) ? names.get(all.substring(start, end)) : ABSENT;
            if (count != ABSENT) {
                sum[0] += Math.log1p(count[0]);
                sum[1]++;
            }
        });
        return sum[1] == 0 ? Double.NaN : sum[0] / sum[1];
    }

    /** Takes runs of letters. */
    private interface WordTaker {
        void word(String text, int start, int end, int number);
    }

    private static void forEachWord(String text, WordTaker taker) {
        int number = 0;
        int start = -1;
        for (int i = 0; i <= text.length(); ) {
            int c = i < text.length() ? text.codePointAt(i) : ' ';
            boolean letter = Letters.isLetter(c);
            if (letter && start < 0) {
                start = i;
            } else if (!letter && start >= 0) {
                taker.word(text, start, i, number++);
                start = -1;
            }
            i += Character.charCount(c);
        }
    }
}
