package io.mambaspark.jobs;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_position;
import static org.apache.spark.sql.functions.col;

import io.mambaspark.model.ReaderProfile;
import io.mambaspark.model.RelevanceRules;
import io.mambaspark.passage.PassageField;
import io.mambaspark.reading.Document;
import io.mambaspark.reading.MambaModel;
import io.mambaspark.reading.Outcomes;
import io.mambaspark.task.Hit;
import io.mambaspark.task.Retrieved;
import io.mambaspark.task.Retriever;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The best passages of each document for each query.
 *
 * @param queries in the order of the rows
 * @param topK    the most passages of a document and query
 * @param minRelevance the least relevance of a row; null for any
 */
record RetrieveTask(List<String> queries, int topK, Double minRelevance) implements DocumentTask<Retrieved> {
    /**
     * What the command line asks for, each query once.
     *
     * @param option where the queries come from
     */
    static RetrieveTask of(String option, List<String> queries, int topK, Double minRelevance) {
        if (queries.stream().anyMatch(String::isBlank)) {
            throw new UsageException(option + " is blank: ask something.");
        }
        if (topK < 1) {
            throw new UsageException("--top-k must be at least 1, not " + topK + ".");
        }
        if (minRelevance != null && !(minRelevance >= 0 && minRelevance <= 1)) {
            throw new UsageException("--min-relevance must be from 0 to 1, not " + minRelevance + ".");
        }
        return new RetrieveTask(queries.stream().distinct().toList(), topK, minRelevance);
    }

    @Override
    public StructType schema() {
        return PassageField.nullableRows(
                        new StructType().add("id", DataTypes.StringType).add("query", DataTypes.StringType),
                        PassageField.RANK,
                        PassageField.SCORE,
                        PassageField.START,
                        PassageField.END,
                        PassageField.TEXT,
                        PassageField.RELEVANCE,
                        PassageField.SECTION)
                .add("error", DataTypes.StringType);
    }

    @Override
    public void check(ReaderProfile reader) {
        if (minRelevance != null && minRelevance > 0 && reader.relevance().isEmpty()) {
            throw new UsageException("--min-relevance needs a model with a rule for relevance (key relevance of its"
                    + " reader.json), such as the built-in one.");
        }
    }

    @Override
    public List<Column> order() {
        Column asked = array(queries.stream().map(functions::lit).toArray(Column[]::new));
        return List.of(
                col("error").isNotNull(),
                array_position(asked, col("query")),
                col(PassageField.RELEVANCE.column()).desc_nulls_last(),
                col(PassageField.SCORE.column()).desc(),
                col("id"),
                col(PassageField.RANK.column()));
    }

    @Override
    public Outcomes<Retrieved> read(MambaModel model, Iterator<Document> documents) {
        return retriever(model).retrieve(documents);
    }

    Retriever retriever(MambaModel model) {
        return new Retriever(
                model, queries.stream().map(model::query).toList(), topK, minRelevance == null ? 0 : minRelevance);
    }

    @Override
    public List<Row> rows(OpenDocument document, Retrieved retrieved) {
        return hits(document, retrieved).stream()
                .map(hit -> {
                    Object[] values = new Object[schema().size()];
                    values[0] = document.id();
                    for (int i = 0; i < hit.size(); i++) {
                        values[i + 1] = hit.get(i);
                    }
                    return RowFactory.create(values);
                })
                .toList();
    }

    /** The columns of a row without those of its document: {@code id} and {@code error}. */
    StructType hit() {
        StructField[] columns = schema().fields();
        return new StructType(Arrays.copyOfRange(columns, 1, columns.length - 1));
    }

    /** What was found in a document, each of type {@link #hit()}. */
    List<Row> hits(OpenDocument document, Retrieved retrieved) {
        List<Row> rows = new ArrayList<>();
        for (int q = 0; q < queries.size(); q++) {
            for (Hit hit : retrieved.hits().get(q)) {
                rows.add(RowFactory.create(
                        queries.get(q),
                        hit.rank(),
                        hit.score(),
                        document.start(hit.span()),
                        document.end(hit.span()),
                        hit.text(),
                        hit.relevance(),
                        hit.section()));
            }
        }
        return rows;
    }

    @Override
    public RowListing rowListing(Listing listing, ReaderProfile reader) {
        PassageListing passages = passageListing(listing, reader);
        return new RowListing() {
            @Override
            public void show(Row row) {
                passages.show(row.getString(0), row);
            }

            @Override
            public void end() {
                passages.end();
            }
        };
    }

    /** What lists the best passages of all documents beside something else. */
    BestPassages bestPassages(Listing listing, ReaderProfile reader) {
        return new BestPassages(passageListing(listing, reader), queries, topK);
    }

    private PassageListing passageListing(Listing listing, ReaderProfile reader) {
        double threshold =
                reader.relevance().map(RelevanceRules::nothingRelevantBelow).orElse(0.0);
        return new PassageListing(listing, queries, minRelevance == null ? threshold : minRelevance);
    }
}
