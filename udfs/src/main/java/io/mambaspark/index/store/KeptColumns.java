package io.mambaspark.index.store;

import io.mambaspark.passage.PassageField;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Which columns an index can keep beside its own. */
public final class KeptColumns {
    /** What a search returns beside kept columns, or what the Parquet files hold. */
    private static final Set<String> RESERVED =
            columns(EnumSet.complementOf(EnumSet.of(PassageField.SECTION, PassageField.RELEVANCE)));

    private KeptColumns() {}

    /**
     * Whether an index can have a kept column: it has no other of that name. Indexes of before there was a relevance may keep a
     * column of that name; a search returns that one.
     *
     * @param taken the names before it in lower case, to which it is added
     */
    public static boolean mayKeep(String name, Set<String> taken) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !RESERVED.contains(lower) && taken.add(lower);
    }

    /** Whether a column can be kept by a new index. */
    public static boolean mayBegin(String name, Set<String> taken) {
        return !isRelevance(name) && mayKeep(name, taken);
    }

    /** Whether it has the name of a result's relevance. */
    public static boolean isRelevance(String name) {
        return name.equalsIgnoreCase(PassageField.RELEVANCE.column());
    }

    private static Set<String> columns(Set<PassageField> fields) {
        return fields.stream().map(PassageField::column).collect(Collectors.toUnmodifiableSet());
    }
}
