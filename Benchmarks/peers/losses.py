"""Repeats a run of LossRun in PyTorch and prints both sides' losses as a Markdown table: losses.py FOLDER."""

import json
import pathlib
import statistics
import sys
import time

import numpy
import torch
from safetensors.torch import load_file
from torch.nn import functional as F

from networks import VDCNN, Zhang, reversed_texts


def train(run, folder, kind=torch.float32, noise=0.0, halves=False):
    """Losses and seconds of each step; `noise` is a relative change of the initial weights, `halves` products in bfloat16."""
    shape = len(run["losses"]), run["texts"], run["length"]
    characters = numpy.fromfile(folder / "characters.i32", "<i4").reshape(shape)
    labels = numpy.fromfile(folder / "labels.i32", "<i4").reshape(shape[:2])
    zhang = run["preset"].startswith("zhang")
    network = (Zhang if zhang else VDCNN)(run["alphabetSize"], run["classes"])
    missing, unexpected = network.load_state_dict(load_file(folder / "weights.safetensors"), strict=False)
    assert not unexpected and all(name.endswith("num_batches_tracked") for name in missing), (missing, unexpected)
    network = network.to(kind)
    generator = torch.Generator().manual_seed(1)
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.mul_(1 + noise * torch.randn(parameter.shape, generator=generator))
    optimizer = torch.optim.SGD(network.parameters(), lr=run["rate"], momentum=run["momentum"])
    losses, seconds = [], []
    for batch, target in zip(characters, labels):
        start = time.perf_counter()
        batch = torch.from_numpy(batch.astype(numpy.int64))
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=halves):
            scores = network(reversed_texts(batch) if zhang else batch)
        loss = F.cross_entropy(scores.to(kind), torch.from_numpy(target.astype(numpy.int64)))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        seconds.append(time.perf_counter() - start)
        print(f"step {len(losses)}: {run['losses'][len(losses) - 1]:.6f} {losses[-1]:.6f}", file=sys.stderr, flush=True)
    return losses, seconds


def difference(a, b):
    return [abs(x - y) / y for x, y in zip(a, b)]


def main():
    folder = pathlib.Path(sys.argv[1])
    run = json.loads((folder / "run.json").read_text())
    torch.set_num_threads(run["threads"])
    halves = run["precision"] == "bf16"
    losses, seconds = train(run, folder, halves=halves)
    columns = {"relative difference": difference(run["losses"], losses)}
    if halves:
        single = train(run, folder)[0]
        columns["CharCNN against PyTorch in single precision"] = difference(run["losses"], single)
        columns["PyTorch against itself in single precision"] = difference(losses, single)
    # How far the same program is from itself tells how much of a difference is rounding that the training magnifies.
    if "--noise" in sys.argv:
        other = train(run, folder, noise=6e-8)[0]
        columns["PyTorch from weights changed by 6e-8"] = difference(other, losses)
    if "--double" in sys.argv:
        exact = train(run, folder, kind=torch.float64)[0]
        columns["CharCNN against float64"] = difference(run["losses"], exact)
        columns["PyTorch against float64"] = difference(losses, exact)
    print("| step | CharCNN | PyTorch | " + " | ".join(columns) + " |")
    print("|---|---|---|" + "---|" * len(columns))
    for step in range(len(losses)):
        if step == 0 or (step + 1) % 10 == 0 or "--all" in sys.argv:
            figures = " | ".join(f"{column[step]:.1e}" for column in columns.values())
            print(f"| {step + 1} | {run['losses'][step]:.6f} | {losses[step]:.6f} | {figures} |")
    worst = {name: max(column) for name, column in columns.items()}
    print("\nWorst: " + "; ".join(f"{name} {value:.1e}" for name, value in worst.items()) + ".")
    # The first steps warm up.
    ours, theirs = (run["texts"] / statistics.median(times[3:]) for times in (run["seconds"], seconds))
    print(f"Median speed with {run['threads']} threads, {len(losses)} steps: CharCNN ({run['instructions']}, {run['precision']}) "
          f"{ours:.0f} texts/s, PyTorch {torch.__version__} {theirs:.0f} texts/s.")


if __name__ == "__main__":
    main()
