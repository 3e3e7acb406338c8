"""Runs CharCNN and its peers in turn on this machine and prints medians and ratios as Markdown; see `compare --help`."""

import argparse
import importlib.util
import math
import os
import pathlib
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time

from contender import ROOT, Contenders, Failure

SETS = {
    "thucnews": ("thucnews/train.tsv", "Chinese headlines"),
    "imdb": ("imdb/train.tsv", "film reviews, first 2,000 characters"),
    "clinc150": ("clinc150/train.jsonl", "intents"),
}
QUICK = {
    "rounds": 2, "texts": {"thucnews": 4000, "imdb": 600, "clinc150": 4000}, "predicted": {"imdb": 200},
    "steps": {"thucnews": 30, "imdb": 4, "clinc150": 30}, "zhang": 2, "latency": {20: 200, 200: 100, 2000: 30},
    "cold": 4, "growth": [1_000, 10_000], "lengths": [20, 200, 2_000, 20_000], "trained": 1_000,
}
FULL = {
    "rounds": 3, "texts": {"thucnews": 20_000, "imdb": 2_500, "clinc150": 15_000}, "predicted": {"imdb": 1_000},
    "steps": {"thucnews": 150, "imdb": 16, "clinc150": 150}, "zhang": 4, "latency": {20: 2_000, 200: 1_000, 2000: 200},
    "cold": 15, "growth": [1_000, 10_000, 100_000, 1_000_000], "lengths": [20, 200, 2_000, 20_000], "trained": 100_000,
}
WARMUP = 3
BF16 = "CharCNN bf16"
COMPARED = 1_000


def say(text):
    print(text, file=sys.stderr, flush=True)


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def number(value):
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def difference(reference, rows, who):
    """The largest difference of two lists of rows of probabilities, which must have the same sizes."""
    if [len(row) for row in rows] != [len(row) for row in reference]:
        raise SystemExit(f"{who} gives other numbers of texts or classes than CharCNN")
    values = [value for both in (reference, rows) for row in both for value in row]
    if not all(map(math.isfinite, values)):
        raise SystemExit(f"CharCNN or {who} gives probabilities that are no numbers")
    return max((abs(a - b) for row, other in zip(reference, rows) for a, b in zip(row, other)), default=0)


