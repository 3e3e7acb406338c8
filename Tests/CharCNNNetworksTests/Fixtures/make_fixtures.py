"""Makes the fixtures that tie CharCNN's arithmetic to PyTorch's, or checks a trained model against PyTorch.

    python make_fixtures.py                              writes the *.safetensors files beside this script
    python make_fixtures.py --check MODEL.charcnn TEXT…  prints the class probabilities of the texts by PyTorch

The second reads config.json, alphabet.json, labels.json and model.safetensors of a model folder that CharCNN wrote
(`charcnn train … --output MODEL.charcnn`); `charcnn predict MODEL.charcnn` must print the same probabilities.

Needs torch, numpy and safetensors. Weights are drawn in float32; everything is then computed in float64 and
stored as float32 (losses of the golden run: float64), so a fixture has no rounding error but that of its last digit.

A network fixture holds, as JSON in its metadata, `settings` and `ngrams` (the networks of published_networks.py:
`architecture`; all as in config.json) and `smoothing`, and as tensors
`characters` (alphabet indices of all texts one after another), `offsets`, `labels`, `weights.NAME` (parameters and
running statistics before), `logits`, `loss` and `gradients.NAME` of one training pass without dropout (mean cross
entropy with label smoothing), `state.NAME` (running statistics after that pass) and `prediction` (scores in prediction
mode, with the statistics from before). golden*.safetensors hold weights, batches and the losses of ten AdamW steps,
recipe-*.safetensors those of ten steps by the recipe of a network's paper.
"""

import json
import pathlib
import sys
import unicodedata

import torch
from safetensors.torch import load_file, save_file
from torch.nn import functional as F

from gated_network import DEFAULTS, GatedNetwork, Ngrams
from published_networks import KimNetwork, MultikernelNetwork, VDCNNNetwork, ZhangNetwork

