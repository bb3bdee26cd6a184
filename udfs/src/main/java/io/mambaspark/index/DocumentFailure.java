package io.mambaspark.index;

import java.io.Serializable;

/**
 * A document that could not be indexed.
 *
 * @param id    of the document; null if that is what it lacks
 * @param error the error's class in brackets, what happened, and what to do
 */
public record DocumentFailure(String id, String error) implements Serializable {}
