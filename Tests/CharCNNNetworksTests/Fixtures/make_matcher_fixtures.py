"""Makes the fixtures that tie CharCNN's matchers to PyTorch.

    python make_matcher_fixtures.py        writes the matcher-*.safetensors files beside this script

As make_fixtures.py: weights are drawn in float32, the rest is computed in float64 and stored as float32. A fixture holds
`network` as JSON in its metadata, and the tensors `characters`, `offsets` (the first texts of all pairs, then the second
ones), `labels`, `targets`, `weights.NAME`, `vectors`, `outputs`, `loss` and `gradients.NAME`.
"""

import torch
from torch import nn
from torch.nn import functional as F

from gated_network import GatedBlock, pool_text
from make_fixtures import draw, floats, prefixed, write
from tagger_networks import row

BASE = {
    "alphabetSize": 9, "classes": 2, "objective": "classification", "margin": 0.5, "embedding": 4, "filters": 6,
    "widths": [3], "blocks": 2, "dilations": [1], "nonlinearity": "glu", "normalization": "layer", "residual": True,
    "pooling": "none", "poolingWidth": 2, "poolingStride": 2, "globalPooling": "max", "ngrams": [1, 2], "ngramBits": 8,
    "ngramWidth": 3, "overlaps": [1, 2], "hidden": [5], "characterDropout": 0.0, "ngramDropout": 0.0,
    "blockDropout": 0.0, "dropout": 0.0,
}
CASES = {
    "matcher-symmetric": {**BASE, "symmetric": True},
    "matcher-ordered": {**BASE, "symmetric": False, "classes": 3, "globalPooling": "average", "overlaps": [1, 3]},
    "matcher-contrastive": {**BASE, "objective": "contrastive", "symmetric": True, "margin": 1.2},
    "matcher-regression": {
        **BASE, "objective": "regression", "classes": 1, "symmetric": True, "lowest": 1.0, "highest": 5.0, "ngrams": [],
        "overlaps": []},
}
PAIRS = [([3, 1, 4, 1], [3, 1, 5]), ([2], [2, 6, 7, 8, 1]), ([1, 6, 2, 2, 5, 1], [6, 2]), ([8, 8], [1, 3, 8, 0])]


def ngrams(text, lengths):
    units = [-2, *text, -3]
    return [tuple(units[i:i + n]) for n in lengths for i in range(len(units) - n + 1)]


class Matcher(nn.Module):
    def __init__(self, settings):
        super().__init__()
        self.settings = settings
        self.embedding = nn.Embedding(settings["alphabetSize"], settings["embedding"])
        channels = settings["embedding"]
        blocks = []
        for number in range(settings["blocks"]):
            blocks.append(GatedBlock(channels, {**settings, "stride": 1}, settings["dilations"][0]))
            channels = blocks[-1].outputs
        self.blocks = nn.ModuleList(blocks)
        sizes = [channels]
        if settings["ngrams"]:
            sizes.append(settings["ngramWidth"])
            self.ngrams = nn.Embedding(2 ** settings["ngramBits"], settings["ngramWidth"])
        self.normalizations = nn.ModuleList(nn.LayerNorm(size) for size in sizes)
        self.sizes = sizes
        if settings["objective"] != "contrastive":
            parts = 3 if settings["symmetric"] else 4
            width = sum(parts * size + 1 for size in sizes) + 2 * len(settings["overlaps"])
            self.hidden = nn.ModuleList()
            for size in settings["hidden"]:
                self.hidden.append(nn.Linear(width, size))
                width = size
            self.output = nn.Linear(width, settings["classes"])

    def vector(self, text):
        x = self.embedding(torch.tensor(text))
        for block in self.blocks:
            x = block([x])[0]
        parts = [self.normalizations[0](pool_text(x, self.settings["globalPooling"]))]
        if self.settings["ngrams"]:
            grams = ngrams(text, self.settings["ngrams"])
            rows = torch.tensor([row([*gram, len(gram)], self.settings["ngramBits"]) for gram in grams])
            parts.append(self.normalizations[1](self.ngrams(rows).sum(0) / len(grams) ** 0.5))
        return torch.cat(parts)

    def overlaps(self, first, second):
        shares = []
        for n in self.settings["overlaps"]:
            a, b = set(ngrams(first, [n])), set(ngrams(second, [n]))
            pair = [len(a & b) / len(a) if a else 0.0, len(a & b) / len(b) if b else 0.0]
            shares += sorted(pair) if self.settings["symmetric"] else pair
        return torch.tensor(shares, dtype=torch.float64)

    def forward(self, first, second):
        u, v = self.vector(first), self.vector(second)
        if self.settings["objective"] == "contrastive":
            return F.cosine_similarity(u, v, dim=0)[None]
        features = []
        for a, b in zip(u.split(self.sizes), v.split(self.sizes)):
            features += [a + b] if self.settings["symmetric"] else [a, b]
            features += [(a - b).abs(), a * b, F.cosine_similarity(a, b, dim=0)[None]]
        x = torch.cat([*features, self.overlaps(first, second)])
        for layer in self.hidden:
            x = layer(x).relu()
        return self.output(x)

    def loss(self, outputs, labels, targets):
        if self.settings["objective"] == "classification":
            return F.cross_entropy(outputs, labels)
        if self.settings["objective"] == "regression":
            return F.mse_loss(outputs[:, 0].sigmoid(), targets)
        distance, match = 1 - outputs[:, 0], labels.double()
        return (match * distance ** 2 / 2 + (1 - match) * (self.settings["margin"] - distance).clamp(min=0) ** 2 / 2).mean()


def main():
    torch.set_num_threads(1)
    for seed, (name, settings) in enumerate(CASES.items()):
        generator = torch.Generator().manual_seed(400 + seed)
        network = draw(Matcher(settings), generator)
        labels = torch.tensor([1, 0, min(2, settings["classes"] - 1), 0])
        if settings["objective"] == "contrastive":
            labels = torch.tensor([1, 0, 1, 0])
        targets = torch.tensor([1.0, 0.25, 0.5, 0.0], dtype=torch.float64)
        texts = [pair[0] for pair in PAIRS] + [pair[1] for pair in PAIRS]
        tensors = {
            "characters": torch.tensor([unit for text in texts for unit in text]).int(),
            "offsets": torch.tensor([0, *(len(text) for text in texts)]).cumsum(0).int(),
            "labels": labels.int(), "targets": targets.float(),
            **prefixed("weights.", {key: value.clone() for key, value in floats(network.state_dict()).items()}),
            "vectors": torch.stack([network.vector(text) for text in texts]).detach().float(),
        }
        outputs = torch.stack([network(first, second) for first, second in PAIRS])
        loss = network.loss(outputs, labels, targets)
        loss.backward()
        tensors["outputs"] = outputs.detach().float()
        tensors["loss"] = loss.detach().float()[None]
        tensors |= prefixed("gradients.", floats({key: value.grad for key, value in network.named_parameters()}))
        write(name, tensors, {"network": settings})


if __name__ == "__main__":
    main()
