"""CharCNN's networks in PyTorch as one would write them for speed: whole batches, padded to one length.

Modules have the names of the tensors in model.safetensors, so that weights load with `load_state_dict`. A batch is
[texts, length] of alphabet indices with -1 for padding.
"""

import torch
from torch import nn
from torch.nn import functional as F


class Head(nn.Module):
    def add_head(self, inputs, hidden, classes):
        widths = [inputs, *hidden]
        self.hidden = nn.ModuleList(nn.Linear(a, b) for a, b in zip(widths, hidden))
        self.output = nn.Linear(widths[-1], classes)

    def score(self, x, dropout=0.0):
        for layer in self.hidden:
            x = F.dropout(F.relu(layer(x)), dropout, self.training)
        return self.output(x)


class Zhang(Head):
    """zhang-small: one-hot characters, six convolutions, three fully connected layers."""

    def __init__(self, alphabet, classes, length=1014, maps=256, hidden=(1024, 1024)):
        super().__init__()
        self.alphabet = alphabet
        self.poolings = [3, 3, 1, 1, 1, 3]
        widths = [7, 7, 3, 3, 3, 3]
        inputs = [alphabet] + [maps] * 5
        self.convolutions = nn.ModuleList(nn.Conv1d(a, maps, width) for a, width in zip(inputs, widths))
        frames = length
        for width, pooling in zip(widths, self.poolings):
            frames = (frames - width + 1) // pooling
        self.add_head(maps * frames, hidden, classes)

    def forward(self, characters):
        # Column 0 is the unknown character, which like padding is the zero vector.
        x = F.one_hot(characters.clamp(min=0), self.alphabet)
        x[:, :, 0] = 0
        x = x.to(self.output.weight.dtype).transpose(1, 2)
        for convolution, pooling in zip(self.convolutions, self.poolings):
            x = convolution(x)
            if pooling > 1:
                x = F.max_pool1d(x, pooling)
            x = F.relu(x)
        return self.score(x.transpose(1, 2).flatten(1))


def reversed_texts(characters):
    """Each text from its last character to its first; padding stays behind it."""
    lengths = (characters >= 0).sum(1, keepdim=True)
    places = torch.arange(characters.shape[1])[None]
    source = torch.where(places < lengths, lengths - 1 - places, places)
    return characters.gather(1, source)


class VDCNNBlock(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.convolutions = nn.ModuleList([
            nn.Conv1d(inputs, outputs, 3, padding=1, bias=False), nn.Conv1d(outputs, outputs, 3, padding=1, bias=False)])
        self.normalizations = nn.ModuleList([nn.BatchNorm1d(outputs), nn.BatchNorm1d(outputs)])

    def forward(self, x):
        for convolution, normalization in zip(self.convolutions, self.normalizations):
            x = F.relu(normalization(convolution(x)))
        return x


class VDCNN(Head):
    """vdcnn-9 with max pooling between its levels."""

    def __init__(self, alphabet, classes, length=1024, dimension=16, maps=(64, 128, 256, 512), k=8, hidden=(2048, 2048)):
        super().__init__()
        self.length = length
        self.k = k
        self.embedding = nn.Embedding(alphabet, dimension)
        self.convolution = nn.Conv1d(dimension, maps[0], 3, padding=1)
        inputs = [maps[0], *maps]
        self.levels = nn.ModuleList(nn.ModuleList([VDCNNBlock(a, b)]) for a, b in zip(inputs, maps))
        self.add_head(k * maps[-1], hidden, classes)

    def forward(self, characters):
        characters = F.pad(characters, (0, self.length - characters.shape[1]), value=-1)
        x = self.embedding(characters.clamp(min=0)) * (characters >= 0)[:, :, None]
        x = self.convolution(x.transpose(1, 2))
        for level, (block,) in enumerate(self.levels):
            if level > 0:
                x = F.max_pool1d(x, 3, 2, padding=1)
            x = block(x)
        # The k largest in the order of their rows; of equal ones the first.
        rows = torch.sort(x, dim=2, descending=True, stable=True).indices[:, :, : self.k].sort(dim=2).values
        return self.score(x.gather(2, rows).transpose(1, 2).flatten(1))
