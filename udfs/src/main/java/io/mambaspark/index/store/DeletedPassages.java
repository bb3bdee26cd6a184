package io.mambaspark.index.store;

import java.io.Serializable;

/**
 * The passages of a shard that are not to be found any more: a file with the portable form of a Roaring bitmap of ordinals.
 *
 * @param file      with its path from the index's folder on
 * @param documents that are gone, each with all its passages
 * @param passages  that are gone
 */
public record DeletedPassages(StoredFile file, long documents, long passages) implements Serializable {}
