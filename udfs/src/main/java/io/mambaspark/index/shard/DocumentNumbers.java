package io.mambaspark.index.shard;

import java.io.IOException;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.SortedDocValues;

/** The document of each passage, as a number within the shard; asked for in the order of rising ordinals. */
final class DocumentNumbers {
    private final SortedDocValues ids;

    DocumentNumbers(LeafReader reader) throws IOException {
        ids = reader.getSortedDocValues(ShardFields.DOC_ID);
    }

    int of(int ordinal) throws IOException {
        ids.advanceExact(ordinal);
        return ids.ordValue();
    }

    String name(int document) throws IOException {
        return ids.lookupOrd(document).utf8ToString();
    }
}
