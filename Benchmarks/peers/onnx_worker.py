"""ONNX Runtime's side of `compare`: onnx_worker.py FOLDER THREADS."""

import pathlib
import sys
import time

import numpy
import onnxruntime

from serve import serve
from sets import Set

FOLDER, THREADS = pathlib.Path(sys.argv[1]), int(sys.argv[2])
sets = {}
LAYOUTS = "nlc", "ncl"  # Those of gated.py; the faster one is used.


def opened(name):
    if name not in sets:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = THREADS
        options.inter_op_num_threads = 1
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
        data, times = Set(FOLDER, name), {}
        batch = data.padded(data.prediction_batches(64, "given")[0])
        for layout in LAYOUTS:
            session = onnxruntime.InferenceSession(
                str(FOLDER / f"{name}.{layout}.onnx"), options, providers=["CPUExecutionProvider"])
            scores(session, *batch)
            start = time.perf_counter()
            for _ in range(3):
                scores(session, *batch)
            times[layout] = time.perf_counter() - start, session
        layout = min(times, key=lambda name: times[name][0])
        sets[name] = data, times[layout][1], layout
    return sets[name]


def scores(session, characters, lengths):
    return session.run(None, {"characters": characters, "lengths": lengths})[0]


def softmax(x):
    x = numpy.exp(x - x.max(-1, keepdims=True))
    return x / x.sum(-1, keepdims=True)


def predict(set, count, order, **_):
    data, session, layout = opened(set)
    batches = [data.padded(batch) for batch in data.prediction_batches(count, order)]
    scores(session, *batches[0])
    start = time.perf_counter()
    for batch in batches:
        softmax(scores(session, *batch)).argmax(-1)
    seconds = time.perf_counter() - start
    return {
        "seconds": [seconds], "texts": sum(len(c) for c, _ in batches),
        "characters": int(sum(l.sum() for _, l in batches)),
        "note": layout}


def probabilities(set, texts, **_):
    data, session, _ = opened(set)
    rows = [softmax(scores(session, *data.padded(batch))) for batch in data.cut(texts, 8192)]
    return {"probabilities": numpy.concatenate(rows).tolist()}


def latency(set, length, count, **_):
    data, session, layout = opened(set)
    batch = data.long_text(length)
    seconds = []
    for number in range(count + 10):
        start = time.perf_counter()
        softmax(scores(session, *batch)).argmax()
        seconds.append(time.perf_counter() - start)
    return {"seconds": seconds[10:], "note": layout}


def open_set(set, **_):
    opened(set)
    return {}


serve({"predict": predict, "probabilities": probabilities, "latency": latency, "open": open_set})
