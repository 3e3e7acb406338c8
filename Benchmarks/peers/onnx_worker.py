"""The side of `compare` that runs ONNX files: onnx_worker.py FOLDER THREADS [onnxruntime|openvino].

`how` is int8 for ONNX Runtime's own dynamic quantization and bf16 for products in bfloat16 (OpenVINO)."""

import pathlib
import sys
import time

import numpy

from serve import serve
from sets import Set

FOLDER, THREADS = pathlib.Path(sys.argv[1]), int(sys.argv[2])
RUNTIME = sys.argv[3] if len(sys.argv) > 3 else "onnxruntime"
sets = {}
LAYOUTS = "nlc", "ncl"  # Those of gated.py; the faster one is used.


def quantized(path):
    """The file with weights of 8 bits, whose activations get their scales while the network runs."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    target = path.with_suffix(".int8.onnx")
    if not target.exists():
        # Its kernels for convolutions take unsigned weights alone.
        quantize_dynamic(path, target, weight_type=QuantType.QUInt8)
    return target


def opened_by_onnxruntime(path, how):
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    options.inter_op_num_threads = 1
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
    session = onnxruntime.InferenceSession(
        str(quantized(path) if how == "int8" else path), options, providers=["CPUExecutionProvider"])
    return lambda inputs: session.run(None, inputs)[0]


def opened_by_openvino(path, how):
    import openvino

    model = openvino.Core().compile_model(str(path), "CPU", {
        "INFERENCE_NUM_THREADS": THREADS, "NUM_STREAMS": 1, "PERFORMANCE_HINT": "LATENCY",
        "INFERENCE_PRECISION_HINT": "bf16" if how == "bf16" else "f32"})
    return lambda inputs: model(inputs)[0]


def opened(name, how=""):
    if (name, how) not in sets:
        data, times = Set(FOLDER, name), {}
        batch = data.padded(data.prediction_batches(64, "given")[0])
        for layout in LAYOUTS:
            path = FOLDER / f"{name}.{layout}.onnx"
            session = opened_by_openvino(path, how) if RUNTIME == "openvino" else opened_by_onnxruntime(path, how)
            scores(session, *batch)
            start = time.perf_counter()
            for _ in range(3):
                scores(session, *batch)
            times[layout] = time.perf_counter() - start, session
        layout = min(times, key=lambda name: times[name][0])
        sets[name, how] = data, times[layout][1], layout
    return sets[name, how]


def scores(session, characters, lengths):
    return session({"characters": characters, "lengths": lengths})


def softmax(x):
    x = numpy.exp(x - x.max(-1, keepdims=True))
    return x / x.sum(-1, keepdims=True)


def predict(set, count, order, how="", **_):
    data, session, layout = opened(set, how)
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


def probabilities(set, texts, how="", **_):
    data, session, _ = opened(set, how)
    rows = [softmax(scores(session, *data.padded(batch))) for batch in data.cut(texts, 8192)]
    return {"probabilities": numpy.concatenate(rows).tolist()}


def latency(set, length, count, how="", **_):
    data, session, layout = opened(set, how)
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
