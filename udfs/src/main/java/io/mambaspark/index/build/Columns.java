package io.mambaspark.index.build;

import io.mambaspark.passage.PassageField;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The columns of an index's Parquet files, and of the rounds before them. */
final class Columns {
    static final String DOC_ID = PassageField.DOC_ID.column();
    static final String CONTENT_HASH = PassageField.CONTENT_HASH.column();
    static final String PASSAGE = PassageField.PASSAGE.column();
    static final String START = PassageField.START.column();
    static final String END = PassageField.END.column();
    static final String TEXT = PassageField.TEXT.column();
    static final String VECTOR = PassageField.VECTOR.column();
    static final String SHARD = PassageField.SHARD.column();
    static final String ORDINAL = PassageField.ORDINAL.column();

    /** In rounds: the tokens of a document. */
    static final String TOKENS = "tokens";
    /** In rounds: why a document could not be read. */
    static final String ERROR = "error";
    /** Until the end a struct: the caller's names may be any. */
    static final String KEPT = "kept";
    /** The same for Lucene. */
    static final String KEPT_JSON = "kept_json";
    /** While documents are planned: bytes of the text. */
    static final String BYTES = "bytes";
    /** While documents are planned: the place in the deal. */
    static final String PLACE = "place";
    /** Of what was left by builds that died: which one. */
    static final String BUILD = "build";
    /** Of passages of the index: the number of their generation. */
    static final String GENERATION = "generation";

    private static final StructType OF_PASSAGES = PassageField.nullableRows(
            PassageField.DOC_ID,
            PassageField.PASSAGE,
            PassageField.START,
            PassageField.END,
            PassageField.TEXT,
            PassageField.VECTOR,
            PassageField.CONTENT_HASH,
            PassageField.SHARD,
            PassageField.ORDINAL);

    private Columns() {}

    /**
     * A round's rows: one for each passage, and one for each document, which has no passage number; with an error if the
     * document failed, whose passages are then void.
     *
     * @param kept the kept columns, may be none
     */
    static StructType ofRounds(StructType kept) {
        StructType schema = PassageField.nullableRows(
                        PassageField.DOC_ID,
                        PassageField.CONTENT_HASH,
                        PassageField.PASSAGE,
                        PassageField.START,
                        PassageField.END,
                        PassageField.TEXT,
                        PassageField.VECTOR)
                .add(TOKENS, DataTypes.LongType)
                .add(ERROR, DataTypes.StringType);
        return withKept(schema, kept);
    }

    /** The passages of an index, the kept columns still in one. */
    static StructType ofPassages(StructType kept) {
        return withKept(OF_PASSAGES, kept);
    }

    /** The passages of an index as its Parquet files have them. */
    static StructType ofFiles(StructType kept) {
        StructType schema = OF_PASSAGES;
        for (StructField field : kept.fields()) {
            schema = schema.add(field);
        }
        return schema;
    }

    /** What shards are made of. */
    static List<String> ofShardInput(StructType kept) {
        List<String> plain = List.of(DOC_ID, CONTENT_HASH, PASSAGE, START, END, TEXT, VECTOR, ERROR);
        return kept.isEmpty()
                ? plain
                : Stream.concat(plain.stream(), Stream.of(KEPT, KEPT_JSON)).toList();
    }

    private static StructType withKept(StructType schema, StructType kept) {
        // Parquet knows no struct without fields.
        return kept.isEmpty() ? schema : schema.add(KEPT, kept, true);
    }

    /** A name as SQL takes it, whatever is in it. */
    static String quoted(String name) {
        return '`' + name.replace("`", "``") + '`';
    }
}
