"""Writes bundles of classifiers with solved n-grams, several labels, thresholds, and scores, checkpoints of killed trainings,
and the data they learned, with a built charcnn.

    python3 Fixtures/solved_models.py CHARCNN FOLDER

What becomes of FOLDER stands in old_models.py.
"""

import os
import random
import shutil
import sys

import old_models

SMALL = ["filters=8", "blocks=2", "embedding=8", "batchTexts=8", "patience=none"]


def write_data():
    r = random.Random(11)
    parts = {
        "food": ["the soup was warm", "the bread was dry", "菜很好吃", "味道太差"],
        "staff": ["kind people", "rude waiters", "服务热情", "没有人理我们"],
        "price": ["cheap enough", "far too dear", "物美价廉", "又贵又差"],
    }
    good = {"the soup was warm", "菜很好吃", "kind people", "服务热情", "cheap enough", "物美价廉"}
    with open("kinds.csv", "w") as kinds, open("scores.csv", "w") as scores:
        kinds.write("text,label\n")
        scores.write("text,label\n")
        for _ in range(160):
            chosen = r.sample(sorted(parts), r.choice([1, 2, 2, 3]))
            said = [r.choice(parts[kind]) for kind in chosen]
            text = "; ".join(said)
            kinds.write(f'"{text}","{"|".join(sorted(chosen))}"\n')
            scores.write(f'"{text}",{3 + sum(1 if words in good else -1 for words in said) / len(said):.2f}\n')
    with open("grades.csv", "w") as grades:
        grades.write("text,label\n")
        for _ in range(160):
            grade = r.randrange(1, 5)
            words = ["awful", "poor", "fine", "lovely"][grade - 1]
            grades.write(f'"{r.choice(["a", "what a", "one more"])} {words} {r.choice(["film", "meal", "day", "一天"])}",{grade}\n')


TRAININGS = {
    "solved": (["train", "reviews.csv"], SMALL),
    "alone": (["train", "reviews.csv", "--model", "ngrams"], []),
    "several": (["train", "kinds.csv", "--label-separator", "|"], SMALL),
    "scores": (["train", "--task", "regression", "scores.csv"], SMALL),
    "grades": (["train", "--task", "regression", "grades.csv"], SMALL + ["ordinal=true"]),
}
FINISHED = ("solved", "several", "scores")


def main(tool, folder):
    tool = os.path.abspath(tool)
    os.makedirs(folder)
    os.chdir(folder)
    old_models.write_data()
    for name in ("sentences.conllu", "characters.tsv", "pairs.tsv", "story.txt"):
        os.remove(name)
    shutil.rmtree("languages")
    write_data()
    for name, (command, settings) in TRAININGS.items():
        old_models.train(tool, name, command, settings)
        if name in FINISHED:
            old_models.interrupt(tool, name, command, settings)
    old_models.run(tool, "calibrate", "solved-model", "reviews.csv", "--precision", "0.95", "--output", "careful-model", *old_models.SCALAR)
    old_models.run(tool, "quantize", "solved-model", "--output", "rounded-model", *old_models.SCALAR)


if __name__ == "__main__":
    main(*sys.argv[1:])
