package io.mambaspark.text;

import java.util.HashMap;
import java.util.Map;

/**
 * The heads and feet of pages that are left in a text: short paragraphs that come several times, at a page break, with a number, or
 * in the middle of a sentence. At most {@value #MOST} different ones are counted. For one document.
 */
final class PageHeads {
    static final int MOST = 4096;
    private static final int LEAST_TIMES = 3;
    /** Shorter ones are numbers of chapters. */
    private static final int SHORTEST = 4;

    private static final int LONGEST = 200;

    private final Map<String, Integer> times = new HashMap<>();

    /** Takes a unit that may be one: see {@link UnitForm#mayBePageHead}. */
    void add(String unit) {
        String line = OneLine.of(unit);
        String head = withoutNumber(line);
        if (head.length() >= SHORTEST && head.length() <= LONGEST && (times.size() < MOST || times.containsKey(head))) {
            times.merge(head, 1, Integer::sum);
        }
    }

    /** Whether a unit is one, after all were taken. */
    boolean contains(String unit) {
        return times.getOrDefault(withoutNumber(OneLine.of(unit)), 0) >= LEAST_TIMES;
    }

    /** Whether the number of a page stands before or after at least two words. */
    static boolean hasNumber(String line) {
        String head = withoutNumber(line);
        return head.length() < line.strip().length() && head.indexOf(' ') > 0;
    }

    private static String withoutNumber(String line) {
        int start = 0;
        int end = line.length();
        while (start < end && !Letters.isLetter(line.charAt(start))) {
            start++;
        }
        while (end > start && !Letters.isLetter(line.charAt(end - 1))) {
            end--;
        }
        return line.substring(start, end).replaceAll("\\s+", " ");
    }
}
