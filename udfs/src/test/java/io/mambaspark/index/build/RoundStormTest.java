package io.mambaspark.index.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.mambaspark.index.BuildListener;
import io.mambaspark.index.Library;
import io.mambaspark.index.Passages;
import io.mambaspark.index.store.IndexFolder;
import io.mambaspark.index.store.IndexModel;
import io.mambaspark.index.store.StoredFile;
import io.mambaspark.storm.Storm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a build left that died, damaged by the thousand: it is reported and read again, and never taken for what it was. */
@Tag("storm")
class RoundStormTest {
    private static final RoundSettings SETTINGS =
            new RoundSettings(RoundSettings.FORMAT, new IndexModel("made up", "f".repeat(64), 2), Passages.RULE, "");
    private static final String BUILD = "000001-0000000000000000";
    private static final String ROUND = IndexFolder.ROUNDS + '/' + BUILD + "/round-0";

    @TempDir
    private Path around;

    private Path index;
    private IndexFolder folder;
    private Rounds rounds;
    private List<Row> whole;

    @BeforeEach
    void write() throws IOException {
        index = Files.createDirectory(around.resolve("index"));
        folder = IndexFolder.of(Library.spark(), index.toString());
        Dataset<Row> rows = Library.spark()
                .createDataFrame(
                        List.of(
                                RowFactory.create("a", "h", 0, 0, 7, "A text.", List.of(1f, 2f), null, null),
                                RowFactory.create("a", "h", null, null, null, null, null, 3L, null)),
                        Columns.ofRounds(new StructType()))
                .coalesce(1);
        List<StoredFile> files = SparkFiles.write(Library.spark(), rows, folder, ROUND).stream()
                .map(file -> file.named(file.name().substring(ROUND.length() + 1)))
                .toList();
        new RoundRecord(SETTINGS, files).write(folder, ROUND + ".json");
        rounds = new Rounds(Library.spark(), folder, SETTINGS, new StructType());
        whole = rounds.left(new Damages()).orElseThrow().collectAsList();
        Files.writeString(around.resolve("beside.txt"), "nobody's");
    }

    /** Counts what is reported. */
    private static final class Damages implements BuildListener {
        private final List<String> rounds = new ArrayList<>();

        @Override
        public void roundDamaged(String round, String problem) {
            rounds.add(round);
        }
    }

    @Test
    void aDamagedRoundIsReportedAndReadAgain() throws IOException {
        Path record = index.resolve(ROUND + ".json");
        Path parquet =
                index.resolve(ROUND).resolve(SparkFiles.names(folder, ROUND).get(0));
        for (Path file : new Path[] {record, parquet}) {
            Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
        }
        byte[] ofRecord = Files.readAllBytes(record);
        byte[] ofParquet = Files.readAllBytes(parquet);
        assertThat(new Storm("rounds", around, index).rage(random -> {
                    boolean damagesRecord = random.nextBoolean();
                    Files.write(record, damagesRecord ? Storm.damaged(ofRecord, random) : ofRecord);
                    Files.write(parquet, damagesRecord ? ofParquet : Storm.damaged(ofParquet, random));
                    Damages damages = new Damages();
                    Optional<Dataset<Row>> left = rounds.left(damages);
                    if (left.isEmpty()) {
                        assertThat(damages.rounds).hasSize(1);
                        return "reported";
                    }
                    assertThat(Files.readAllBytes(record)).isEqualTo(ofRecord);
                    assertThat(Files.readAllBytes(parquet)).isEqualTo(ofParquet);
                    assertThat(left.get().collectAsList()).isEqualTo(whole);
                    return "nothing damaged";
                }))
                .isEmpty();
    }
}