HERE = pathlib.Path(__file__).parent
SMOOTHING = 0.1
SMALL = {
    "alphabetSize": 11, "classes": 3, "embedding": 6, "filters": 8, "blocks": 3, "normalization": "none",
    "characterDropout": 0.0, "blockDropout": 0.0, "dropout": 0.0,
}
CASES = {
    "default": {},
    "complementary": {"nonlinearity": "complementary", "filters": 6},
    "relu": {"nonlinearity": "relu", "filters": 6, "poolingWidth": 3, "poolingStride": 1},
    "gelu": {"nonlinearity": "gelu", "filters": 6, "residual": False},
    "layer-norm": {"normalization": "layer"},
    "batch-norm": {"normalization": "batch"},
    "widths": {"widths": [2, 3, 4], "filters": 12, "normalization": "layer"},
    "stride-dilation": {"stride": 2, "dilations": [1, 2, 3], "widths": [3, 4], "pooling": "none"},
    "average": {"pooling": "average", "poolingWidth": 3, "poolingStride": 2, "globalPooling": "average"},
    "tutorial": {"embedding": 5, "filters": 10, "blocks": 2, "length": 20, "classes": 2},
    "hidden": {"hidden": [7, 5], "globalPooling": "maxAverage"},
    "residual-embedding": {"filters": 12, "widths": [1, 2, 5], "normalization": "batch", "pooling": "none"},
}
NGRAMS = {"ngrams": [], "ngramDropout": 0.0, "ngramRate": 0.3, "ngramDecay": 0.0}
# The wide part beside the network; the table is small, so that n-grams collide.
WIDE = {
    "ngrams": {"ngrams": [1, 2, 3], "ngramBits": 6},
    "ngrams-width": {"ngrams": [4, 2], "ngramBits": 5, "ngramWidth": 4},
}
CASES |= {"ngrams": {}, "ngrams-width": {"length": 8}}
LENGTHS = [7, 1, 23, 0, 4, 12]
LONG_LENGTHS = [160, 7, 0, 149]
NO_DROPOUT = {"alphabetSize": 11, "classes": 3, "dropout": 0.0}
SMALL_KIM = {**NO_DROPOUT, "embedding": 6, "maps": 5}
SMALL_VDCNN = {
    "alphabetSize": 11, "classes": 3, "embedding": 5, "maps": [4, 6, 8, 10], "hidden": [9, 7], "kMax": 3,
    "length": None,
}
PUBLISHED = {
    "kim-rand": (KimNetwork, SMALL_KIM),
    "kim-static": (KimNetwork, {**SMALL_KIM, "variant": "static", "length": 12}),
    "kim-multichannel": (KimNetwork, {**SMALL_KIM, "variant": "multichannel"}),
    "zhang": (ZhangNetwork, {**NO_DROPOUT, "maps": 5, "hidden": [7, 6], "length": 150}),
    "zhang-no-length": (
        ZhangNetwork,
        {**NO_DROPOUT, "maps": 5, "hidden": [7, 6], "length": None, "widths": [3, 2, 2], "poolings": [3, 1, 2],
         "reversed": False}),
    "vdcnn": (VDCNNNetwork, {**SMALL_VDCNN, "length": 26}),
    "vdcnn-k-max": (VDCNNNetwork, {**SMALL_VDCNN, "downsampling": "kMax", "convolutions": [2, 4, 2, 2]}),
    "vdcnn-shortcut": (
        VDCNNNetwork,
        {**SMALL_VDCNN, "downsampling": "convolution", "shortcut": True, "convolutions": [4, 2, 2, 2],
         "maps": [4, 4, 8, 8]}),
    "multikernel": (
        MultikernelNetwork, {**NO_DROPOUT, "embedding": 6, "widths": [2, 3, 4, 5], "rounds": 3, "hidden": [7]}),
    "multikernel-length": (
        MultikernelNetwork, {**NO_DROPOUT, "embedding": 4, "widths": [1, 3, 3], "roundWidth": 2, "length": 9}),
}
# A recipe's optimizer with its numbers. The norm limit of kim is low, so that it is at work.
RECIPES = {
    "recipe-kim": (
        KimNetwork, {**SMALL_KIM, "maximumNorm": 0.5},
        lambda parameters: torch.optim.Adadelta(parameters, lr=1, rho=0.95, eps=1e-6)),
    "recipe-zhang": (
        ZhangNetwork, {**NO_DROPOUT, "maps": 5, "hidden": [7, 6], "length": 150},
        lambda parameters: torch.optim.SGD(parameters, lr=0.01, momentum=0.9)),
    "recipe-vdcnn": (
        VDCNNNetwork, SMALL_VDCNN, lambda parameters: torch.optim.SGD(parameters, lr=0.01, momentum=0.9)),
    "recipe-multikernel": (
        MultikernelNetwork, {**NO_DROPOUT, "embedding": 6, "widths": [2, 3, 4, 5], "rounds": 3, "hidden": [7]},
        lambda parameters: torch.optim.AdamW(parameters, lr=0.002, betas=(0.9, 0.98), weight_decay=0)),
}


def draw(network, generator):
    """The network in float64 with weights that are float32 numbers."""
    network = network.double()
    with torch.no_grad():
        for name, value in network.state_dict().items():
            if not value.is_floating_point():
                continue
            noise = torch.randn(value.shape, generator=generator)
            if name.endswith(("running_var", "idf")):
                noise = 0.5 + torch.rand(value.shape, generator=generator)
            elif value.dim() > 1:
                noise = noise / value[0].numel() ** 0.5
            elif "normalizations" in name and name.endswith("weight"):
                noise = 1 + 0.2 * noise
            else:
                noise = 0.2 * noise
            value.copy_(noise)
    return network


def draw_texts(lengths, settings, generator):
    texts = []
    for length in lengths:
        text = torch.randint(0, settings["alphabetSize"], (length,), generator=generator)
        if length > 3:
            text[2] = -1
        texts.append(text)
    labels = torch.randint(0, settings["classes"], (len(lengths),), generator=generator)
    return texts, labels


def packed(texts, labels, prefix=""):
    offsets = torch.tensor([0] + [len(text) for text in texts]).cumsum(0)
    return {
        prefix + "characters": torch.cat(texts).int(), prefix + "offsets": offsets.int(),
        prefix + "labels": labels.int(),
    }


def floats(values):
    return {name: value.detach().float().contiguous() for name, value in values.items() if value.is_floating_point()}


def prefixed(prefix, values):
    return {prefix + name: value for name, value in values.items()}


def write(name, tensors, description):
    """One entry of metadata, since safetensors writes several in any order: the same fixture is the same file."""
    save_file(tensors, HERE / f"{name}.safetensors", {"fixture": json.dumps(description)})


