"""CharCNN's gated network in plain PyTorch, alone or with hashed n-grams beside it.

The modules have the names of the tensors in model.safetensors, so the weights of a trained model load with

    network = GatedNetwork(config["architecture"]["settings"], config["ngrams"])      # config.json
    network.load_state_dict(safetensors.torch.load_file("model.safetensors"), strict=True)

CharCNN packs the texts of a batch one after another and never pads them to a common length. Here every text goes
through each layer alone, which is the same thing written slowly; only batch normalization sees the rows of all texts.
A text is a LongTensor of alphabet indices; -1 is padding and embeds as zeros.
"""

import torch
from torch import nn
from torch.nn import functional as F

DEFAULTS = {
    "alphabetSize": 0, "classes": 0, "embedding": 64, "filters": 256, "widths": [3], "blocks": 4, "stride": 1,
    "dilations": [1], "nonlinearity": "glu", "normalization": "layer", "residual": True, "pooling": "max",
    "poolingWidth": 2, "poolingStride": 2, "globalPooling": "max", "hidden": [], "characterDropout": 0.1,
    "blockDropout": 0.1, "dropout": 0.3,
}


def pad_same(x, width, stride, dilation, value):
    """x [channels, rows] with the edges that windows hang over: ceil(rows / stride) windows, and where the number of
    rows to add is odd, the extra one is on the right."""
    span = (width - 1) * dilation + 1
    rows = x.shape[-1]
    windows = -(-rows // stride)
    left = (span - 1) // 2
    right = max(0, (windows - 1) * stride + span - left - rows)
    return F.pad(x, (left, right), value=value)


def convolve(convolution, x, causal=False):
    """A convolution of one text [rows, channels] with the edges filled by zeros; a causal one looks at none ahead."""
    (width,), (stride,), (dilation,) = convolution.kernel_size, convolution.stride, convolution.dilation
    if causal:
        return convolution(F.pad(x.T, ((width - 1) * dilation, 0))[None])[0].T
    return convolution(pad_same(x.T, width, stride, dilation, 0.0)[None])[0].T


def pool_rows(x, kind, width, stride):
    """Maximum or mean over windows of rows of one text; rows outside of the text do not count."""
    if kind == "max":
        return F.max_pool1d(pad_same(x.T, width, stride, 1, -torch.inf)[None], width, stride)[0].T
    sums = F.avg_pool1d(pad_same(x.T, width, stride, 1, 0.0)[None], width, stride)[0].T
    ones = torch.ones_like(x[:, :1]).T
    counts = F.avg_pool1d(pad_same(ones, width, stride, 1, 0.0)[None], width, stride)[0].T
    return sums / counts


def pool_text(x, kind):
    """All rows of one text as one vector."""
    parts = []
    if kind in ("max", "maxAverage"):
        parts.append(x.max(dim=0).values)
    if kind in ("average", "maxAverage"):
        parts.append(x.mean(dim=0))
    return torch.cat(parts)


def apply_nonlinearity(x, kind):
    if kind == "relu":
        return F.relu(x)
    if kind == "gelu":
        return F.gelu(x)
    a, b = x.chunk(2, dim=-1)
    gate = torch.sigmoid(b)
    return a * gate if kind == "glu" else torch.cat([a * gate, a * (1 - gate)], dim=-1)


class GatedBlock(nn.Module):
    """y = dropout(gate(norm(conv(x)))) + residual(x); several widths share the filters equally."""

    def __init__(self, inputs, settings, dilation):
        super().__init__()
        self.nonlinearity = settings["nonlinearity"]
        self.residual = settings["residual"]
        self.causal = settings.get("padding") == "causal"
        share = settings["filters"] // len(settings["widths"])
        stride = settings["stride"]
        self.outputs = settings["filters"] // (2 if self.nonlinearity == "glu" else 1)
        self.convolutions = nn.ModuleList(
            nn.Conv1d(inputs, share, width, stride=stride, dilation=dilation) for width in settings["widths"])
        kinds = {"none": nn.Identity, "layer": lambda: nn.LayerNorm(share), "batch": lambda: nn.BatchNorm1d(share)}
        self.normalizations = nn.ModuleList(kinds[settings["normalization"]]() for _ in settings["widths"])
        self.dropout = nn.Dropout(settings["blockDropout"])
        self.projection = None
        if self.residual and (inputs != self.outputs or stride != 1):
            self.projection = nn.Conv1d(inputs, self.outputs, 1, stride=stride, bias=False)

    def forward(self, texts):
        branches = []
        for convolution, normalization in zip(self.convolutions, self.normalizations):
            convolved = [convolve(convolution, x, self.causal) for x in texts]
            lengths = [len(x) for x in convolved]
            # Batch normalization counts the rows of all texts together.
            branches.append(apply_nonlinearity(normalization(torch.cat(convolved)), self.nonlinearity))
        y = self.dropout(torch.cat(branches, dim=-1)).split(lengths)
        if self.projection is not None:
            return [a + convolve(self.projection, x) for a, x in zip(y, texts)]
        return [a + x for a, x in zip(y, texts)] if self.residual else list(y)


class Ngrams(nn.Module):
    """The wide part: scores from the TF-IDF-weighted sum of one table row for each distinct hashed n-gram of a text."""

    def __init__(self, settings, classes):
        super().__init__()
        self.lengths = sorted(settings["ngrams"])
        self.bits = settings["ngramBits"]
        width = settings.get("ngramWidth")
        self.table = nn.Embedding(2**self.bits, width or classes)
        self.table.register_buffer("idf", torch.ones(2**self.bits))
        self.register_buffer("mixture", torch.ones(2))
        self.output = nn.Linear(width, classes) if width else nn.Identity()

    def rows(self, text):
        """The table row of every n-gram of a text (a list of indices), with a mark at both ends."""
        units = [-2, *text, -3]
        rows = []
        for length in self.lengths:
            for start in range(len(units) - length + 1):
                value = 0
                for unit in [*units[start:start + length], length]:
                    value = (value ^ (unit + 4)) * 0x9E3779B97F4A7C15 % 2**64
                    value ^= value >> 29
                rows.append(value >> (64 - self.bits))
        return rows

    def forward(self, texts):
        sums = []
        for text in texts:
            text = text.tolist()
            while text and text[-1] < 0:
                text.pop()
            rows, counts = torch.tensor(self.rows(text), dtype=torch.long).unique(return_counts=True)
            weights = counts.sqrt() * self.table.idf[rows]
            sums.append(F.normalize(weights, dim=0, eps=1e-30) @ self.table(rows))
        return self.output(torch.stack(sums))


class GatedNetwork(nn.Module):
    """Class scores before softmax, [texts, classes], of a list of texts; with n-grams, in training, of both parts."""

    def __init__(self, settings, ngrams=None):
        super().__init__()
        settings = {**DEFAULTS, **settings}
        self.settings = settings
        self.embedding = nn.Embedding(settings["alphabetSize"], settings["embedding"])
        channels = settings["embedding"]
        dilations = settings["dilations"]
        self.blocks = nn.ModuleList()
        for number in range(settings["blocks"]):
            dilation = dilations[number] if len(dilations) > 1 else dilations[0]
            self.blocks.append(GatedBlock(channels, settings, dilation))
            channels = self.blocks[-1].outputs
        channels *= 2 if settings["globalPooling"] == "maxAverage" else 1
        self.hidden = nn.ModuleList()
        for width in settings["hidden"]:
            self.hidden.append(nn.Linear(channels, width))
            channels = width
        self.dropout = nn.Dropout(settings["dropout"])
        self.output = nn.Linear(channels, settings["classes"])
        self.ngrams = Ngrams(ngrams, settings["classes"]) if ngrams and ngrams["ngrams"] else None

    def fit(self, text):
        """Cuts or pads a text to the fixed length, if there is one; otherwise an empty text becomes one row."""
        length = self.settings.get("length") or max(len(text), 1)
        return F.pad(text[:length], (0, length - len(text[:length])), value=-1)

    def embed(self, text):
        if self.training and self.settings["characterDropout"] > 0:
            text = text.masked_fill(torch.rand(len(text)) < self.settings["characterDropout"], -1)
        return self.embedding(text.clamp(min=0)) * (text >= 0)[:, None]

    def forward(self, texts):
        settings = self.settings
        texts = [self.fit(text) for text in texts]
        x = [self.embed(text) for text in texts]
        for number, block in enumerate(self.blocks):
            x = block(x)
            if settings["pooling"] != "none" and number < len(self.blocks) - 1:
                x = [pool_rows(y, settings["pooling"], settings["poolingWidth"], settings["poolingStride"]) for y in x]
        x = torch.stack([pool_text(y, settings["globalPooling"]) for y in x])
        for layer in self.hidden:
            x = F.relu(layer(self.dropout(x)))
        scores = self.output(self.dropout(x))
        if self.ngrams is None:
            return scores
        votes = self.ngrams(texts)
        # Each part learns from its own error.
        return torch.cat([scores, votes]) if self.training else self.ngrams.mixture @ torch.stack([scores, votes], 1)
