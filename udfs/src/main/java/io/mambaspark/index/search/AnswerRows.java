package io.mambaspark.index.search;

import io.mambaspark.index.search.Answer.Hit;
import io.mambaspark.passage.PassageField;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The rows of an answer. */
final class AnswerRows {
    /** The kept columns, as JSON. */
    static final String KEPT = "mamba_kept";

    /** Before the kept columns are taken out of their JSON. */
    static final StructType SCHEMA = PassageField.rows(
            PassageField.rows(
                            PassageField.QUERY_ID,
                            PassageField.RANK,
                            PassageField.SCORE,
                            PassageField.DOC_ID,
                            PassageField.PASSAGE,
                            PassageField.START,
                            PassageField.END,
                            PassageField.TEXT,
                            PassageField.HIGHLIGHTED,
                            PassageField.LEXICAL_RANK,
                            PassageField.DENSE_RANK)
                    .add(KEPT, DataTypes.StringType),
            PassageField.SHARDS_MISSING,
            PassageField.RELEVANCE);

    private AnswerRows() {}

    /** Of what all shards gave to the answer of a query, by rank. */
    static Iterator<Row> of(SearchedIndex index, Iterable<Answer> parts) {
        List<Hit> hits = new ArrayList<>();
        String[] missing = {};
        Answer any = null;
        for (Answer part : parts) {
            hits.addAll(List.of(part.hits()));
            missing = CountedQuery.union(missing, part.missing());
            any = part;
        }
        index.requireSome(missing);
        hits.sort(Comparator.comparingInt(hit -> hit.place().rank()));
        String id = any.id();
        String[] leftOut = missing;
        return hits.stream().map(hit -> row(id, hit, leftOut)).iterator();
    }

    private static Row row(String id, Hit hit, String[] missing) {
        return RowFactory.create(
                id,
                hit.place().rank(),
                hit.place().score(),
                hit.place().docId(),
                hit.place().passage(),
                hit.stored().start(),
                hit.stored().end(),
                hit.stored().text(),
                hit.highlighted(),
                rank(hit.place().lexicalRank()),
                rank(hit.place().denseRank()),
                hit.stored().kept(),
                missing,
                hit.place().relevance());
    }

    private static Integer rank(int rank) {
        return rank == 0 ? null : rank;
    }
}
