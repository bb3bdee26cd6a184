package io.mambaspark.passage;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A field of a passage, or of a sentence, wherever rows have it. */
public enum PassageField {
    /** Which query is answered. */
    QUERY_ID("query_id", DataTypes.StringType, true, "the id of the query"),
    /** The place in an answer. */
    RANK("rank", DataTypes.IntegerType, false, "its rank from 1, best first"),
    /** By what it was ranked. */
    SCORE("score", DataTypes.FloatType, false, "a score, higher is better"),
    /** The document. */
    DOC_ID("doc_id", DataTypes.StringType, false, "the id of its document"),
    /** The number in the document. */
    PASSAGE("passage", DataTypes.IntegerType, false, "its number in the document from 0"),
    /** Where it starts. */
    START("start", DataTypes.IntegerType, false, "its start in the document in code points from 0"),
    /** Where it ends. */
    END("end", DataTypes.IntegerType, false, "its end, exclusive"),
    /** What it says. */
    TEXT("text", DataTypes.StringType, false, "its text"),
    /** What it means. */
    VECTOR("vector", DataTypes.createArrayType(DataTypes.FloatType, false), false, "its vector of unit length"),
    /** What it says, the best part marked. */
    HIGHLIGHTED(
            "highlighted",
            DataTypes.StringType,
            false,
            "its text with ** around the sentence that has most of the query's words"),
    /** The place by words alone. */
    LEXICAL_RANK(
            "lexical_rank",
            DataTypes.IntegerType,
            true,
            "its rank by words alone, NULL if not among the best of these"),
    /** The place by meaning alone. */
    DENSE_RANK(
            "dense_rank",
            DataTypes.IntegerType,
            true,
            "its rank by meaning alone, NULL if not among the best of these"),
    /** How likely it answers. */
    RELEVANCE(
            "relevance",
            DataTypes.FloatType,
            true,
            "its relevance from 0 to 1, comparable between documents and queries, NULL if the model has no rule for it"),
    /** The headings over it. */
    SECTION("section", DataTypes.StringType, true, "the headings right above it, NULL if there is none"),
    /** What the search left out. */
    SHARDS_MISSING(
            "shards_missing",
            DataTypes.createArrayType(DataTypes.StringType),
            false,
            "the shards of the index that were left out"),
    /** Of the document. */
    CONTENT_HASH("content_hash", DataTypes.StringType, false, "a hash of its document's text and kept columns"),
    /** In an index. */
    SHARD("shard", DataTypes.IntegerType, false, "the number of its shard"),
    /** In a shard. */
    ORDINAL("ordinal", DataTypes.IntegerType, false, "its number in the shard from 0");

    private final String column;
    private final DataType type;
    private final boolean nullable;
    private final String meaning;

    PassageField(String column, DataType type, boolean nullable, String meaning) {
        this.column = column;
        this.type = type;
        this.nullable = nullable;
        this.meaning = meaning;
    }

    /** The name of the field in rows. */
    public String column() {
        return column;
    }

    /** The type of the field in rows. */
    public DataType type() {
        return type;
    }

    /** What the field is, as a phrase after the name. */
    public String meaning() {
        return meaning;
    }

    /** The fields in this order, each nullable if it may be unknown. */
    public static StructType rows(PassageField... fields) {
        return rows(new StructType(), fields);
    }

    /** The same after the fields of {@code before}. */
    public static StructType rows(StructType before, PassageField... fields) {
        StructType all = before;
        for (PassageField field : fields) {
            all = all.add(field.column, field.type, field.nullable);
        }
        return all;
    }

    /** The fields in this order, all nullable, elements of arrays too: rows that also stand for errors, or come from files. */
    public static StructType nullableRows(PassageField... fields) {
        return nullableRows(new StructType(), fields);
    }

    /** The same after the fields of {@code before}. */
    public static StructType nullableRows(StructType before, PassageField... fields) {
        StructType all = before;
        for (PassageField field : fields) {
            DataType type =
                    field.type instanceof ArrayType array ? DataTypes.createArrayType(array.elementType()) : field.type;
            all = all.add(field.column, type);
        }
        return all;
    }

    /** What the fields are, as a list in a sentence: {@code rank: its rank from 1, best first; text: its text}. */
    public static String meanings(PassageField... fields) {
        return Arrays.stream(fields)
                .map(field -> field.column + ": " + field.meaning)
                .collect(Collectors.joining("; "));
    }

    /** The name of the field in rows. */
    @Override
    public String toString() {
        return column;
    }
}
