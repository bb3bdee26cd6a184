package io.mambaspark.index.store;

import java.util.Locale;
import java.util.Set;

/** Which columns an index can keep beside its own. */
public final class KeptColumns {
    /** What a search returns beside kept columns, or what the Parquet files hold. */
    private static final Set<String> RESERVED = Set.of(
            "doc_id",
            "content_hash",
            "passage",
            "start",
            "end",
            "text",
            "vector",
            "shard",
            "ordinal",
            "query_id",
            "rank",
            "score",
            "highlighted",
            "lexical_rank",
            "dense_rank",
            "shards_missing");

    private KeptColumns() {}

    /**
     * Whether a column can be kept: the index has none of that name, and it is kept once.
     *
     * @param taken the names before it in lower case, to which it is added
     */
    public static boolean mayKeep(String name, Set<String> taken) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !RESERVED.contains(lower) && taken.add(lower);
    }
}
