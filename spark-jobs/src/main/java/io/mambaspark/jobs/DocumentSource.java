package io.mambaspark.jobs;

import java.io.Serializable;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** A document as it travels to the task that reads it: where its text lies, or the text itself. */
sealed interface DocumentSource extends Serializable permits FileSource, RowSource {
    /** One row is one JVM string, and the longest such array has 2^31 - 1 bytes, two for a character beyond Latin-1. */
    int MAX_BYTES = 1_000_000_000;

    /** What the rows of this document are called. */
    String id();

    /** The size by which documents are spread and progress is told: bytes as they are stored. */
    long bytes();

    /**
     * Reads the text.
     *
     * @param maxBytes the most bytes of UTF-8 that it may have
     */
    SourceText open(Configuration hadoop, int maxBytes) throws DocumentException;

    /** The error of a document above {@code maxBytes}. */
    static DocumentException tooLarge(int maxBytes) {
        return new DocumentException(
                "MAMBA_DOCUMENT_TOO_LARGE",
                Map.of("bytes", "more than " + maxBytes, "limit", Integer.toString(maxBytes)));
    }
}
