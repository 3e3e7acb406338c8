"""CharCNN's networks from papers in plain PyTorch: kim, zhang, vdcnn and gated-multikernel.

Modules have the names of the tensors in model.safetensors, so that weights load with
`load_state_dict(..., strict=True)`; a setting that config.json leaves out is none (`{"length": None, **settings}`). As
there, every text goes through each layer alone, as rows x channels; only batch
normalization sees the rows of all texts. A text is a LongTensor of alphabet indices; -1 is padding.
"""

import torch
from torch import nn
from torch.nn import functional as F

from gated_network import convolve, pool_rows

KIM = {
    "alphabetSize": 0, "classes": 0, "variant": "rand", "embedding": 64, "widths": [3, 4, 5], "maps": 100,
    "dropout": 0.5, "maximumNorm": 3, "length": None,
}
ZHANG = {
    "alphabetSize": 0, "classes": 0, "alphabet": "paper", "reversed": True, "maps": 256, "widths": [7, 7, 3, 3, 3, 3],
    "poolings": [3, 3, 1, 1, 1, 3], "hidden": [1024, 1024], "dropout": 0.5, "deviation": 0.05, "length": 1014,
}
VDCNN = {
    "alphabetSize": 0, "classes": 0, "embedding": 16, "maps": [64, 128, 256, 512], "convolutions": [2, 2, 2, 2],
    "downsampling": "max", "shortcut": False, "kMax": 8, "hidden": [2048, 2048], "length": 1024,
}
MULTIKERNEL = {
    "alphabetSize": 0, "classes": 0, "embedding": 64, "widths": [2, 3, 4, 5, 6, 7], "rounds": 2, "roundWidth": 3,
    "hidden": [], "dropout": 0.3, "length": None,
}


def fit(text, length, shortest=1):
    """Cuts or pads a text to the fixed length; without one, pads it to the shortest that the network can read."""
    length = length or max(len(text), shortest)
    return F.pad(text[:length], (0, length - len(text[:length])), value=-1)


def embed(table, text):
    return table(text.clamp(min=0)) * (text >= 0)[:, None]


def slide(convolution, x):
    """A convolution of one text [rows, channels] without padding."""
    return convolution(x.T[None])[0].T


def k_max(x, k):
    """The k largest values of each channel in the order of their rows, the earlier first among equals; zeros follow."""
    places = torch.sort(x, dim=0, descending=True, stable=True).indices[:k].sort(dim=0).values
    kept = x.gather(0, places)
    return F.pad(kept, (0, 0, 0, k - len(kept)))


class Head(nn.Module):
    """Fully connected layers with ReLU and one more; `dropout` gives the rate before each."""

    def add_head(self, inputs, hidden, classes, dropouts):
        widths = [inputs, *hidden]
        self.hidden = nn.ModuleList(nn.Linear(a, b) for a, b in zip(widths, hidden))
        self.output = nn.Linear(widths[-1], classes)
        self.dropouts = dropouts

    def score(self, x):
        for layer, rate in zip(self.hidden, self.dropouts):
            x = F.relu(layer(F.dropout(x, rate, self.training)))
        return self.output(F.dropout(x, self.dropouts[-1], self.training))


class KimNetwork(Head):
    defaults = KIM
    model = "kim"

    def __init__(self, settings):
        super().__init__()
        self.settings = settings = {**KIM, **settings}
        size = settings["alphabetSize"], settings["embedding"]
        self.embedding = nn.Embedding(*size)
        self.embedding.weight.requires_grad_(settings["variant"] != "static")
        if settings["variant"] == "multichannel":
            self.static_embedding = nn.Embedding(*size)
            self.static_embedding.weight.requires_grad_(False)
        self.convolutions = nn.ModuleList(
            nn.Conv1d(settings["embedding"], settings["maps"], width) for width in settings["widths"])
        self.add_head(settings["maps"] * len(settings["widths"]), [], settings["classes"], [settings["dropout"]])

    def features(self, text):
        text = fit(text, self.settings["length"], max(self.settings["widths"]))
        channels = [embed(self.embedding, text)]
        if self.settings["variant"] == "multichannel":
            channels.append(embed(self.static_embedding, text))
        maxima = []
        for convolution in self.convolutions:
            # Each filter on each channel, the results added (Kim 2014, section 2.1); the bias counts once.
            c = sum(F.conv1d(x.T[None], convolution.weight)[0].T for x in channels) + convolution.bias
            maxima.append(F.relu(c).max(dim=0).values)
        return torch.cat(maxima)

    def forward(self, texts):
        return self.score(torch.stack([self.features(text) for text in texts]))


