package io.mambaspark.index.search;

import io.mambaspark.index.search.Winners.Winner;
import io.mambaspark.index.shard.StoredPassage;
import java.io.Serializable;

/**
 * What one shard gives to the answer of a query.
 *
 * @param id      of the query; may be null
 * @param missing shards that could not be read
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Answer(String id, String[] missing, Hit[] hits) implements Serializable {
    /**
     * A result.
     *
     * @param highlighted the text with its best sentence marked
     */
    record Hit(Winner place, StoredPassage stored, String highlighted) implements Serializable {}
}
