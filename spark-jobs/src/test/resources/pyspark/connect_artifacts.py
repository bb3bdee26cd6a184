"""Two sessions of a Connect server that knows nothing of us: each brings the jar, one leaves, the other goes on."""

import sys

from pyspark.sql.connect.session import SparkSession

REMOTE, JAR = sys.argv[1:]
TEXT = "The fire of London burned for four days in 1666. It was quiet. The cat slept."
FIRE = "The fire of London burned for four days in 1666."
QUERY = f"SELECT mamba.summarize(concat('{TEXT}', CAST(id AS STRING)), 10), java_tokens('The cat slept.') FROM range(1)"


def connect():
    spark = SparkSession.builder.remote(REMOTE).create()
    spark.addArtifacts(JAR)
    spark.conf.set("spark.sql.catalog.mamba", "io.mambaspark.sql.MambaCatalog")
    spark.udf.registerJavaFunction("java_tokens", "io.mambaspark.sql.udf.MambaTokenCount", "int")
    return spark


first, second = connect(), connect()
assert first.session_id != second.session_id
for spark in (first, second, first):
    assert list(spark.sql(QUERY).first()) == [FIRE, 4]
first.stop()
assert list(second.sql(QUERY).first()) == [FIRE, 4]
third = connect()
assert list(third.sql(QUERY).first()) == [FIRE, 4]
second.stop()
print("sessions leave each other alone on", third.version)
third.stop()
