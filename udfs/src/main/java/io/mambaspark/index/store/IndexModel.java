package io.mambaspark.index.store;

import java.io.Serializable;

/**
 * The model whose vectors an index holds.
 *
 * @param name        for people
 * @param fingerprint 64 hexadecimal digits; only this model can search the index
 * @param dimension   the length of a vector
 */
public record IndexModel(String name, String fingerprint, int dimension) implements Serializable {}
