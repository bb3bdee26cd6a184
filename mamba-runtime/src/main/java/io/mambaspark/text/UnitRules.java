package io.mambaspark.text;

import java.util.List;

/**
 * How a text is cut into units: reader.json, {@code candidates}.
 *
 * @param words             how words are counted
 * @param leastWords        the fewest words of a candidate
 * @param lineBlockLines    the fewest lines of a block that may be one unit a line
 * @param wordsPerEnd       such a block is one if it has fewer than one sentence end in so many words
 * @param fewCapitalsShare  below this share of capitals among the letters, a sentence may start in lower case
 * @param csvLeastCommas    the fewest commas of a line of comma-separated values
 * @param rows              what a line starts with that is no prose: a table, code, a log
 * @param heading           what a marked heading starts with; null if nothing is one
 * @param bullet            what an item of a list starts with; null if nothing is one
 * @param fence             what a line starts with before and after code; null if nothing does
 */
public record UnitRules(
        Words words,
        int leastWords,
        int lineBlockLines,
        int wordsPerEnd,
        double fewCapitalsShare,
        int csvLeastCommas,
        List<LinePattern> rows,
        LinePattern heading,
        LinePattern bullet,
        LinePattern fence) {
    /** No line is anything but text: what a reader without {@code candidates} has. */
    public static final UnitRules PLAIN =
            new UnitRules(Words.DEFAULT, 3, Integer.MAX_VALUE, 0, 0, Integer.MAX_VALUE, List.of(), null, null, null);

    /** Takes a copy of the list. */
    public UnitRules {
        rows = List.copyOf(rows);
    }
}
