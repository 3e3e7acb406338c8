"""CharCNN's taggers in plain PyTorch, and the formulas of a linear-chain conditional random field.

The modules have the names of the tensors in model.safetensors. Every sentence goes through each layer alone. A sentence of
the character tagger is a LongTensor of alphabet indices; one of the word tagger is a list of such tensors.
"""

import torch
from torch import nn
from torch.nn import functional as F

from gated_network import GatedBlock, convolve

CHARACTER = {
    "alphabetSize": 0, "classes": 0, "embedding": 64, "ngrams": [2], "ngramBits": 15, "filters": 256, "widths": [3],
    "blocks": 4, "dilations": [1, 2, 4, 1], "nonlinearity": "glu", "normalization": "layer", "residual": True,
    "characterDropout": 0.0, "ngramDropout": 0.0, "inputDropout": 0.0, "blockDropout": 0.0, "dropout": 0.0,
    "output": "crf",
}
WORD = {
    "alphabetSize": 0, "classes": 0, "embedding": 32, "characterWidths": [1, 2, 3, 4], "characterFilters": 32,
    "ngrams": [2, 3, 4, 5], "ngramBits": 15, "ngramWidth": 64, "filters": 256, "widths": [3], "blocks": 3,
    "dilations": [1, 2, 4], "nonlinearity": "glu", "normalization": "layer", "residual": True, "characterDropout": 0.0,
    "ngramDropout": 0.0, "inputDropout": 0.0, "blockDropout": 0.0, "dropout": 0.0, "output": "crf",
}


def row(units, bits):
    """The table row of some units: 64-bit multiply-xor hash, upper bits."""
    value = 0
    for unit in units:
        value = (value ^ (unit + 4)) * 0x9E3779B97F4A7C15 % 2**64
        value ^= value >> 29
    return value >> (64 - bits)


class CRF(nn.Module):
    """p(y | x) = exp(score(x, y)) / sum over all y' of exp(score(x, y')), where
    score(x, y) = start[y_1] + sum_t x[t, y_t] + sum_t transitions[y_t-1, y_t] + end[y_n]."""

    def __init__(self, tags):
        super().__init__()
        self.transitions = nn.Parameter(torch.zeros(tags, tags))
        self.start_transitions = nn.Parameter(torch.zeros(tags))
        self.end_transitions = nn.Parameter(torch.zeros(tags))

    def score(self, x, tags):
        total = self.start_transitions[tags[0]] + self.end_transitions[tags[-1]]
        total = total + x[torch.arange(len(tags)), tags].sum()
        return total + self.transitions[tags[:-1], tags[1:]].sum()

    def partition(self, x):
        """log sum over all tag sequences of exp(score): the forward algorithm, a = logsumexp over the tag before."""
        a = self.start_transitions + x[0]
        for t in range(1, len(x)):
            a = torch.logsumexp(a[:, None] + self.transitions, dim=0) + x[t]
        return torch.logsumexp(a + self.end_transitions, dim=0)

    def best(self, x):
        """Viterbi: the same recursion with a maximum for the sum."""
        a, back = self.start_transitions + x[0], []
        for t in range(1, len(x)):
            top = (a[:, None] + self.transitions).max(dim=0)
            back.append(top.indices)
            a = top.values + x[t]
        path = [int((a + self.end_transitions).argmax())]
        for pointers in reversed(back):
            path.append(int(pointers[path[-1]]))
        return path[::-1]


class Tagger(nn.Module):
    def add_stack(self, channels, settings):
        gated = {**settings, "stride": 1}
        self.blocks = nn.ModuleList()
        for number in range(settings["blocks"]):
            dilations = settings["dilations"]
            dilation = dilations[number] if len(dilations) > 1 else dilations[0]
            self.blocks.append(GatedBlock(channels, gated, dilation))
            channels = self.blocks[-1].outputs
        self.output = nn.Linear(channels, settings["classes"])
        self.crf = CRF(settings["classes"]) if settings["output"] == "crf" else None

    def forward(self, sentences):
        """Scores of the tags of each row, a tensor a sentence."""
        x = [self.embed(sentence) for sentence in sentences]
        for block in self.blocks:
            x = block(x)
        return [self.output(y) for y in x]

    def loss(self, emissions, tags):
        """Negative log-likelihood of all sentences, divided by the number of rows."""
        if self.crf is None:
            return F.cross_entropy(torch.cat(emissions), torch.cat(tags))
        losses = [self.crf.partition(x) - self.crf.score(x, y) for x, y in zip(emissions, tags)]
        return sum(losses) / sum(len(x) for x in emissions)

    def marginals(self, emissions):
        """The probability of each tag at each row: the derivative of the partition by the scores."""
        if self.crf is None:
            return [x.softmax(dim=-1) for x in emissions]
        return [torch.autograd.grad(self.crf.partition(x), x, retain_graph=True)[0] for x in emissions]

    def best(self, emissions):
        return [x.argmax(dim=-1).tolist() if self.crf is None else self.crf.best(x) for x in emissions]


class CharacterTagger(Tagger):
    defaults = CHARACTER
    model = "character-tagger"

    def __init__(self, settings):
        super().__init__()
        self.settings = settings = {**CHARACTER, **settings}
        self.embedding = nn.Embedding(settings["alphabetSize"], settings["embedding"])
        self.ngrams = nn.Embedding(2 ** settings["ngramBits"], settings["embedding"]) if settings["ngrams"] else None
        self.add_stack(settings["embedding"], settings)

    def rows(self, characters, position):
        """For each length n the n windows that hold the character; marks lie outside of the sentence."""
        def unit(place):
            return -2 if place < 0 else -3 if place >= len(characters) else characters[place]

        rows = []
        for n in self.settings["ngrams"]:
            for window in range(n):
                start = position - (n - 1) + window
                units = [unit(place) for place in range(start, start + n)]
                rows.append(row([*units, 16 * n + window], self.settings["ngramBits"]))
        return rows

    def embed(self, sentence):
        x = self.embedding(sentence)
        if self.ngrams is None:
            return x
        rows = torch.tensor([self.rows(sentence.tolist(), position) for position in range(len(sentence))])
        return x + self.ngrams(rows).sum(dim=1) / rows.shape[1] ** 0.5


class WordTagger(Tagger):
    defaults = WORD
    model = "word-tagger"

    def __init__(self, settings):
        super().__init__()
        self.settings = settings = {**WORD, **settings}
        self.embedding = nn.Embedding(settings["alphabetSize"], settings["embedding"])
        self.characters = nn.ModuleList(
            nn.Conv1d(settings["embedding"], settings["characterFilters"], width)
            for width in settings["characterWidths"])
        self.ngrams = nn.Embedding(2 ** settings["ngramBits"], settings["ngramWidth"])
        channels = len(self.characters) * settings["characterFilters"] + settings["ngramWidth"]
        self.add_stack(channels, settings)

    def rows(self, word):
        """Every n-gram of the word between two marks, and the whole word."""
        bits = self.settings["ngramBits"]
        units = [-2, *word, -3]
        rows = [
            row([*units[start:start + n], n], bits) for n in self.settings["ngrams"]
            for start in range(len(units) - n + 1)]
        return [*rows, row([*word, -4], bits)]

    def embed(self, sentence):
        vectors = []
        for word in sentence:
            x = self.embedding(word)
            maxima = [F.relu(convolve(convolution, x).max(dim=0).values) for convolution in self.characters]
            rows = torch.tensor(self.rows(word.tolist()))
            vectors.append(torch.cat([*maxima, self.ngrams(rows).sum(dim=0) / len(rows) ** 0.5]))
        return torch.stack(vectors)
