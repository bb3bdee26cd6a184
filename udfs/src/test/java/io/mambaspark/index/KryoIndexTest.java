package io.mambaspark.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.mambaspark.sql.MambaKryoRegistrator;
import io.mambaspark.sql.OwnJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that builds, changes and searches send is unknown to Kryo where classes must be registered. */
@Tag("thorough")
class KryoIndexTest {
    @TempDir
    private Path folder;

    @Test
    void anIndexLivesWithRegistrationRequired() throws Exception {
        String printed = OwnJvm.run(
                Life.class,
                "-Xmx1g",
                "-Dspark.serializer=org.apache.spark.serializer.KryoSerializer",
                "-Dspark.kryo.registrationRequired=true",
                "-Dspark.kryo.registrator=" + MambaKryoRegistrator.class.getName(),
                "-Dindex=" + folder);
        assertThat(printed).contains("all is well");
    }

    /** What is done there: all that can be done to an index. */
    static final class Life {
        private static final Path INDEX = Path.of(System.getProperty("index", "/"));

        private Life() {}

        public static void main(String[] arguments) throws IOException {
            Dataset<Row> documents = Library.documents("machine");
            build(documents).create();
            build(Library.withNewText(documents, "machine-1")).append();
            assertThat(index().delete(List.of("machine-2")).deleted()).isEqualTo(1);
            assertThat(index().verify()).isEmpty();
            assertThat(index().search("the time traveller", SearchOptions.defaults())
                            .count())
                    .isPositive();
            index().compact();
            assertThat(index().describe().documents()).isEqualTo(4);
            spoil();
            assertThat(index().verify()).isNotEmpty();
            build(documents).replace();
            assertThat(index().verify()).isEmpty();
            System.out.println("all is well");
            Library.spark().stop();
        }

        private static IndexBuild build(Dataset<Row> documents) {
            return MambaIndex.build(Library.spark(), INDEX.toString())
                    .documents(documents)
                    .keepColumns("title", "year")
                    .shards(2);
        }

        private static MambaIndex index() {
            return MambaIndex.open(Library.spark(), INDEX.toString());
        }

        private static void spoil() throws IOException {
            try (var files = Files.walk(INDEX.resolve("shards"))) {
                Files.delete(files.filter(file -> file.toString().endsWith(".cfs"))
                        .max(Comparator.naturalOrder()) // of the newest build: verify does not look at versions before
                        .orElseThrow());
            }
        }
    }
}
