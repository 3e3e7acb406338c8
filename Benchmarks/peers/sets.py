"""What CompareWorker has written, as arrays, and its cut into batches."""

import json
import pathlib

import numpy


class Set:
    def __init__(self, folder, name):
        folder = pathlib.Path(folder)
        self.folder, self.name = folder, name
        self.characters = numpy.fromfile(folder / f"{name}.characters.i32", "<i4").astype(numpy.int64)
        self.offsets = numpy.fromfile(folder / f"{name}.offsets.i32", "<i4").astype(numpy.int64)
        self.labels = numpy.fromfile(folder / f"{name}.labels.i32", "<i4").astype(numpy.int64)
        self.lengths = numpy.maximum(numpy.diff(self.offsets), 1)
        settings = json.loads((folder / f"{name}.json").read_text())
        self.network = settings["architecture"]["settings"]
        self.training = settings["training"]
        self.weights = str(folder / f"{name}.charcnn" / "model.safetensors")

    def training_batches(self):
        return json.loads((self.folder / f"{self.name}.batches.json").read_text())

    def padded(self, texts):
        """Characters padded to the longest text of the batch, and lengths."""
        lengths = self.lengths[texts]
        batch = numpy.full((len(texts), lengths.max()), -1, numpy.int64)
        for row, text in enumerate(texts):
            real = self.characters[self.offsets[text]:self.offsets[text + 1]]
            batch[row, :len(real)] = real
        return batch, lengths

    def cut(self, texts, budget):
        """Texts in the given order, as many a batch as have no more than `budget` characters together."""
        batches, rows = [[]], 0
        for text in texts:
            if batches[-1] and rows + self.lengths[text] > budget:
                batches.append([])
                rows = 0
            batches[-1].append(text)
            rows += self.lengths[text]
        return batches

    def bucketed(self, batches, seed=1):
        """The same texts sorted by length, in batches of about as many characters, in random order."""
        texts = sorted((text for batch in batches for text in batch), key=lambda text: self.lengths[text])
        budget = max(sum(self.lengths[batch]) for batch in batches)
        result = self.cut(texts, budget)
        order = numpy.random.default_rng(seed).permutation(len(result))
        return [result[number] for number in order]

    def long_text(self, length):
        repeats = -(-length // max(len(self.characters), 1))
        return numpy.tile(self.characters, repeats)[None, :length], numpy.array([length])

    def prediction_batches(self, count, order):
        """The first texts in batches of at most 8,192 characters: as they come, or sorted by length."""
        texts = list(range(min(count, len(self.labels))))
        if order == "bucketed":
            texts.sort(key=lambda text: self.lengths[text])
        return self.cut(texts, 8192)
