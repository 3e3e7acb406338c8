#!/usr/bin/env python3
"""Checks the files of `charcnn embed` and the answers of `charcnn neighbors` against NumPy.

    vector_files.py CHARCNN BUNDLE TEXTS      the built tool, a model with a gated network, a file with a text a line

Needs NumPy. Writes into a temporary folder and says nothing but "ok" where all is well.
"""
import json
import pathlib
import struct
import subprocess
import sys
import tempfile

import numpy as np


def safetensors(path):
    data = path.read_bytes()
    size = struct.unpack("<Q", data[:8])[0]
    kinds = {"F32": np.dtype("<f4"), "I64": np.dtype("<i8")}
    return {
        name: np.frombuffer(data[8 + size :][slice(*t["data_offsets"])], kinds[t["dtype"]]).reshape(t["shape"])
        for name, t in json.loads(data[8 : 8 + size]).items()
    }


def main(tool, bundle, texts):
    def run(*arguments):
        return subprocess.run([tool, *map(str, arguments)], check=True, capture_output=True, text=True).stdout

    lines = pathlib.Path(texts).read_text(encoding="utf-8").split("\n")[:-1]
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for level in ("text", "word", "character"):
            for ending in ("npy", "safetensors", "jsonl"):
                run("embed", bundle, "--texts", texts, "--level", level, "--output", folder / f"{level}.{ending}", "--quiet")
            array = np.load(folder / f"{level}.npy", allow_pickle=False)
            assert array.dtype == np.dtype("<f4") and array.flags.c_contiguous and np.isfinite(array).all()
            file = safetensors(folder / f"{level}.safetensors")
            assert (file["vectors"] == array).all()
            assert file["texts"][0] == 0 and file["texts"][-1] == len(array) and len(file["texts"]) == len(lines) + 1
            objects = [json.loads(line) for line in open(folder / f"{level}.jsonl", encoding="utf-8")]
            assert [each["text"] for each in objects] == lines
            for number, each in enumerate(objects):
                rows = array[file["texts"][number] : file["texts"][number + 1]]
                vectors = [each["vector"]] if level == "text" else each["vectors"]
                assert (np.array(vectors, np.float32).reshape(rows.shape) == rows).all()
                if level == "word":
                    ranges = file["ranges"][file["texts"][number] : file["texts"][number + 1]]
                    assert [lines[number].encode()[a:b].decode() for a, b in ranges] == lines[number].split()

        # What NumPy writes, the tool reads; in the order of NumPy's own products.
        random = np.random.default_rng(1)
        corpus, queries = (random.standard_normal((n, 48)).astype(np.float32) for n in (5_000, 150))
        np.save(folder / "corpus.npy", corpus)
        np.save(folder / "queries.npy", queries)
        for similarity in ("dot", "cosine"):
            answers = run(
                "neighbors", folder / "corpus.npy", "--queries", folder / "queries.npy", "--top", 5,
                "--similarity", similarity, "--json",
            )
            a, b = corpus.astype(np.float64), queries.astype(np.float64)
            if similarity == "cosine":
                a, b = (x / np.linalg.norm(x, axis=1, keepdims=True) for x in (a, b))
            scores = b @ a.T
            for row, line in zip(scores, answers.splitlines(), strict=True):
                found = json.loads(line)["neighbors"]
                best = np.argsort(-row, kind="stable")[:5]
                assert np.allclose([each["score"] for each in found], row[best], atol=1e-4)
                assert [each["number"] - 1 for each in found] == list(best)
    print("ok")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
