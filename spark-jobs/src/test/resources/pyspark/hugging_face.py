"""What a vector a row costs without this library: the built-in model in Hugging Face transformers, in a pandas_udf.
Beside it mamba_embed, in turns with it in one session, on the same cached rows; both are warm when the turns begin.

    pip install pyspark[sql] torch transformers
    spark-submit --master local[2] --jars bundle.jar --conf spark.mamba.device=cpu \
        hugging_face.py MODEL BOOKS [ROWS [TURNS]]

MODEL is the model's folder, BOOKS a folder of texts, of which whole paragraphs are joined until a row has about 470
tokens. A turn is the pandas_udf once, then mamba_embed for a third of that time.
"""

import os
import sys
import time
from pathlib import Path
from typing import Iterator

os.environ["OMP_NUM_THREADS"] = "1"  # one worker a core
os.environ["HF_HUB_OFFLINE"] = "1"

import pandas as pd
from pyspark.sql import SparkSession
from pyspark.sql.functions import pandas_udf
from tokenizers import Tokenizer

MOST_TOKENS = 550
D_MODEL = 384

model_folder, books = sys.argv[1], sorted(Path(sys.argv[2]).glob("*.txt"))
count = int(sys.argv[3]) if len(sys.argv) > 3 else 200
turns = int(sys.argv[4]) if len(sys.argv) > 4 else 2
spark = SparkSession.builder.getOrCreate()


def say(line):
    print("PEER", line, flush=True)


def paragraphs():
    """Each with its tokens."""
    tokenizer = Tokenizer.from_file(f"{model_folder}/tokenizer.json")
    for book in books:
        for text in book.read_text(encoding="utf-8").split("\n\n"):
            yield text, len(tokenizer.encode(text).ids)


def rows():
    """[id, text, tokens]"""
    made, texts, tokens = [], [], 0
    for text, length in paragraphs():
        if texts and tokens + length > MOST_TOKENS:
            made.append((len(made), "\n\n".join(texts), tokens))
            texts, tokens = [], 0
            if len(made) == count:
                return made
        texts.append(text)
        tokens += length
    raise SystemExit(f"the books make only {len(made)} rows, not {count}")


@pandas_udf("array<float>")
def embed(batches: Iterator[pd.Series]) -> Iterator[pd.Series]:
    import torch
    from transformers import MambaModel

    # Once a task, a second of a hundred: what a function keeps in a worker is gone with its task.
    torch.set_num_threads(1)
    tokenizer = Tokenizer.from_file(f"{model_folder}/tokenizer.json")
    model = MambaModel.from_pretrained(model_folder, dtype=torch.float32).eval()
    with torch.inference_mode():
        for texts in batches:
            ids = [torch.tensor([tokenizer.encode(text).ids]) for text in texts]
            # One by one: rows padded to the longest of a batch took longer.
            yield pd.Series([model(row, use_cache=False).last_hidden_state[0].mean(0).numpy() for row in ids])


def rate(query, tokens):
    start = time.perf_counter()
    vectors = query.collect()
    seconds = time.perf_counter() - start
    assert all(len(row.vector) == D_MODEL for row in vectors)
    return tokens / seconds


def mean(rates):
    """Of equal works: all tokens over all seconds."""
    return len(rates) / sum(1 / r for r in rates)


spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", "8")
table = spark.sparkContext.parallelize(rows(), 2).toDF("id INT, text STRING, tokens INT").cache()
total = table.groupBy().sum("tokens").first()[0]
theirs = table.select("id", embed("text").alias("vector"))
ours = table.selectExpr("id", "mamba_embed(text) AS vector")

few = table.where("id % 5 = 0").cache()
few.select(embed("text")).collect()
for _ in range(10):
    few.selectExpr("mamba_embed(text)").collect()
rate(ours, total)

all_theirs, all_ours = [], []
for turn in range(turns):
    all_theirs.append(rate(theirs, total))
    behind = time.perf_counter() + total / all_theirs[-1] / 3
    mine = []
    while time.perf_counter() < behind:
        mine.append(rate(ours, total))
    all_ours += mine
    say(
        f"turn {turn}: transformers {all_theirs[-1]:.0f} tokens/s, mamba_embed "
        f"{' '.join(f'{r:.0f}' for r in mine)}: {mean(mine) / all_theirs[-1]:.2f} times"
    )
say(
    f"{count} rows, {total} tokens: transformers {mean(all_theirs):.0f} tokens/s, mamba_embed {mean(all_ours):.0f}: "
    f"{mean(all_ours) / mean(all_theirs):.2f} times"
)
spark.stop()
