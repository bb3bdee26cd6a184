package io.mambaspark.jobs;

import static org.apache.spark.sql.functions.col;

import io.mambaspark.model.ReaderProfile;
import io.mambaspark.passage.PassageField;
import io.mambaspark.reading.Document;
import io.mambaspark.reading.MambaModel;
import io.mambaspark.reading.Outcomes;
import io.mambaspark.task.Embedder;
import io.mambaspark.task.Embedding;
import io.mambaspark.task.Unit;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A vector of each passage of each document, or of each whole document. */
record EmbedTask(Unit unit) implements DocumentTask<Embedding> {
    private static final int NUMBERS_LISTED = 4;

    @Override
    public StructType schema() {
        return PassageField.nullableRows(
                        new StructType().add("id", DataTypes.StringType),
                        PassageField.PASSAGE,
                        PassageField.START,
                        PassageField.END,
                        PassageField.TEXT,
                        PassageField.VECTOR)
                .add("error", DataTypes.StringType);
    }

    @Override
    public List<Column> order() {
        return List.of(col("id"), col(PassageField.PASSAGE.column()));
    }

    @Override
    public Outcomes<Embedding> read(MambaModel model, Iterator<Document> documents) {
        return new Embedder(model, unit).embed(documents);
    }

    @Override
    public List<Row> rows(OpenDocument document, Embedding embedding) {
        return List.of(RowFactory.create(
                document.id(),
                embedding.passage(),
                document.start(embedding.span()),
                document.end(embedding.span()),
                embedding.text(),
                embedding.vector(),
                null));
    }

    @Override
    public RowListing rowListing(Listing listing, ReaderProfile reader) {
        return row -> list(row, listing);
    }

    private static void list(Row row, Listing listing) {
        listing.heading(row.getString(0), "");
        List<Float> vector = row.getList(5);
        String numbers = vector.stream()
                .limit(NUMBERS_LISTED)
                .map(number -> String.format(Locale.ROOT, "%.4f", number))
                .collect(Collectors.joining(", "));
        listing.paragraph(String.format(
                Locale.ROOT,
                "%d. [%d, %d) (%s, … %d numbers)  %s",
                row.getInt(1),
                row.getInt(2),
                row.getInt(3),
                numbers,
                vector.size(),
                row.getString(4)));
    }
}
