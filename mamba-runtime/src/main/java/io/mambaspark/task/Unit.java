package io.mambaspark.task;

/** What gets a vector. */
public enum Unit {
    /** Each passage of a document, read in the document: it knows what came before. */
    PASSAGE,
    /** The document as a whole: all its tokens. */
    DOCUMENT,
    /** The text as a query, read twice. */
    QUERY
}
