package io.mambaspark.passage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** The names and types that rows of passages have had since the first release, as DDL that users may have written down. */
class PassageFieldTest {
    @Test
    void rowsHaveTheNamesAndTypesThatTheyAlwaysHad() {
        assertThat(PassageField.rows(PassageField.values()).toDDL())
                .isEqualTo("query_id STRING,rank INT NOT NULL,score FLOAT NOT NULL,doc_id STRING NOT NULL,"
                        + "passage INT NOT NULL,start INT NOT NULL,end INT NOT NULL,text STRING NOT NULL,"
                        + "vector ARRAY<FLOAT> NOT NULL,highlighted STRING NOT NULL,lexical_rank INT,dense_rank INT,"
                        + "relevance FLOAT,section STRING,shards_missing ARRAY<STRING> NOT NULL,"
                        + "content_hash STRING NOT NULL,shard INT NOT NULL,ordinal INT NOT NULL");
    }

    @Test
    void rowsFromFilesMayHoldNullsAnywhere() {
        StructType rows = PassageField.nullableRows(PassageField.values());
        assertThat(rows)
                .isEqualTo(StructType.fromDDL("query_id STRING, rank INT, score FLOAT, doc_id STRING, passage INT,"
                        + " start INT, end INT, text STRING, vector ARRAY<FLOAT>, highlighted STRING, lexical_rank INT,"
                        + " dense_rank INT, relevance FLOAT, section STRING, shards_missing ARRAY<STRING>, content_hash STRING,"
                        + " shard INT, ordinal INT"));
    }

    @Test
    void fieldsHaveDifferentNames() {
        assertThat(Arrays.stream(PassageField.values()).map(PassageField::column))
                .doesNotHaveDuplicates();
    }
}
