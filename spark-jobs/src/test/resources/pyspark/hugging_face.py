"""What a vector a row costs without this library: the built-in model in Hugging Face transformers, in a pandas_udf.
Beside it mamba_embed, in turns with it in one session, on the same cached rows; both are warm when the turns begin.

    pip install pyspark[sql] torch transformers
    spark-submit --master local[2] --jars bundle.jar --conf spark.mamba.device=cpu \
        hugging_face.py MODEL BOOKS [ROWS [TURNS]]

MODEL is the model's folder, BOOKS a folder of texts. ROWS is a number of rows, for each of which whole paragraphs are
joined to about 470 tokens, or "books" for a row a book. A turn is the pandas_udf once, then mamba_embed for a third of
that time. Peaks of memory are those of the processes: Python's workers, and the JVM that holds this library's model.
"""

import os
import re
import sys
import time
from itertools import islice
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
wanted = sys.argv[3] if len(sys.argv) > 3 else "200"
turns = int(sys.argv[4]) if len(sys.argv) > 4 else 2
spark = SparkSession.builder.getOrCreate()


def say(line):
    print("PEER", line, flush=True)


def rows():
    """[id, text, tokens]"""
    tokenizer = Tokenizer.from_file(f"{model_folder}/tokenizer.json")

    def length(text):
        return len(tokenizer.encode(text).ids)

    texts = [book.read_text(encoding="utf-8") for book in books]
    if wanted != "books":
        paragraphs = (text for book in texts for text in book.split("\n\n"))
        texts = islice(joined(paragraphs, length), int(wanted))
    return [(i, text, length(text)) for i, text in enumerate(texts)]


def joined(paragraphs, length):
    """Texts of as many paragraphs as have MOST_TOKENS together."""
    text, tokens = [], 0
    for paragraph in paragraphs:
        more = length(paragraph)
        if text and tokens + more > MOST_TOKENS:
            yield "\n\n".join(text)
            text, tokens = [], 0
        text.append(paragraph)
        tokens += more


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


def peak_mb(*pids):
    """All of them together, each at its own peak."""
    found = [re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text()) for pid in pids]
    return sum(int(kilobytes[1]) for kilobytes in found) // 1024


def workers():
    """The processes of Python's workers and the one that forks them."""
    lines = {path.parent.name: path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline")}
    return [pid for pid, line in lines.items() if b"pyspark.daemon" in line]


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

all_theirs, all_ours, their_mb = [], [], 0
for turn in range(turns):
    all_theirs.append(rate(theirs, total))
    their_mb = max(their_mb, peak_mb(*workers()))
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
    f"{table.count()} rows, {total} tokens: transformers {mean(all_theirs):.0f} tokens/s, "
    f"mamba_embed {mean(all_ours):.0f}: {mean(all_ours) / mean(all_theirs):.2f} times"
)
jvm = spark.sparkContext._jvm.java.lang.ProcessHandle.current().pid()
say(f"peak of memory: Python's workers {their_mb} MB, the JVM {peak_mb(jvm)} MB")
spark.stop()
