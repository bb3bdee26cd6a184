"""What a user of PySpark writes: every way to call a function gives what SQL gives. Ends with an error if one does not.

With the argument "register" they are registered through the gateway; without it the jar alone has brought them.
"""

import sys
import tempfile

import pandas
from pyspark.errors import AnalysisException
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

TEXT = "The fire of London burned for four days in 1666. It was quiet. The cat slept."
FIRE = "The fire of London burned for four days in 1666."
HIT = "struct<rank int, score float, passage int, start int, end int, text string, relevance float, section string>"

spark = SparkSession.builder.getOrCreate()
texts = spark.createDataFrame([(1, TEXT), (2, None), (3, "🐇! " + TEXT), (4, " ")], "id INT, text STRING")
texts.createOrReplaceTempView("texts")

if sys.argv[1:] == ["register"]:
    assert spark.sql("SHOW FUNCTIONS LIKE '*mamba*'").collect() == []
    registration = spark._jvm.io.mambaspark.sql.MambaFunctions.register(spark._jsparkSession)
    assert registration.evaluation().batched(), registration.toString()
    again = spark._jvm.io.mambaspark.sql.MambaFunctions.register(spark._jsparkSession)
    assert again.equals(registration), again.toString()


def column(frame):
    return [row[0] for row in frame.collect()]


def plan(sql):
    return spark.sql("EXPLAIN " + sql).first()[0]


# SQL
query = "SELECT mamba_summarize(text, 10) AS summary FROM texts ORDER BY id"
summaries = column(spark.sql(query))
assert summaries == [FIRE, None, FIRE, ""], summaries
assert "MambaRead [mamba_summarize(" in plan(query), plan(query)

# Groups of rows, by Spark's own sort, and held in memory
ordered = "SELECT id % 2, mamba_summarize_agg(text, 10) WITHIN GROUP (ORDER BY id DESC) FROM texts GROUP BY id % 2"
held = "SELECT id % 2, mamba_summarize_agg(text, 10, -id), count(*) FROM texts GROUP BY id % 2"
assert "MambaReadGroups" in plan(ordered) and "MambaReadGroups" not in plan(held), plan(ordered)
whole = spark.sql("SELECT mamba_summarize(:text, 10)", args={"text": "🐇! " + TEXT + "\n\n" + TEXT}).first()[0]
for query in [ordered, held]:
    assert {row[0]: row[1] for row in spark.sql(query).collect()} == {0: "", 1: whole}, query

# DataFrames
assert column(texts.orderBy("id").select(F.expr("mamba_summarize(text, 10)"))) == summaries
assert column(texts.orderBy("id").select(F.call_function("mamba_summarize", "text", F.lit(10)))) == summaries
assert column(texts.orderBy("id").selectExpr("mamba_summarize(text, 10, NULL, NULL)")) == summaries
assert column(texts.orderBy("id").selectExpr("mamba_summarize(text, max_words => 10)")) == summaries

# pandas, with Arrow and without falling back from it
spark.conf.set("spark.sql.execution.arrow.pyspark.enabled", True)
spark.conf.set("spark.sql.execution.arrow.pyspark.fallback.enabled", False)
frame = (
    texts.where("id IN (1, 3)")
    .orderBy("id")
    .selectExpr("id", "mamba_embed(text) AS vector", "mamba_retrieve(text, 'the fire', 1) AS hits", "mamba_token_count(text) AS tokens")
    .toPandas()
)
assert isinstance(frame, pandas.DataFrame) and list(frame["id"]) == [1, 3]
assert [len(vector) for vector in frame["vector"]] == [384, 384]
assert abs(sum(float(x) ** 2 for x in frame["vector"][0]) - 1) < 1e-5
for row, text in zip(frame.itertuples(), [TEXT, "🐇! " + TEXT]):
    hit = row.hits[0]
    assert hit["rank"] == 1 and text[hit["start"] : hit["end"]] == hit["text"], hit
    assert row.tokens > 10

# Java functions by the name of their class
spark.udf.registerJavaFunction("java_summary", "io.mambaspark.sql.udf.MambaSummarize", "string")
spark.udf.registerJavaFunction("java_hits", "io.mambaspark.sql.udf.MambaRetrieve", f"array<{HIT}>")
spark.udf.registerJavaFunction("java_vector", "io.mambaspark.sql.udf.MambaEmbed")
spark.udf.registerJavaFunction("java_tokens", "io.mambaspark.sql.udf.MambaTokenCount", "int")
assert column(spark.sql("SELECT java_summary(text, 10) FROM texts ORDER BY id")) == summaries
row = spark.sql(
    "SELECT java_hits(text, 'the fire', 1) = mamba_retrieve(text, 'the fire', 1),"
    " java_vector(text) = mamba_embed(text), java_tokens(text) = mamba_token_count(text) FROM texts WHERE id = 3"
).first()
assert list(row) == [True, True, True], row

# An index of documents, built through the gateway, asked in SQL
documents = spark.createDataFrame([("fire", 1666, TEXT), ("cat", 2001, "🐇 Our cat sleeps on warm stones.")], "id STRING, year INT, text STRING")
with tempfile.TemporaryDirectory() as folder:
    index = folder + "/library"
    build = spark._jvm.io.mambaspark.index.MambaIndex.build(spark._jsparkSession, index)
    assert build.documents(documents._jdf).create().read() == 2
    spark.createDataFrame([(1, "Which city burned?"), (2, "warm stones"), (3, None)], "id INT, text STRING").createOrReplaceTempView("asked")
    found = spark.sql(f"SELECT * FROM mamba_search('{index}', queries => TABLE(asked), num_results => 1) ORDER BY query_id").collect()
    assert [(row.query_id, row.rank, row.doc_id) for row in found] == [(1, 1, "fire"), (2, 1, "cat")], found
    sleeps = documents.where("id = 'cat'").first().text
    assert sleeps[found[1].start : found[1].end] == found[1].text, found[1]
    query = "SELECT doc_id FROM mamba_search(index => :index, query => :query, filter => \"doc_id = 'fire'\")"
    assert column(spark.sql(query, args={"index": index, "query": "warm stones"})) == ["fire"]
    assert "MambaSearch" in plan(f"SELECT * FROM mamba_search('{index}', 'warm stones')")

# Errors come as PySpark's own
try:
    spark.sql("SELECT mamba_summarize(text, -1) FROM texts")
    sys.exit("a negative limit was not refused")
except Exception as e:
    assert "[MAMBA_MAX_WORDS_INVALID]" in str(e), e
try:
    spark.sql("SELECT mamba_summarize_agg(text) FROM texts")
    sys.exit("a group without an order was not refused")
except AnalysisException as e:
    assert e.getCondition() == "MAMBA_AGG_ORDER_REQUIRED", e
window = "SELECT mamba_summarize_agg(text, 10{}) OVER (ORDER BY id) FROM texts WHERE id = 1"
if sys.argv[1:] != ["register"]:  # an analyzer that is there already takes no rule that would look at the window
    assert column(spark.sql(window.format(""))) == [FIRE]
assert column(spark.sql(window.format(", id"))) == [FIRE]

print("all doors are open on", spark.version)
