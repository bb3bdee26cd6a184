package io.mambaspark.text;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Characters and what is read in their place. Immutable, thread-safe. */
final class Replacements {
    private final char[] replaced;
    private final String[] replacements;

    private Replacements(TreeMap<Character, String> all) {
        replaced = new char[all.size()];
        replacements = new String[replaced.length];
        int i = 0;
        for (Map.Entry<Character, String> entry : all.entrySet()) {
            replaced[i] = entry.getKey();
            replacements[i++] = entry.getValue();
        }
    }

    /** Look-alikes come first: each part of what stands in the place of one may be replaced. */
    static Replacements of(LookAlikes lookAlikes, Map<Character, String> replace) {
        TreeMap<Character, String> all = new TreeMap<>(replace);
        lookAlikes.forms().forEach((c, form) -> {
            StringBuilder whole = new StringBuilder();
            for (char part : form.toCharArray()) {
                whole.append(replace.getOrDefault(part, String.valueOf(part)));
            }
            all.put(c, whole.toString());
        });
        all.forEach(Replacements::check);
        return new Replacements(all);
    }

    private static void check(Character character, String replacement) {
        if (Character.isSurrogate(character)) {
            throw new IllegalArgumentException(
                    String.format("U+%04X is half a character and cannot be replaced", (int) character));
        }
        if (replacement.length() > TextNormalisation.LONGEST_REPLACEMENT) {
            throw new IllegalArgumentException(String.format(
                    "the replacement of U+%04X has %d characters, the limit is %d",
                    (int) character, replacement.length(), TextNormalisation.LONGEST_REPLACEMENT));
        }
        if (replacement.codePoints().anyMatch(c -> c <= Character.MAX_VALUE && Character.isSurrogate((char) c))) {
            throw new IllegalArgumentException(
                    String.format("the replacement of U+%04X holds half a character", (int) character));
        }
    }

    boolean isEmpty() {
        return replaced.length == 0;
    }

    /** What is read in the place of {@code c}; null if it stays. */
    String of(char c) {
        if (replaced.length == 0 || c < replaced[0]) {
            return null;
        }
        int i = Arrays.binarySearch(replaced, c);
        return i < 0 ? null : replacements[i];
    }
}
