package io.mambaspark.index;

import java.io.Serializable;

/**
 * A file of an index that is not what it was when it was written.
 *
 * @param file    its path, from the index's folder on
 * @param problem what is wrong with it, in words
 */
public record Damage(String file, String problem) implements Serializable {}
