package io.mambaspark.index.store;

import java.io.Serializable;

/**
 * A file as it was written.
 *
 * @param name   its path, from the index's folder on; in a shard, its name in the shard's folder
 * @param length in bytes
 * @param sha256 of its content, 64 hexadecimal digits
 */
public record StoredFile(String name, long length, String sha256) implements Serializable {}
