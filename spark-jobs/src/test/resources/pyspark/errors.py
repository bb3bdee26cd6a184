"""What a user of PySpark sees of our errors. Ends with an error if one comes as another one's, or bare from the JVM.

With an address as argument over Spark Connect.
"""

import sys
import tempfile

from pyspark.errors import AnalysisException, SparkRuntimeException, StreamingQueryException
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

remote = sys.argv[1] if len(sys.argv) > 1 else None
builder = SparkSession.builder.remote(remote) if remote else SparkSession.builder
spark = builder.getOrCreate()
if not remote:
    spark.conf.set("spark.sql.pyspark.jvmStacktrace.enabled", False)

TOO_LONG = "mamba_embed_query(repeat('a b ', 600 + CAST(id AS INT)))"


def failure(run):
    try:
        run()
    except Exception as e:
        return e
    sys.exit("nothing failed")


def check(run, kind, condition, state, parameter, words):
    e = failure(run)
    assert isinstance(e, kind), (type(e), e)
    assert e.getCondition() == condition and e.getSqlState() == state, (e.getCondition(), e.getSqlState())
    assert parameter.items() <= e.getMessageParameters().items(), e.getMessageParameters()
    assert str(e).startswith(f"[{condition}] {words}") and f"SQLSTATE: {state}" in str(e), str(e)
    if remote:
        assert e.getMessage() == str(e), e.getMessage()
    else:
        # Known of PySpark without Connect: it asks Spark's own table of conditions. docs/errors.md says so.
        assert "Cannot find main error class" in str(failure(e.getMessage))


# Analysis
function = {"function": "mamba_summarize"}
words = "The argument max_words of mamba_summarize is -1."
check(lambda: spark.sql("SELECT mamba_summarize('a', -1)").collect(), AnalysisException, "MAMBA_MAX_WORDS_INVALID", "22023", function, words)
check(lambda: spark.range(1).select(F.expr("mamba_summarize('a', -1)")).collect(), AnalysisException, "MAMBA_MAX_WORDS_INVALID", "22023", function, words)
check(
    lambda: spark.sql("SELECT * FROM mamba_search('/no/such', 'x')").collect(),
    AnalysisException, "MAMBA_INDEX_NOT_FOUND", "42704", {"path": "file:/no/such"}, "There is no index at file:/no/such.",
)

# Tasks
function = {"function": "mamba_embed_query", "limit": "1024"}
words = "The query of mamba_embed_query has 120"
for run in [
    lambda: spark.sql(f"SELECT {TOO_LONG} FROM range(2)").collect(),
    lambda: spark.sql(f"SELECT {TOO_LONG} AS e FROM range(2)").toPandas(),
    lambda: spark.sql(f"SELECT {TOO_LONG} AS e FROM range(2)").write.format("noop").mode("overwrite").save(),
    lambda: spark.sql(f"SELECT {TOO_LONG.replace('mamba_', 'mamba.')} FROM range(2)").collect(),
]:
    check(run, SparkRuntimeException, "MAMBA_QUERY_TOO_LONG", "22023", function, words)
check(
    lambda: spark.sql("SELECT transform(array(id), x -> mamba_similarity(array(1F), array(1F, x))) FROM range(2)").collect(),
    SparkRuntimeException, "MAMBA_DIMENSION_MISMATCH", "22000", {"left": "1", "right": "2"}, "mamba_similarity got vectors of 1 and 2 numbers.",
)

# Through the gateway to the JVM
if not remote:
    check(
        lambda: spark._jvm.io.mambaspark.index.MambaIndex.open(spark._jsparkSession, "/no/such"),
        SparkRuntimeException, "MAMBA_INDEX_NOT_FOUND", "42704", {"path": "file:/no/such"}, "There is no index at",
    )
    documents = spark.sql("SELECT '1' AS id, 'a' AS text FROM range(2)")
    index = tempfile.mkdtemp() + "/index"
    check(
        lambda: spark._jvm.io.mambaspark.index.MambaIndex.build(spark._jsparkSession, index).documents(documents._jdf).create(),
        SparkRuntimeException, "MAMBA_INDEX_ID_REPEATED", "23505", {"id": "1"}, "The id 1 ",
    )

# What Spark wraps, whoever throws it
spark.udf.registerJavaFunction("java_summary", "io.mambaspark.sql.udf.MambaSummarize", "string")
e = failure(lambda: spark.sql("SELECT java_summary('a b', CAST(-1 - id AS INT)) FROM range(1)").collect())
assert "[FAILED_EXECUTE_UDF]" in str(e) and "[MAMBA_MAX_WORDS_INVALID] The argument max_words of" in str(e), e
assert type(e).__name__ == ("SparkException" if remote else "Py4JJavaError"), type(e)

rate = spark.readStream.format("rate").option("rowsPerSecond", 10).load()
query = rate.selectExpr(TOO_LONG.replace("id", "value") + " AS e").writeStream.format("noop").start()
e = failure(lambda: query.awaitTermination(120) or sys.exit("the stream does not fail"))
assert isinstance(e, StreamingQueryException) and e.getCondition() == "STREAM_FAILED", (type(e), e)
assert "[MAMBA_QUERY_TOO_LONG] " + words in str(e), e
assert "[MAMBA_QUERY_TOO_LONG] " + words in str(query.exception()), query.exception()

print("errors are Spark's own on", spark.version)
