"""Makes the fixtures that tie CharCNN's taggers and its conditional random field to PyTorch.

    python make_tagger_fixtures.py        writes the tagger-*.safetensors files beside this script

As make_fixtures.py: weights are drawn in float32, the rest is computed in float64 and stored as float32. A fixture holds
`architecture` as JSON in its metadata, and the tensors `characters`, `words` (offsets of words among characters; of
sentences, where characters are tagged), `sentences` (offsets of sentences among rows), `labels` (a tag a row), `weights.NAME`,
`emissions`, `loss`, `gradients.NAME`, `marginals` (the probability of each tag) and `best` (a tag a row).
"""

import torch

from make_fixtures import draw, floats, prefixed, write
from tagger_networks import CharacterTagger, WordTagger

SMALL = {"alphabetSize": 9, "classes": 5, "embedding": 4, "filters": 6, "ngramBits": 8, "blocks": 2, "dilations": [1, 2]}
WORDS = {**SMALL, "characterWidths": [1, 3, 4], "characterFilters": 3, "ngrams": [2, 3], "ngramWidth": 5}
CASES = {
    "tagger-character": (CharacterTagger, SMALL),
    "tagger-character-softmax": (
        CharacterTagger, {**SMALL, "output": "softmax", "ngrams": [], "widths": [2, 3], "filters": 8}),
    "tagger-character-ngrams": (CharacterTagger, {**SMALL, "ngrams": [2, 3], "blocks": 3, "dilations": [1, 2, 4]}),
    "tagger-word": (WordTagger, WORDS),
    "tagger-word-softmax": (WordTagger, {**WORDS, "output": "softmax", "ngrams": [], "nonlinearity": "relu"}),
}
SENTENCES = [[3, 1, 4], [2], [1, 6, 2, 2, 5, 1]]


def draw_words(settings, generator):
    return [
        [torch.randint(0, settings["alphabetSize"], (length,), generator=generator) for length in lengths]
        for lengths in SENTENCES]


def offsets(lengths):
    return torch.tensor([0, *lengths]).cumsum(0).int()


def main():
    torch.set_num_threads(1)
    for seed, (name, (model, settings)) in enumerate(CASES.items()):
        generator = torch.Generator().manual_seed(300 + seed)
        network = draw(model(settings), generator)
        words = draw_words(settings, generator)
        isWord = model is WordTagger
        sentences = words if isWord else [torch.cat(sentence) for sentence in words]
        tags = [
            torch.randint(0, settings["classes"], (len(sentence),), generator=generator) for sentence in sentences]
        tensors = {
            "characters": torch.cat([word for sentence in words for word in sentence]).int(),
            "words": offsets([len(word) for sentence in words for word in sentence] if isWord
                             else [len(sentence) for sentence in sentences]),
            "sentences": offsets([len(sentence) for sentence in sentences]),
            "labels": torch.cat(tags).int(),
            **prefixed("weights.", {key: value.clone() for key, value in floats(network.state_dict()).items()}),
        }
        emissions = network(sentences)
        loss = network.loss(emissions, tags)
        tensors["marginals"] = torch.cat(network.marginals(emissions)).detach().float()
        tensors["best"] = torch.tensor([tag for path in network.best(emissions) for tag in path]).int()
        loss.backward()
        tensors["emissions"] = torch.cat(emissions).detach().float()
        tensors["loss"] = loss.detach().float().reshape(1)
        tensors |= prefixed("gradients.", floats({key: value.grad for key, value in network.named_parameters()}))
        write(name, tensors, {"architecture": {"model": network.model, "settings": network.settings}})


if __name__ == "__main__":
    main()
