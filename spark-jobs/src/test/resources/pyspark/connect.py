"""What a user of Spark Connect writes; the server has the functions. Ends with an error if something is not as it should be."""

import sys

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

TEXT = "The fire of London burned for four days in 1666. It was quiet. The cat slept."
FIRE = "The fire of London burned for four days in 1666."

spark = SparkSession.builder.remote(sys.argv[1]).getOrCreate()
assert "connect" in type(spark).__module__, type(spark)
texts = spark.createDataFrame([(1, TEXT), (2, None)], "id INT, text STRING")
texts.createOrReplaceTempView("texts")

query = "SELECT mamba_summarize(text, 10) AS summary, mamba_embed(text) AS vector FROM texts ORDER BY id"
rows = spark.sql(query).collect()
assert rows[0].summary == FIRE and len(rows[0].vector) == 384 and rows[1].summary is None, rows
plan = spark.sql("EXPLAIN " + query).first()[0]
assert "MambaRead [mamba_summarize(" in plan, plan

assert texts.where("id = 1").select(F.call_function("mamba_summarize", "text", F.lit(10))).first()[0] == FIRE
assert texts.where("id = 1").selectExpr("mamba_summarize(text, 10)").first()[0] == FIRE
frame = texts.where("id = 1").selectExpr("mamba_retrieve(text, 'the fire', 1) AS hits").toPandas()
assert frame["hits"][0][0]["rank"] == 1, frame

try:
    spark.sql("SELECT mamba_summarize(text, -1) FROM texts").collect()
    sys.exit("a negative limit was not refused")
except Exception as e:
    assert "MAMBA_MAX_WORDS_INVALID" in str(e), e

print("connected to", spark.version)