class ZhangNetwork(Head):
    defaults = ZHANG
    model = "zhang"

    def __init__(self, settings):
        super().__init__()
        self.settings = settings = {**ZHANG, **settings}
        inputs = [settings["alphabetSize"]] + [settings["maps"]] * (len(settings["widths"]) - 1)
        self.convolutions = nn.ModuleList(
            nn.Conv1d(channels, settings["maps"], width) for channels, width in zip(inputs, settings["widths"]))
        frames = settings["length"]
        for width, pooling in zip(settings["widths"], settings["poolings"]):
            frames = frames and (frames - width + 1) // pooling
        hidden = settings["hidden"]
        self.add_head(
            settings["maps"] * (frames or 1), hidden, settings["classes"], [0.0] + [settings["dropout"]] * len(hidden))

    def shortest(self):
        rows = 1
        for width, pooling in reversed(list(zip(self.settings["widths"], self.settings["poolings"]))):
            rows = rows * pooling + width - 1
        return rows

    def one_hot(self, text):
        """Padding and the unknown character are zero vectors."""
        size = self.settings["alphabetSize"]
        return (F.one_hot(text.clamp(min=0), size) * (text > 0)[:, None]).to(self.output.weight.dtype)

    def features(self, text):
        text = text[: self.settings["length"]] if self.settings["length"] else text
        if self.settings["reversed"]:
            end = max([row + 1 for row, character in enumerate(text.tolist()) if character >= 0], default=0)
            text = torch.cat([text[:end].flip(0), text[end:]])
        x = self.one_hot(fit(text, self.settings["length"], self.shortest()))
        for convolution, pooling in zip(self.convolutions, self.settings["poolings"]):
            x = F.relu(slide(convolution, x))
            x = F.max_pool1d(x.T[None], pooling)[0].T
        return x.flatten() if self.settings["length"] else x.max(dim=0).values

    def forward(self, texts):
        return self.score(torch.stack([self.features(text) for text in texts]))


class VDCNNBlock(nn.Module):
    def __init__(self, inputs, outputs, stride, shortcut):
        super().__init__()
        self.convolutions = nn.ModuleList([
            nn.Conv1d(inputs, outputs, 3, stride=stride, bias=False), nn.Conv1d(outputs, outputs, 3, bias=False)])
        self.normalizations = nn.ModuleList([nn.BatchNorm1d(outputs), nn.BatchNorm1d(outputs)])
        self.shortcut = shortcut
        self.projection = None
        if shortcut and (inputs != outputs or stride != 1):
            self.projection = nn.Conv1d(inputs, outputs, 1, stride=stride, bias=False)

    def forward(self, texts):
        added = [convolve(self.projection, x) for x in texts] if self.projection else texts
        for number, (convolution, normalization) in enumerate(zip(self.convolutions, self.normalizations)):
            texts = [convolve(convolution, x) for x in texts]
            lengths = [len(x) for x in texts]
            texts = normalization(torch.cat(texts)).split(lengths)
            if number == 1 and self.shortcut:
                texts = [x + y for x, y in zip(texts, added)]
            texts = [F.relu(x) for x in texts]
        return texts


class VDCNNNetwork(Head):
    defaults = VDCNN
    model = "vdcnn"

    def __init__(self, settings):
        super().__init__()
        self.settings = settings = {**VDCNN, **settings}
        self.embedding = nn.Embedding(settings["alphabetSize"], settings["embedding"])
        channels = settings["maps"][0]
        self.convolution = nn.Conv1d(settings["embedding"], channels, 3)
        self.levels = nn.ModuleList()
        for level, (maps, convolutions) in enumerate(zip(settings["maps"], settings["convolutions"])):
            blocks = nn.ModuleList()
            for number in range(convolutions // 2):
                halves = level > 0 and number == 0 and settings["downsampling"] == "convolution"
                blocks.append(VDCNNBlock(channels, maps, 2 if halves else 1, settings["shortcut"]))
                channels = maps
            self.levels.append(blocks)
        hidden = settings["hidden"]
        self.add_head(settings["kMax"] * channels, hidden, settings["classes"], [0.0] * (len(hidden) + 1))

    def downsample(self, x):
        if self.settings["downsampling"] == "max":
            return pool_rows(x, "max", 3, 2)
        return k_max(x, -(-len(x) // 2)) if self.settings["downsampling"] == "kMax" else x

    def forward(self, texts):
        texts = [fit(text, self.settings["length"]) for text in texts]
        x = [convolve(self.convolution, embed(self.embedding, text)) for text in texts]
        for level, blocks in enumerate(self.levels):
            x = [self.downsample(y) for y in x] if level > 0 else x
            for block in blocks:
                x = block(x)
        return self.score(torch.stack([k_max(y, self.settings["kMax"]).flatten() for y in x]))


class MultikernelNetwork(Head):
    defaults = MULTIKERNEL
    model = "gated-multikernel"

    def __init__(self, settings):
        super().__init__()
        self.settings = settings = {**MULTIKERNEL, **settings}
        d = settings["embedding"]
        self.embedding = nn.Embedding(settings["alphabetSize"], d)
        self.branches = nn.ModuleList(nn.Conv1d(d, d, width) for width in settings["widths"])
        self.rounds = nn.ModuleList(
            nn.Conv1d(d // 2, d, settings["roundWidth"]) for _ in range(settings["rounds"] - 1))
        hidden = settings["hidden"]
        self.add_head(
            len(settings["widths"]) * d // 2, hidden, settings["classes"], [settings["dropout"]] * (len(hidden) + 1))

    def features(self, text):
        e = embed(self.embedding, fit(text, self.settings["length"]))
        z = torch.stack([F.glu(convolve(branch, e)).max(dim=0).values for branch in self.branches])
        for convolution in self.rounds:
            z = pool_rows(F.glu(convolve(convolution, z)), "max", 3, 1) + z
        return z.flatten()

    def forward(self, texts):
        return self.score(torch.stack([self.features(text) for text in texts]))