class Comparison:
    def __init__(self, arguments, folder, instructions, sections):
        self.arguments, self.instructions, self.sections = arguments, instructions, sections
        self.plan = QUICK if arguments.quick else FULL
        self.rounds = arguments.rounds or self.plan["rounds"]
        self.folder = pathlib.Path(folder)
        self.contenders = Contenders(self.folder, arguments.threads, instructions)
        self.failures = []
        self.names = [name for name in SETS if name in arguments.sets]
        self.openvino = ["OpenVINO"] if importlib.util.find_spec("openvino") else []

    def prepare(self):
        # The step of zhang-small is measured on the film reviews, whatever sets are asked for.
        if set(self.sections) == {"h"}:
            return
        for name in dict.fromkeys([*self.names, *(["imdb"] if "a" in self.sections else [])]):
            if (self.folder / f"{name}.ncl.onnx").exists():
                continue
            say(f"preparing {name}")
            path, _ = SETS[name]
            self.contenders["CharCNN"].ask(
                "prepare", set=name, data=str(pathlib.Path(self.arguments.data) / path), length=2_000,
                count=self.plan["texts"][name])
            self.contenders["PyTorch"].ask("onnx", set=name)

    def rounds_of(self, cases, rounds=None):
        """Asks every contender once a round; {label: [replies]} without those that failed."""
        replies, failed = {label: [] for label, *_ in cases}, set()
        for _ in range(rounds or self.rounds):
            for label, who, work, request in cases:
                if label in failed:
                    continue
                try:
                    replies[label].append(self.contenders[who].ask(work, **request))
                except Failure as failure:
                    say(str(failure))
                    self.failures.append(str(failure))
                    failed.add(label)
        return {label: found for label, found in replies.items() if found and label not in failed}

    def speeds(self, replies):
        return {
            label: [reply["texts"] / sum(reply["seconds"]) for reply in found] for label, found in replies.items()}

    def speed_table(self, replies, first="CharCNN"):
        """Median texts/s; the ratio is the median over the rounds, whose neighbours in time meet the same load."""
        speeds = self.speeds(replies)
        rows = []
        for label, values in speeds.items():
            ratios = [ours / theirs for ours, theirs in zip(speeds[first], values)]
            ratio = "" if label == first else f"{statistics.median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})"
            note = replies[label][0].get("note")
            rows.append([label + (f" ({note})" if note else ""), number(statistics.median(values)), ratio])
        return table(["", "texts/s", "CharCNN is faster by (lowest–highest of the rounds)"], rows)

    def both_tables(self, replies):
        """Everybody beside CharCNN in single precision, and the peers' best beside CharCNN in bfloat16."""
        best = "bf16", "ONNX", "OpenVINO"
        halves = {label: found for label, found in replies.items() if any(word in label for word in best)}
        return self.speed_table(replies) + "\n\n" + self.speed_table(halves, first=BF16)

    def check(self, name, count):
        """The same weights must give the same answers, or the comparison means nothing: the largest difference between
        the probabilities of CharCNN and those of the others, on texts spread evenly over those that are predicted."""
        size = min(COMPARED, count)
        request = {"set": name, "texts": [place * count // size for place in range(size)]}
        reference = self.contenders["CharCNN"].ask("probabilities", **request)["probabilities"]
        others = [(who, {}) for who in ("PyTorch", "ONNX Runtime", *self.openvino)]
        if self.arguments.compile:
            others.append(("PyTorch", {"how": "compile"}))
        worst = 0
        for who, how in others:
            try:
                rows = self.contenders[who].ask("probabilities", **request, **how)["probabilities"]
            except Failure as failure:
                self.failures.append(str(failure))
                continue
            worst = max(worst, difference(reference, rows, who))
        if worst > 1e-4:
            raise SystemExit(f"{name}: the contenders disagree: probabilities differ by {worst:.1e}")
        return worst, size

    # The sections.

    def zhang(self):
        request = {"set": "imdb", "count": self.plan["zhang"], "warmup": 1}
        cases = [("CharCNN", "CharCNN", "zhang", request), ("PyTorch", "PyTorch", "zhang", request)]
        if self.arguments.compile:
            cases.append(("PyTorch compiled", "PyTorch", "zhang", {**request, "how": "compile"}))
        cases.append(("CharCNN, 1 thread", "CharCNN, 1 thread", "zhang", request))
        halves = [(BF16, BF16, "zhang", request), ("PyTorch bf16", "PyTorch", "zhang", {**request, "how": "bf16"})]
        if self.arguments.compile:
            halves.append(("PyTorch bf16 compiled", "PyTorch", "zhang", {**request, "how": "bf16 compile"}))
        return ("Training step of zhang-small, 1014 characters, 128 texts, dense",
                self.both_tables(self.rounds_of(cases + halves)))

    def training(self):
        parts = []
        for name in self.names:
            say(f"training {name}")
            request = {"set": name, "count": self.plan["steps"][name], "warmup": WARMUP}
            cases = [("CharCNN", "CharCNN", "train", request)]
            for order in ("padded", "bucketed"):
                given = {"set": name, "order": order, "warmup": WARMUP}
                cases.append((f"PyTorch, {order}", "PyTorch", "train", given))
                if self.arguments.compile:
                    cases.append((f"PyTorch compiled, {order}", "PyTorch", "train", {**given, "how": "compile"}))
            cases.append(("CharCNN, 1 thread", "CharCNN, 1 thread", "train", request))
            cases.append((BF16, BF16, "train", request))
            halves = {"set": name, "order": "bucketed", "warmup": WARMUP, "how": "bf16"}
            cases.append(("PyTorch bf16, bucketed", "PyTorch", "train", halves))
            if self.arguments.compile:
                cases.append(
                    ("PyTorch bf16 compiled, bucketed", "PyTorch", "train", {**halves, "how": "bf16 compile"}))
            cases.append(("fastText, its own model", "fastText", "train", {"set": name}))
            replies = self.rounds_of(cases)
            wide = self.rounds_of([("CharCNN with n-grams", "CharCNN", "train", {**request, "ngrams": True})])
            steps = self.plan["steps"][name]
            parts.append(f"{name} ({SETS[name][1]}), {steps} steps a round:\n\n{self.both_tables({**replies, **wide})}")
        return "Training of the default network", "\n\n".join(parts)

    def prediction(self):
        parts = []
        for name in self.names:
            say(f"predicting {name}")
            count = self.plan["predicted"].get(name, self.plan["texts"][name])
            request = {"set": name, "count": count}
            cases = [("CharCNN", "CharCNN", "predict", request)]
            for who in ("PyTorch", "ONNX Runtime", *self.openvino):
                for order in ("padded", "bucketed"):
                    cases.append((f"{who}, {order}", who, "predict", {**request, "order": order}))
            if self.arguments.compile:
                cases.append((
                    "PyTorch compiled, bucketed", "PyTorch", "predict",
                    {**request, "order": "bucketed", "how": "compile"}))
            halves = {**request, "order": "bucketed", "how": "bf16"}
            cases.append((BF16, BF16, "predict", request))
            cases.append(("PyTorch bf16, bucketed", "PyTorch", "predict", halves))
            for who in self.openvino:
                cases.append((f"{who} bf16, bucketed", who, "predict", halves))
            if importlib.util.find_spec("onnx"):
                cases.append((
                    "ONNX Runtime int8, bucketed", "ONNX Runtime", "predict",
                    {**request, "order": "bucketed", "how": "int8"}))
            if self.arguments.compile:
                cases.append(
                    ("PyTorch bf16 compiled, bucketed", "PyTorch", "predict", {**halves, "how": "bf16 compile"}))
            try:
                self.contenders["fastText"].ask("train", set=name)
                cases.append(("fastText, its own model", "fastText", "predict", request))
            except Failure as failure:
                self.failures.append(str(failure))
            worst, compared = self.check(name, count)
            replies = self.rounds_of(cases)
            parts.append(
                f"{name}, {count:,} texts; the probabilities of {compared:,} of them agree to {worst:.0e}:\n\n{self.both_tables(replies)}")
        return "Prediction of many texts", "\n\n".join(parts)

    def latency(self):
        rows = []
        name = "imdb" if "imdb" in self.names else self.names[0]
        for length, repeats in self.plan["latency"].items():
            request = {"set": name, "length": length, "count": repeats}
            replies = self.rounds_of([
                (who, who, "latency", request) for who in ("CharCNN", BF16, "PyTorch", "ONNX Runtime", *self.openvino)])
            medians = {}
            for who, found in replies.items():
                middle = statistics.median(statistics.median(reply["seconds"]) for reply in found)
                late = statistics.median(
                    sorted(reply["seconds"])[int(0.99 * len(reply["seconds"]))] for reply in found)
                medians[who] = middle
                ratio = "" if who == "CharCNN" else f"{middle / medians['CharCNN']:.1f}"
                rows.append([f"{length:,}", who, f"{middle * 1e3:.3f} ms", f"{late * 1e3:.3f} ms", ratio])
        return "Latency of one text", table(
            ["characters", "", "median", "99th percentile", "times CharCNN"], rows)

    def cold(self):
        name = "thucnews" if "thucnews" in self.names else self.names[0]
        text = "a word or two"
        script = pathlib.Path(__file__).parent / "cold.py"
        commands = {
            "charcnn predict": [ROOT / ".build/release/charcnn", "predict", self.folder / f"{name}.charcnn", text]}
        if self.instructions != "best":
            commands["charcnn predict"] += ["--instructions", self.instructions]
        for peer in ("torch", "onnxruntime", "fasttext"):
            commands[f"python, {peer}"] = [sys.executable, script, peer, self.folder, name]
        if not (self.folder / f"{name}.ftz").exists():
            self.contenders["fastText"].ask("train", set=name)
        self.contenders.close()
        times = {label: [] for label in commands}
        for _ in range(self.plan["cold"]):
            for label, command in commands.items():
                start = time.perf_counter()
                done = subprocess.run(
                    [str(part) for part in command], capture_output=True, text=True,
                    env={**os.environ, **self.contenders.environment})
                if done.returncode and label == "charcnn predict":
                    raise SystemExit(f"{label}: {done.stderr.strip()}")
                if done.returncode:
                    self.failures.append(f"{label}: {done.stderr.strip().splitlines()[-1:]}")
                else:
                    times[label].append(time.perf_counter() - start)
        rows = [
            [label, f"{statistics.median(found) * 1e3:.0f} ms", f"{min(found) * 1e3:.0f} ms"]
            for label, found in times.items() if found]
        return "Cold start: process, model, one prediction", table(["", "median", "fastest"], rows)

    def memory(self):
        rows = []
        for name in self.names:
            request = {"set": name, "count": self.plan["steps"][name], "warmup": WARMUP}
            # The batches that PyTorch trains on are those of this run.
            self.contenders["CharCNN"].ask("train", **request)
            self.contenders.close()
            row = [name]
            predicted = {"set": name, "count": self.plan["predicted"].get(name, self.plan["texts"][name])}
            for who, work, given in [
                ("CharCNN", "train", request), ("PyTorch", "train", {**request, "order": "padded"}),
                ("CharCNN", "predict", predicted), ("PyTorch", "predict", {**predicted, "order": "padded"}),
                ("ONNX Runtime", "predict", {**predicted, "order": "padded"}),
            ]:
                process = self.contenders.start(who)
                try:
                    process.ask("open", set=name)
                    before = process.peak_memory()
                    process.ask(work, **given)
                    row.append(f"{process.peak_memory():.0f} ({before:.0f})")
                except Failure as failure:
                    self.failures.append(str(failure))
                    row.append("–")
                finally:
                    process.close()
            rows.append(row)
        return "Peak memory of the process in MB (in brackets: with the model and the data open, before the work)", table(
            ["", "training: CharCNN", "PyTorch, padded", "prediction: CharCNN", "PyTorch, padded", "ONNX Runtime, padded"],
            rows)

    def growth(self):
        def measure(count, length, trains):
            row = [f"{count:,}", f"{length:,}"]
            seconds = {}
            for who in ("CharCNN, 1 thread", "CharCNN"):
                reply = self.contenders[who].ask("growth", count=count, length=length, ngrams=trains)
                seconds[who] = reply["seconds"]
            for place in (0, 1):
                one, two = seconds["CharCNN, 1 thread"][place], seconds["CharCNN"][place]
                row += [f"{one:.2f} s", f"{two:.2f} s", f"{one / two:.2f}"] if one else ["–", "–", "–"]
            row.append(f"{count * length / seconds['CharCNN'][1]:,.0f}")
            return row

        rows = [measure(count, 20, count <= self.plan["trained"]) for count in self.plan["growth"]]
        whole = 40_000 if self.arguments.quick else 400_000
        rows += [measure(whole // length, length, True) for length in self.plan["lengths"]]
        return "Growth (made-up text, CharCNN alone)", table(
            ["texts", "characters each", "one epoch from texts to model: 1 thread", f"{self.arguments.threads} threads",
             "ratio", "prediction: 1 thread", f"{self.arguments.threads} threads", "ratio", "characters/s"], rows)

    def ngrams(self):
        parts = []
        for name in self.names:
            say(f"n-grams of {name}")
            path, about = SETS[name]
            self.contenders["CharCNN"].ask(
                "prepare whole", set=name, data=str(pathlib.Path(self.arguments.data) / path))
            trained = self.rounds_of([(who, who, "solve", {"set": name}) for who in ("CharCNN", "fastText")])
            alone = "CharCNN, 1 thread"
            answered = self.rounds_of([(who, who, "answer", {"set": name}) for who in (alone, "fastText")])
            parts.append(
                f"{name} ({about}), from the file to the written model, {self.arguments.threads} threads:\n\n"
                f"{self.speed_table(trained)}\n\nFrom strings to labels, 1 thread:\n\n{self.speed_table(answered, first=alone)}")
        return "N-grams without a network, and fastText with words and sequences of up to 3 (10 epochs, dim 100)", "\n\n".join(
            parts)

    def header(self):
        import fasttext  # noqa: F401
        import onnxruntime
        import torch

        model = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
        swift = subprocess.run(["swift", "--version"], capture_output=True, text=True).stdout
        version = re.search(r"Swift version \S+", swift)
        commit = subprocess.run(
            ["git", "-C", str(ROOT), "describe", "--always", "--dirty"], capture_output=True, text=True).stdout.strip()
        try:
            from importlib.metadata import version as package_version
            fast = package_version("fasttext")
        except Exception:
            fast = "?"
        return (
            f"{model[1] if model else platform.processor()}, {os.cpu_count()} cores; {self.arguments.threads} threads; "
            f"instructions: {self.instructions}. {version[0] if version else 'Swift'}, CharCNN {commit}, "
            f"PyTorch {torch.__version__}, ONNX Runtime {onnxruntime.__version__}, fastText {fast}, "
            f"Python {platform.python_version()}. {self.rounds} rounds.")

    def run(self):
        start, load = time.time(), os.getloadavg()[0]
        self.prepare()
        parts = []
        for letter, section in SECTIONS.items():
            if letter not in self.sections:
                continue
            say(f"section {letter}: {section} ({time.time() - start:.0f} s)")
            try:
                title, text = getattr(self, section)()
                parts.append(f"### {letter}. {title}\n\n{text}")
            except Failure as failure:
                self.failures.append(str(failure))
        self.contenders.close()
        seconds = time.time() - start
        head = self.header() + (
            f" Load of the machine: {load:.1f} before, {os.getloadavg()[0]:.1f} at the end (the run itself counts); "
            f"it took {seconds / 60:.0f} min.")
        failures = ["Did not work:\n" + "\n".join(f"- {text}" for text in dict.fromkeys(self.failures))]
        return "\n\n".join([head] + parts + (failures if self.failures else []))


SECTIONS = {
    "a": "zhang", "b": "training", "c": "prediction", "d": "latency", "e": "cold", "f": "memory", "g": "growth",
    "h": "ngrams"}
BEGIN, END = "<!-- figures: written by Benchmarks/compare -->", "<!-- end of the figures -->"


def main():
    parser = argparse.ArgumentParser(
        prog="compare", description="Runs CharCNN and its peers in turn and prints medians and ratios as Markdown.")
    parser.add_argument("data", help="folder with thucnews, imdb and clinc150")
    parser.add_argument("--quick", action="store_true", help="a look: fewer rounds, texts and steps")
    parser.add_argument("--sections", default="abcdefgh", help="; ".join(f"{k}: {v}" for k, v in SECTIONS.items()))
    parser.add_argument("--sets", default=",".join(SETS), type=lambda text: text.split(","))
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--instructions", default="best", choices=["best", "avx2", "avx512", "neon", "scalar"],
                        help="avx2 also holds PyTorch back to AVX2; ONNX Runtime has no such switch")
    parser.add_argument("--avx2-too", action="store_true",
                        help="after the run, its sections a to d once more with AVX2, under a heading of their own")
    parser.add_argument("--compile", action="store_true", help="also run torch.compile (compiles for minutes)")
    parser.add_argument("--work", help="folder that keeps what was prepared for the next run")
    parser.add_argument("--write", metavar="FILE", help="put the figures between the marks of a Markdown file")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="charcnn-compare-") as temporary:
        folder = arguments.work or temporary
        text = Comparison(arguments, folder, arguments.instructions, arguments.sections).run()
        sections = "".join(letter for letter in arguments.sections if letter in "abcd")
        if arguments.avx2_too and sections:
            text += "\n\n## Figures with AVX2\n\n" + Comparison(arguments, folder, "avx2", sections).run()
    print(text)
    if arguments.write:
        path = pathlib.Path(arguments.write)
        before, rest = path.read_text().split(BEGIN)
        path.write_text(f"{before}{BEGIN}\n{text}\n{END}{rest.split(END)[1]}")


if __name__ == "__main__":
    main()