def gated(settings, ngrams):
    """A network and what describes it."""
    return GatedNetwork(settings, ngrams), {"settings": settings, "ngrams": ngrams}


def published(model, settings):
    network = model(settings)
    return network, {"architecture": {"model": network.model, "settings": network.settings}}


def make_network_fixture(name, network, description, seed):
    generator = torch.Generator().manual_seed(seed)
    settings = network.settings
    draw(network, generator)
    lengths = LONG_LENGTHS if (settings.get("length") or 0) > 100 else LENGTHS
    texts, labels = draw_texts(lengths, settings, generator)
    tensors = {**packed(texts, labels), **prefixed("weights.", floats(network.state_dict()))}
    tensors = {key: value.clone() for key, value in tensors.items()}
    network.eval()
    with torch.no_grad():
        tensors["prediction"] = network(texts).float()
    network.train()
    logits = network(texts)
    parts = len(logits) // len(labels)
    loss = parts * F.cross_entropy(logits, labels.repeat(parts), label_smoothing=SMOOTHING)
    loss.backward()
    tensors["logits"] = logits.detach().float()
    tensors["loss"] = loss.detach().float().reshape(1)
    named = dict(network.named_parameters())
    tensors |= prefixed("gradients.", floats({key: value.grad for key, value in named.items() if value.requires_grad}))
    frozen = {key: value for key, value in named.items() if not value.requires_grad}
    tensors |= prefixed("state.", floats({**dict(network.named_buffers()), **frozen}))
    write(name, tensors, {**description, "smoothing": SMOOTHING})


def make_golden_run(name, network, description):
    """Ten steps of PyTorch's AdamW, decay on convolution and fully connected weights only, clipping by global norm."""
    generator = torch.Generator().manual_seed(2024)
    rate, decay, clip = 0.02, 0.05, 1.0
    settings = network.settings
    draw(network, generator)
    tensors = prefixed("weights.", {key: value.clone() for key, value in floats(network.state_dict()).items()})
    decays = [p for n, p in network.named_parameters() if p.dim() > 1 and n != "embedding.weight"]
    others = [p for n, p in network.named_parameters() if p.dim() == 1 or n == "embedding.weight"]
    optimizer = torch.optim.AdamW(
        [{"params": decays, "weight_decay": decay}, {"params": others, "weight_decay": 0.0}], lr=rate,
        betas=(0.9, 0.999), eps=1e-8)
    batches = [draw_texts(lengths, settings, generator) for lengths in ([5, 9, 2], [14, 3, 6, 8], [1, 11])]
    for number, (texts, labels) in enumerate(batches):
        tensors |= packed(texts, labels, f"batches.{number}.")
    losses = []
    for step in range(10):
        texts, labels = batches[step % len(batches)]
        optimizer.zero_grad()
        loss = F.cross_entropy(network(texts), labels, label_smoothing=SMOOTHING)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), clip)
        optimizer.step()
        losses.append(loss.item())
    tensors["losses"] = torch.tensor(losses, dtype=torch.float64)
    numbers = {"smoothing": SMOOTHING, "rate": rate, "weightDecay": decay, "clip": clip}
    write(name, tensors, {**description, **numbers})
    print(f"{name}:", " ".join(f"{loss:.6f}" for loss in losses))


def make_recipe_run(name, model, settings, make_optimizer):
    """Ten steps by the optimizer of a paper, on the mean cross entropy, with the limit on the rows of the output layer."""
    generator = torch.Generator().manual_seed(77)
    network, description = published(model, settings)
    draw(network, generator)
    tensors = prefixed("weights.", {key: value.clone() for key, value in floats(network.state_dict()).items()})
    optimizer = make_optimizer(network.parameters())
    lengths = ([160, 7, 149], [14, 3, 155, 8]) if (settings.get("length") or 0) > 100 else ([5, 9, 2], [14, 3, 6, 8])
    batches = [draw_texts(some, network.settings, generator) for some in lengths]
    for number, (texts, labels) in enumerate(batches):
        tensors |= packed(texts, labels, f"batches.{number}.")
    losses = []
    for step in range(10):
        texts, labels = batches[step % len(batches)]
        optimizer.zero_grad()
        loss = F.cross_entropy(network(texts), labels)
        loss.backward()
        optimizer.step()
        limit = settings.get("maximumNorm")
        if limit:
            with torch.no_grad():
                rows = network.output.weight
                rows.mul_((limit / rows.norm(dim=1, keepdim=True)).clamp(max=1))
        losses.append(loss.item())
    tensors["losses"] = torch.tensor(losses, dtype=torch.float64)
    write(name, tensors, {**description, "smoothing": 0.0})
    print(f"{name}:", " ".join(f"{loss:.6f}" for loss in losses))


