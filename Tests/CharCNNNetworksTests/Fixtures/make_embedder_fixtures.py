"""Makes the fixture that ties the layers of CharCNN's bases of vectors, and their loss, to PyTorch.

    python make_embedder_fixtures.py        writes embedder.safetensors beside this script

As make_fixtures.py: weights are drawn in float32, the rest is computed in float64 and stored as float32. The fixture holds the sums of the n-grams'
rows of some texts (`sums`), the teacher's vectors (`targets`), `weights.NAME`, the vectors (`vectors`), `loss`, and `gradients.NAME`, those of the sums among them.
"""

import torch
from torch import nn
from torch.nn import functional as F

from make_fixtures import draw, floats, prefixed, write

TEXTS, RANK, HIDDEN, DIMENSION = 6, 4, 5, 3


class Layers(nn.Module):
    """z W + b + gelu(z U + a) V + c."""

    def __init__(self):
        super().__init__()
        self.output = nn.Linear(RANK, DIMENSION)
        self.hidden = nn.Linear(RANK, HIDDEN)
        self.hiddenOutput = nn.Linear(HIDDEN, DIMENSION)

    def forward(self, sums):
        return self.output(sums) + self.hiddenOutput(F.gelu(self.hidden(sums)))


if __name__ == "__main__":
    generator = torch.Generator().manual_seed(20)
    layers = Layers()
    draw(layers, generator)
    sums = torch.randn(TEXTS, RANK, generator=generator).double().requires_grad_()
    targets = torch.randn(TEXTS, DIMENSION, generator=generator).double()
    vectors = layers(sums)
    loss = (1 - F.cosine_similarity(vectors, targets) + ((vectors - targets) ** 2).sum(1) / 2).mean()
    loss.backward()
    tensors = {"sums": sums, "targets": targets, "vectors": vectors, "loss": loss.reshape(1), "gradients.sums": sums.grad}
    tensors |= prefixed("weights.", dict(layers.named_parameters()))
    tensors |= prefixed("gradients.", {name: value.grad for name, value in layers.named_parameters()})
    write("embedder", floats(tensors), {"rank": RANK, "hidden": HIDDEN, "dimension": DIMENSION})
