"""What a user does with tables of Delta Lake and Apache Iceberg: a change by our functions is the change by SQL's own length.

The texts are letters and digits in turn: each is a token, so their tokens are as many as their characters.
"""

import sys

from pyspark.sql import SparkSession

spark = SparkSession.builder.getOrCreate()
spark.conf.set("spark.sql.files.minPartitionNum", "1")  # several files per task

DELTA = {
    "plain": "USING delta TBLPROPERTIES ('delta.enableDeletionVectors' = 'false')",
    "vectors": "USING delta TBLPROPERTIES ('delta.enableDeletionVectors' = 'true')",
    "feed": "USING delta PARTITIONED BY (k) TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true')",
}
MODES = "'write.update.mode' = '{0}', 'write.delete.mode' = '{0}', 'write.merge.mode' = '{0}', 'format-version' = '2'"
ICEBERG = {
    "ice.db.copied": f"USING iceberg TBLPROPERTIES ({MODES.format('copy-on-write')})",
    "ice.db.marked": f"USING iceberg PARTITIONED BY (k) TBLPROPERTIES ({MODES.format('merge-on-read')})",
}

ROWS = "SELECT id, id % 2 AS k, repeat('a1', CAST(id % 6 AS INT)) AS t, 0 AS n FROM range({}, {}, 1, {})"
CHANGES = [
    "INSERT INTO {table} SELECT id + 100, k, concat(t, 'b'), tokens(t) FROM {table} WHERE tokens(t) > 4",
    "UPDATE {table} SET n = 1 WHERE tokens(t) > 2",
    "UPDATE {table} SET n = tokens(concat(t, 'b2')) WHERE tokens(t) BETWEEN 3 AND 8 AND id % 3 = 0",
    "UPDATE {table} SET n = 5 WHERE tokens(t) > 1000",
    "DELETE FROM {table} WHERE tokens(t) > 8 AND id < 60",
    "MERGE INTO {table} AS to USING changes AS s ON to.id = s.id AND tokens(to.t) > 1 AND tokens(s.t) > 1"
    " WHEN MATCHED AND tokens(concat(s.t, to.t)) > 8 THEN UPDATE SET n = tokens(s.t) + tokens(to.t), t = s.t"
    " WHEN MATCHED AND tokens(to.t) = 2 THEN DELETE"
    " WHEN NOT MATCHED AND tokens(s.t) < 9 THEN INSERT (id, k, t, n) VALUES (s.id + 1000, s.k, s.t, tokens(s.t))"
    " WHEN NOT MATCHED BY SOURCE AND tokens(to.t) = 6 THEN UPDATE SET n = -tokens(to.t)",
    "MERGE INTO {table} AS to USING (SELECT tokens(t) AS n, min(id) AS id FROM changes GROUP BY tokens(t)) AS s"
    " ON tokens(to.t) = s.n AND to.id = s.id WHEN MATCHED THEN UPDATE SET n = -1",
]

spark.sql(ROWS.format(20, 140, 3)).createOrReplaceTempView("changes")


def changed(name, properties, call):
    """The rows of a table after each change, and what the change reported."""
    table = name + "_" + call.strip("(")
    spark.sql(f"CREATE TABLE {table} (id BIGINT, k BIGINT, t STRING, n INT) {properties}")
    spark.sql(f"INSERT INTO {table} {ROWS.format(0, 90, 6)}")
    states = []
    for change in CHANGES:
        reported = spark.sql(change.format(table=table).replace("tokens(", call)).collect()
        states.append((change, reported, sorted(spark.table(table).collect())))
    return states


tables = {"delta": DELTA, "iceberg": ICEBERG}[sys.argv[1]]
for name, properties in tables.items():
    wanted = changed(name, properties, "length(")
    assert len({str(rows) for _, _, rows in wanted}) == len(CHANGES) - 1, [(change, rows) for change, _, rows in wanted]
    # All rows of a task held together, and for one table one row and two rows
    for size in ["64m", "1", "700"] if name == next(iter(tables)) else ["64m"]:
        spark.conf.set("spark.mamba.batch.maxBytes", size)
        found = changed(f"{name}_{size}", properties, "mamba_token_count(")
        for was, should in zip(found, wanted):
            assert was == should, (name, size, was, should)
        print(name, "with", size, "is as it should be")

# What a summary is written to, from groups of rows
name, properties = next(iter(tables.items()))
spark.sql(f"CREATE TABLE {name}_summaries (k BIGINT, s STRING) {properties.split(' PARTITIONED')[0]}")
spark.sql(
    f"INSERT INTO {name}_summaries SELECT k, mamba_summarize_agg(t, 20) WITHIN GROUP (ORDER BY id) FROM changes GROUP BY k"
)
spark.sql(f"UPDATE {name}_summaries SET s = mamba_summarize(s, 1) WHERE length(s) > 0")
assert spark.table(f"{name}_summaries").where("length(s) > 0").count() == 2

print("all tables are as they should be on", spark.version)