class Wide(torch.nn.Module):
    """A network of a paper with the wide part beside it; `ngrams` is the name of its tensors."""

    def __init__(self, network, ngrams, classes):
        super().__init__()
        self.deep = network
        self.ngrams = Ngrams(ngrams, classes)

    def load_state_dict(self, state, strict=True):
        names = {name: name if name.startswith("ngrams.") else f"deep.{name}" for name in state}
        return super().load_state_dict({names[name]: value for name, value in state.items()}, strict)

    def forward(self, texts):
        scores, votes = self.deep(texts), self.ngrams(texts)
        return torch.cat([scores, votes]) if self.training else self.ngrams.mixture @ torch.stack([scores, votes], 1)


def units_of(text, settings):
    """A text as the units that the alphabet lists."""
    if settings.get("foldsCase", True):
        text = text.lower()
    form = settings.get("normalization", "nfkc")
    if form != "none":
        text = unicodedata.normalize(form.upper(), text)
        if settings.get("foldsCase", True):
            text = unicodedata.normalize(form.upper(), text.lower())
    kind = settings.get("unit", "scalar")
    if kind == "grapheme":
        raise SystemExit("error: --check reads models of scalars and bytes, not of grapheme clusters")
    units = [chr(byte) for byte in text.encode()] if kind == "byte" else list(text)
    return units[: settings.get("maximumLength", 2048)]


def check(folder, texts):
    """Prints the probability of every class for each text, best first."""
    folder = pathlib.Path(folder)
    config, alphabet, labels = (
        json.loads((folder / f"{name}.json").read_text()) for name in ("config", "alphabet", "labels"))
    papers = {model.model: model for model in (KimNetwork, ZhangNetwork, VDCNNNetwork, MultikernelNetwork)}
    model, settings, ngrams = (
        config["architecture"]["model"], config["architecture"]["settings"], config.get("ngrams"))
    if model in papers:
        # A setting that is none is not written.
        network = papers[model]({"length": None, **settings})
        if ngrams and ngrams["ngrams"]:
            network = Wide(network, ngrams, settings["classes"])
    else:
        network = GatedNetwork(settings, ngrams)
    network.load_state_dict(load_file(folder / "model.safetensors"), strict=True)
    network.double().eval()
    index = {unit: number + 1 for number, unit in enumerate(alphabet["units"])}
    units = [units_of(text, config["text"]) for text in texts]
    encoded = [torch.tensor([index.get(unit, 0) for unit in text], dtype=torch.long) for text in units]
    with torch.no_grad():
        probabilities = network(encoded).softmax(dim=-1)
    for text, row in zip(texts, probabilities):
        ranked = sorted(zip(labels, row.tolist()), key=lambda pair: -pair[1])
        print("\t".join([f"{label}={value:.6f}" for label, value in ranked] + [text]))


def main():
    torch.set_num_threads(1)
    if sys.argv[1:2] == ["--check"] and len(sys.argv) > 3:
        check(sys.argv[2], sys.argv[3:])
    elif len(sys.argv) == 1:
        for seed, (name, changes) in enumerate(CASES.items()):
            make_network_fixture(
                name, *gated({**DEFAULTS, **SMALL, **changes}, {**NGRAMS, **WIDE.get(name, {})}), seed)
        for seed, (name, (model, settings)) in enumerate(PUBLISHED.items()):
            make_network_fixture(name, *published(model, settings), 100 + seed)
        golden = {**DEFAULTS, **SMALL, "hidden": [6], "normalization": "layer"}
        make_golden_run("golden", *gated(golden, NGRAMS))
        make_golden_run("golden-vdcnn", *published(VDCNNNetwork, SMALL_VDCNN))
        for name, (model, settings, make_optimizer) in RECIPES.items():
            make_recipe_run(name, model, settings, make_optimizer)
    else:
        raise SystemExit(__doc__)


if __name__ == "__main__":
    main()
