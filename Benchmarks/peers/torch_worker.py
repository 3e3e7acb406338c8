"""PyTorch's side of `compare`: torch_worker.py FOLDER THREADS."""

import pathlib
import sys
import time

import numpy
import torch
from safetensors.torch import load_file
from torch.nn import functional as F

from gated import LAYOUTS, Gated
from networks import Zhang, reversed_texts
from onnx_export import export
from serve import serve
from sets import Set

FOLDER, THREADS = pathlib.Path(sys.argv[1]), int(sys.argv[2])
torch.set_num_threads(THREADS)
sets, networks, layouts = {}, {}, {}


def opened(name):
    if name not in sets:
        sets[name] = Set(FOLDER, name)
    return sets[name]


def tensors(data, batches):
    result = []
    for batch in batches:
        characters, lengths = data.padded(batch)
        result.append(
            (torch.from_numpy(characters), torch.from_numpy(lengths), torch.from_numpy(data.labels[batch])))
    return result


def gated(data, layout):
    network = Gated(data.network, layout)
    network.load_state_dict(load_file(data.weights))
    return network


def variant(network, how):
    return torch.compile(network, dynamic=True) if "compile" in how else network


def precision(how):
    """What products multiply: with bf16 the halves of floats, as PyTorch itself decides for each operation."""
    return torch.autocast("cpu", dtype=torch.bfloat16, enabled="bf16" in how)


def evaluation(data, how="eager"):
    """The network for predictions, in the layout that is faster here."""
    key = data.name, how
    if key not in networks:
        batch = tensors(data, data.prediction_batches(64, "given"))[0][:2]
        times = {}
        for layout in LAYOUTS:
            network = gated(data, layout).eval()
            with torch.inference_mode(), precision(how):
                network(*batch)
                start = time.perf_counter()
                for _ in range(3):
                    network(*batch)
                times[layout] = time.perf_counter() - start, network
        layout = min(times, key=lambda name: times[name][0])
        networks[key] = variant(times[layout][1], how), layout
    return networks[key]


def parameter_groups(network, settings):
    """Weight decay for weights, not for biases, scales and the embedding."""
    decayed = [value for name, value in network.named_parameters() if value.dim() > 1 and "embedding" not in name]
    others = [value for name, value in network.named_parameters() if value.dim() <= 1 or "embedding" in name]
    return [{"params": decayed, "weight_decay": settings["weightDecay"]}, {"params": others, "weight_decay": 0.0}]


def training_seconds(data, batches, layout, warmup, how):
    """Everything that CharCNN does in a step: dropout, smoothing, clipping, AdamW, averaged weights."""
    settings = data.training
    plain = gated(data, layout).train()
    network = variant(plain, how)
    parameters = list(plain.parameters())
    average = [value.detach().clone() for value in parameters]
    optimizer = torch.optim.AdamW(
        parameter_groups(plain, settings), lr=settings.get("rate", 0.002), betas=(settings["beta1"], settings["beta2"]),
        fused=True)
    seconds = []
    for number, (characters, lengths, labels) in enumerate(batches):
        start = time.perf_counter()
        with precision(how):
            loss = F.cross_entropy(
                network(characters, lengths), labels, label_smoothing=settings["labelSmoothing"])
        optimizer.zero_grad()
        loss.backward()
        if settings.get("clip"):
            torch.nn.utils.clip_grad_norm_(parameters, settings["clip"])
        optimizer.step()
        if settings["averaging"] > 0:
            with torch.no_grad():
                torch._foreach_lerp_(average, parameters, 1 - settings["averaging"])
        loss.item()
        seconds.append(time.perf_counter() - start)
    return seconds[warmup:]


def train(set, order, warmup, how="eager", **_):
    data = opened(set)
    given = data.training_batches()
    counted = given[warmup:]
    if order == "bucketed":
        # Its batches are others: warm up with the first ones of the given order.
        batches = tensors(data, given[:warmup] + data.bucketed(counted))
    else:
        batches = tensors(data, given)
    if set not in layouts:
        trial = batches[:4]
        layouts[set] = min(LAYOUTS, key=lambda layout: sum(training_seconds(data, trial, layout, 1, "eager")))
    seconds = training_seconds(data, batches, layouts[set], warmup, how)
    texts = [text for batch in counted for text in batch]
    return {
        "seconds": seconds, "texts": len(texts), "characters": int(data.lengths[texts].sum()), "note": layouts[set]}


def predict(set, count, order, how="eager", **_):
    data = opened(set)
    network, layout = evaluation(data, how)
    batches = [(c, l) for c, l, _ in tensors(data, data.prediction_batches(count, order))]
    with torch.inference_mode(), precision(how):
        torch.softmax(network(*batches[0]), -1)
        start = time.perf_counter()
        for batch in batches:
            torch.softmax(network(*batch), -1).max(-1)
        seconds = time.perf_counter() - start
    return {
        "seconds": [seconds], "texts": sum(len(c) for c, _ in batches),
        "characters": int(sum(l.sum() for _, l in batches)), "note": layout}


def probabilities(set, texts, how="eager", **_):
    data = opened(set)
    network, _ = evaluation(data, how)
    with torch.inference_mode(), precision(how):
        rows = [torch.softmax(network(c, l), -1) for c, l, _ in tensors(data, data.cut(texts, 8192))]
    return {"probabilities": torch.cat(rows).tolist()}


def latency(set, length, count, how="eager", **_):
    data = opened(set)
    network, layout = evaluation(data, how)
    characters, lengths = map(torch.from_numpy, data.long_text(length))
    seconds = []
    with torch.inference_mode(), precision(how):
        for number in range(count + 10):
            start = time.perf_counter()
            torch.softmax(network(characters, lengths), -1).max(-1).indices.item()
            seconds.append(time.perf_counter() - start)
    return {"seconds": seconds[10:], "note": layout}


def zhang(warmup, how="eager", count=0, **_):
    """Steps of zhang-small by its recipe, with dropout 0.5."""
    length, texts = 1014, 128
    characters = numpy.fromfile(FOLDER / "zhang-small.characters.i32", "<i4").reshape(-1, texts, length)
    labels = numpy.fromfile(FOLDER / "zhang-small.labels.i32", "<i4").reshape(-1, texts)
    weights = load_file(FOLDER / "zhang-small.safetensors")
    plain = Zhang(weights["convolutions.0.weight"].shape[1], weights["output.weight"].shape[0])
    plain.load_state_dict(weights)
    plain.train()
    network = torch.compile(plain) if "compile" in how else plain
    optimizer = torch.optim.SGD(plain.parameters(), lr=0.01, momentum=0.9, fused=True)
    seconds = []
    for batch, target in zip(characters, labels):
        batch = torch.from_numpy(batch.astype(numpy.int64))
        target = torch.from_numpy(target.astype(numpy.int64))
        start = time.perf_counter()
        with precision(how):
            loss = F.cross_entropy(network(reversed_texts(batch)), target)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        loss.item()
        seconds.append(time.perf_counter() - start)
    return {"seconds": seconds[warmup:], "texts": texts * len(seconds[warmup:]), "characters": 0}


def write_onnx(set, **_):
    data = opened(set)
    for layout in LAYOUTS:
        export(gated(data, layout).eval(), FOLDER / f"{set}.{layout}.onnx")
    return {}


def open_set(set, **_):
    evaluation(opened(set))
    return {}


serve({
    "train": train, "predict": predict, "probabilities": probabilities, "latency": latency, "zhang": zhang,
    "onnx": write_onnx, "open": open_set})
