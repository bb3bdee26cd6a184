package io.mambaspark.index.build;

import java.io.Serializable;
import org.apache.spark.sql.Row;

/**
 * A document on its way to the task that reads it.
 *
 * @param id    never null
 * @param hash  of its content; null if the text is
 * @param bytes of its text as UTF-8
 * @param text  may be null
 * @param kept  the kept columns; null if there are none
 */
record IndexDocument(String id, String hash, long bytes, String text, Row kept) implements Serializable {}
