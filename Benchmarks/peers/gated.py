"""CharCNN's default network in PyTorch for batches that are padded to their longest text.

Channels come last: convolutions see [texts, channels, 1, rows] in PyTorch's channels_last format, so that layer
normalization and the gate work on contiguous rows and nothing is transposed. `layout="ncl"` is the same with
[texts, channels, rows] throughout. What lies behind a text's end is kept at zero before every convolution and at minus
infinity before every maximum, so that answers do not depend on the padding.
"""

import torch
from torch import nn
from torch.nn import functional as F

EXPECTED = {
    "stride": 1, "dilations": [1], "nonlinearity": "glu", "normalization": "layer", "residual": True, "pooling": "max",
    "poolingWidth": 2, "poolingStride": 2, "globalPooling": "max", "hidden": [],
}

LAYOUTS = "nlc", "ncl"


class Block(nn.Module):
    def __init__(self, inputs, filters, width, dropout):
        super().__init__()
        self.outputs = filters // 2
        self.convolutions = nn.ModuleList([nn.Conv1d(inputs, filters, width)])
        self.normalizations = nn.ModuleList([nn.LayerNorm(filters)])
        self.projection = nn.Conv1d(inputs, self.outputs, 1, bias=False) if inputs != self.outputs else None
        self.left, self.right = (width - 1) // 2, width // 2
        self.dropout = dropout

    def channels_last(self, x):
        """x: [texts, rows, channels]."""
        convolution = self.convolutions[0]
        y = x.unsqueeze(1).permute(0, 3, 1, 2)
        if self.left != self.right:
            y = F.pad(y, (self.left, self.right))
        y = F.conv2d(
            y, convolution.weight.unsqueeze(2), convolution.bias,
            padding=(0, self.left if self.left == self.right else 0))
        y = y.permute(0, 2, 3, 1).squeeze(1)
        y = F.dropout(F.glu(self.normalizations[0](y), -1), self.dropout, self.training)
        return y + (x if self.projection is None else F.linear(x, self.projection.weight.squeeze(2)))

    def channels_first(self, x):
        """x: [texts, channels, rows]."""
        convolution = self.convolutions[0]
        y = F.conv1d(F.pad(x, (self.left, self.right)), convolution.weight, convolution.bias)
        y = F.glu(self.normalizations[0](y.transpose(1, 2)).transpose(1, 2), 1)
        y = F.dropout(y, self.dropout, self.training)
        return y + (x if self.projection is None else self.projection(x))


class Gated(nn.Module):
    """Class scores of characters [texts, length] (-1 for padding) whose texts have `lengths` characters."""

    def __init__(self, settings, layout="nlc"):
        super().__init__()
        for name, value in EXPECTED.items():
            if settings[name] != value:
                raise SystemExit(f"the default network changed: {name} is {settings[name]}, not {value}")
        if len(settings["widths"]) != 1 or settings.get("length"):
            raise SystemExit("the default network changed: one width and no length are expected")
        self.layout = layout
        self.character_dropout = settings["characterDropout"]
        self.last_dropout = settings["dropout"]
        self.embedding = nn.Embedding(settings["alphabetSize"], settings["embedding"])
        inputs = settings["embedding"]
        self.blocks = nn.ModuleList()
        for _ in range(settings["blocks"]):
            self.blocks.append(Block(inputs, settings["filters"], settings["widths"][0], settings["blockDropout"]))
            inputs = self.blocks[-1].outputs
        self.output = nn.Linear(inputs, settings["classes"])

    def forward(self, characters, lengths):
        inside = torch.arange(characters.shape[1])[None] < lengths[:, None]
        visible = characters >= 0
        if self.training and self.character_dropout > 0:
            visible = visible & (torch.rand(characters.shape) >= self.character_dropout)
        x = self.embedding(characters.clamp(min=0)) * visible.unsqueeze(-1)
        last = self.layout == "nlc"
        if not last:
            x = x.transpose(1, 2).contiguous()
        for number, block in enumerate(self.blocks):
            x = block.channels_last(x) if last else block.channels_first(x)
            x = x.masked_fill(~inside.unsqueeze(-1 if last else 1), -torch.inf)
            if number < len(self.blocks) - 1:
                if last:
                    x = F.max_pool2d(x.unsqueeze(1).permute(0, 3, 1, 2), (1, 2), ceil_mode=True)
                    x = x.permute(0, 2, 3, 1).squeeze(1)
                else:
                    x = F.max_pool1d(x, 2, ceil_mode=True)
                lengths = (lengths + 1) // 2
                inside = torch.arange(x.shape[1 if last else 2])[None] < lengths[:, None]
                x = x.masked_fill(~inside.unsqueeze(-1 if last else 1), 0)
        x = x.amax(1 if last else 2)
        return self.output(F.dropout(x, self.last_dropout, self.training))
