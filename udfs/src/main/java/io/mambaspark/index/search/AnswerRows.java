package io.mambaspark.index.search;

import io.mambaspark.index.search.Answer.Hit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** The rows of an answer. */
final class AnswerRows {
    /** Before the kept columns are taken out of their JSON. */
    static final StructType SCHEMA = StructType.fromDDL("query_id STRING, rank INT NOT NULL, score FLOAT NOT NULL,"
            + " doc_id STRING NOT NULL, passage INT NOT NULL, start INT NOT NULL, end INT NOT NULL,"
            + " text STRING NOT NULL, highlighted STRING NOT NULL, lexical_rank INT, dense_rank INT,"
            + " mamba_kept STRING, shards_missing ARRAY<STRING> NOT NULL");

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
                missing);
    }

    private static Integer rank(int rank) {
        return rank == 0 ? null : rank;
    }
}
