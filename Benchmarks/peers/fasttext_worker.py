"""fastText's side of `compare`: its own model (a bag of words and of character n-grams 2 to 5), the same texts.

    fasttext_worker.py FOLDER THREADS
"""

import json
import pathlib
import sys
import time

import fasttext

from serve import serve

FOLDER, THREADS = pathlib.Path(sys.argv[1]), int(sys.argv[2])


def whole(set):
    """All texts as fastText reads them: each character of a text without blanks is a word."""
    with open(FOLDER / f"{set}.whole.jsonl", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    texts = [" ".join(row["text"].split()) for row in rows]
    if sum(text.count(" ") for text in texts) < len(texts) * 2:
        texts = [" ".join(text.replace(" ", "")) for text in texts]
    return [(row["label"], text) for row, text in zip(rows, texts)]


def solve(set, **_):
    """From a file to a model that is written: words and sequences of two and three of them."""
    data = whole(set)
    path = FOLDER / f"{set}.whole.fasttext"
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(f"__label__{label.replace(' ', '_')} {text}\n" for label, text in data)
    start = time.perf_counter()
    model = fasttext.train_supervised(
        str(path), epoch=10, lr=0.5, dim=100, wordNgrams=3, thread=THREADS, verbose=0)
    model.save_model(str(FOLDER / f"{set}.whole.bin"))
    return {
        "seconds": [time.perf_counter() - start], "texts": len(data), "characters": sum(len(text) for _, text in data)}


def answer(set, **_):
    model = fasttext.load_model(str(FOLDER / f"{set}.whole.bin"))
    texts = [text + "\n" for _, text in whole(set)]
    start = time.perf_counter()
    for text in texts:
        model.f.predict(text, 1, 0.0, "strict")
    return {"seconds": [time.perf_counter() - start], "texts": len(texts), "characters": sum(map(len, texts))}


def lines(set):
    with open(FOLDER / f"{set}.jsonl", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return [(row["label"], " ".join(row["text"].split())) for row in rows]


def train(set, **_):
    """One epoch over the prepared texts."""
    data = lines(set)
    path = FOLDER / f"{set}.fasttext"
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(f"__label__{label.replace(' ', '_')} {text}\n" for label, text in data)
    start = time.perf_counter()
    model = fasttext.train_supervised(str(path), epoch=1, thread=THREADS, minn=2, maxn=5, verbose=0)
    seconds = time.perf_counter() - start
    model.save_model(str(FOLDER / f"{set}.ftz"))
    return {"seconds": [seconds], "texts": len(data), "characters": sum(len(text) for _, text in data)}


def predict(set, count, **_):
    model = fasttext.load_model(str(FOLDER / f"{set}.ftz"))
    texts = [text for _, text in lines(set)[:count]]
    start = time.perf_counter()
    for text in texts:
        model.f.predict(text + "\n", 1, 0.0, "strict")
    return {"seconds": [time.perf_counter() - start], "texts": len(texts), "characters": sum(map(len, texts))}


serve({"train": train, "predict": predict, "solve": solve, "answer": answer})
