#!/usr/bin/env python3
"""Makes language-ngrams.safetensors: probabilities of interpolated modified Kneser-Ney smoothing.

Written from the formulas of Chen & Goodman (1998), "An Empirical Study of Smoothing Techniques for Language Modeling",
section 3, with dictionaries: nothing here is shared with the library. Needs numpy and safetensors.

    python3 make_ngram_fixtures.py
"""
import json
import os
from collections import defaultdict

import numpy as np
from safetensors.numpy import save_file

ORDER, ALPHABET = 4, 6
HERE = os.path.dirname(os.path.abspath(__file__))


def texts():
    """Three texts over the characters 0 to 4 with some structure; 5 is in the alphabet and never occurs."""
    random = np.random.default_rng(5)
    result = []
    for length in (90, 3, 70):
        text = [int(random.integers(5))]
        while len(text) < length:
            likely = (text[-1] * 2 + (text[-2] if len(text) > 1 else 0)) % 5
            text.append(likely if random.random() < 0.6 else int(random.integers(5)))
        result.append(text)
    return result


def counts_of(texts):
    """c(sequence): occurrences at the greatest length, different predecessors at the others."""
    occurrences = defaultdict(int)
    predecessors = defaultdict(set)
    for text in texts:
        for start in range(len(text)):
            for length in range(1, ORDER + 1):
                if start + length > len(text):
                    break
                sequence = tuple(text[start : start + length])
                if length == ORDER:
                    occurrences[sequence] += 1
                if start > 0 and length < ORDER:
                    predecessors[sequence].add(text[start - 1])
    counts = dict(occurrences)
    counts.update({sequence: len(before) for sequence, before in predecessors.items()})
    return counts


def discounts_of(counts, length):
    """D1, D2 and D3+ of equation 26, kept within reason; one half where the counts cannot tell."""
    n = [sum(1 for s, c in counts.items() if len(s) == length and c == k) for k in (1, 2, 3, 4)]
    values = [0.5, 0.5, 0.5]
    if n[0] > 0 and n[1] > 0:
        y = n[0] / (n[0] + 2 * n[1])
        for k in range(3):
            if n[k] > 0:
                values[k] = min(max(k + 1 - (k + 2) * y * n[k + 1] / n[k], 0.05), k + 0.95)
    return values


def probability(counts, discounts, context, character):
    """Equation 24, interpolated down to the uniform distribution."""
    lower = (
        probability(counts, discounts, context[1:], character) if context else 1 / ALPHABET
    )
    following = {c: counts.get(context + (c,), 0) for c in range(ALPHABET)}
    total = sum(following.values())
    if total == 0:
        return lower
    own = discounts[len(context) + 1]
    taken = {c: own[min(n, 3) - 1] if n > 0 else 0.0 for c, n in following.items()}
    return (following[character] - taken[character] + sum(taken.values()) * lower) / total


def main():
    training = texts()
    counts = counts_of(training)
    discounts = {length: discounts_of(counts, length) for length in range(1, ORDER + 1)}
    # Parts that occurred, and characters that never stood beside one another.
    test = training[0][10:22] + [5, 0, 5, 1] + training[2][30:40] + [4, 4, 4, 4, 0]
    probabilities = []
    for place in range(len(test) + 1):
        context = tuple(test[max(0, place - ORDER + 1) : place])
        row = [probability(counts, discounts, context, c) for c in range(ALPHABET)]
        assert abs(sum(row) - 1) < 1e-9
        probabilities.append(row)
    offsets = np.cumsum([0] + [len(text) for text in training])
    save_file(
        {
            "characters": np.array([c for text in training for c in text], dtype=np.int32),
            "offsets": offsets.astype(np.int32),
            "test": np.array(test, dtype=np.int32),
            "probabilities": np.array(probabilities, dtype=np.float32),
        },
        os.path.join(HERE, "language-ngrams.safetensors"),
        metadata={"fixture": json.dumps({"order": ORDER, "alphabet": ALPHABET})},
    )


if __name__ == "__main__":
    main()
