package io.mambaspark.index.store;

import java.io.Serial;
import java.util.Map;

/** A value of an index's file that cannot be what was written. */
final class Flaw extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Of a value that is shown: files of strangers hold anything. */
    private static final int MOST_SHOWN = 200;

    private final String field;
    private final String value;
    private final String expected;

    /**
     * For a value.
     *
     * @param field    its name, such as {@code generations[0].shards[2].path}; of the whole file {@code content}
     * @param expected what it must be, to follow "must be"
     */
    Flaw(String field, Object value, String expected) {
        super(field + " is " + shown(value) + ", and must be " + expected);
        this.field = field;
        this.value = shown(value);
        this.expected = expected;
    }

    /** The parameters of MAMBA_INDEX_CORRUPT. */
    Map<String, String> parameters(IndexFolder folder, String file) {
        return Map.of(
                "file", folder.at(file), "index", folder.root(), "field", field, "value", value, "expected", expected);
    }

    private static String shown(Object value) {
        StringBuilder shown = new StringBuilder();
        String.valueOf(value).codePoints().limit(MOST_SHOWN).forEach(point -> {
            if (Character.isISOControl(point)) {
                shown.append(String.format("\\u%04x", point));
            } else {
                shown.appendCodePoint(point);
            }
        });
        return shown.length() < MOST_SHOWN ? shown.toString() : shown + "…";
    }
}
