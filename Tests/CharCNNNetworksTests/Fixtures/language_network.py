"""CharCNN's language model in plain PyTorch, and the fixtures that tie CharCNN's arithmetic to it.

    python language_network.py      writes language-*.safetensors beside this script

The modules have the names of the tensors in model.safetensors. A fixture holds, as JSON in its metadata, `settings` (the
`network` of config.json), and as tensors `characters` (what the network reads, one text after another; -1 is a hidden
character or the beginning of a text), `offsets`, `rows` (where something is predicted), `targets`, `weights.NAME`,
`scores` (of every row), `loss` (mean cross entropy at the rows) and `gradients.NAME`. Weights are drawn in float32;
everything is then computed in float64 and stored as float32.
"""

import torch
from torch import nn
from torch.nn import functional as F

from gated_network import DEFAULTS, GatedBlock
from make_fixtures import SMALL, draw, floats, prefixed, write

LENGTHS = [9, 1, 30]
CASES = {
    "language-causal": {"padding": "causal", "dilations": [1, 2, 4], "widths": [3], "normalization": "layer"},
    "language-widths": {"padding": "causal", "dilations": [2, 1, 3], "widths": [2, 4], "nonlinearity": "complementary"},
    "language-masked": {"dilations": [1, 2, 4], "widths": [3], "normalization": "layer", "filters": 12},
}


class LanguageNetwork(nn.Module):
    """Scores of all characters for every row of a list of texts."""

    def __init__(self, settings):
        super().__init__()
        settings = {**DEFAULTS, **settings}
        self.embedding = nn.Embedding(settings["alphabetSize"], settings["embedding"])
        self.blocks = nn.ModuleList()
        channels = settings["embedding"]
        for dilation in settings["dilations"]:
            self.blocks.append(GatedBlock(channels, settings, dilation))
            channels = self.blocks[-1].outputs
        self.output = nn.Module()
        self.output.normalization = nn.LayerNorm(channels)
        self.output.projection = nn.Linear(channels, settings["embedding"])
        self.output.bias = nn.Parameter(torch.zeros(settings["alphabetSize"]))

    def forward(self, texts):
        x = [self.embedding(text.clamp(min=0)) * (text >= 0)[:, None] for text in texts]
        for block in self.blocks:
            x = block(x)
        h = self.output.projection(self.output.normalization(torch.cat(x)))
        return h @ self.embedding.weight.T + self.output.bias


def make(name, changes, number):
    settings = {**SMALL, "pooling": "none", **changes}
    generator = torch.Generator().manual_seed(100 + number)
    network = draw(LanguageNetwork(settings), generator)
    texts = [torch.randint(0, settings["alphabetSize"], (length,), generator=generator) for length in LENGTHS]
    if settings.get("padding") == "causal":
        targets = torch.cat(texts)
        texts = [F.pad(text[:-1], (1, 0), value=-1) for text in texts]
        rows = torch.arange(len(targets))
    else:
        hidden = [torch.rand(len(text), generator=generator) < 0.3 for text in texts]
        hidden[0][2] = True
        targets = torch.cat([text[mask] for text, mask in zip(texts, hidden)])
        texts = [text.masked_fill(mask, -1) for text, mask in zip(texts, hidden)]
        rows = torch.cat(hidden).nonzero()[:, 0]
    weights = floats(network.state_dict())
    scores = network(texts)
    loss = F.cross_entropy(scores[rows], targets)
    loss.backward()
    gradients = {key: value.grad for key, value in network.named_parameters()}
    offsets = torch.tensor([0] + LENGTHS).cumsum(0)
    write(
        name,
        {
            "characters": torch.cat(texts).int(), "offsets": offsets.int(), "rows": rows.int(), "targets": targets.int(),
            **prefixed("weights.", weights), **floats({"scores": scores, "loss": loss[None]}),
            **prefixed("gradients.", floats(gradients)),
        }, {"settings": {**DEFAULTS, **settings}})


if __name__ == "__main__":
    for number, (name, changes) in enumerate(CASES.items()):
        make(name, changes, number)
