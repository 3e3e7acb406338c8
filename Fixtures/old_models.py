"""Writes a bundle of every task and the checkpoints of killed trainings with a built charcnn, and the data they learned.

    python3 Fixtures/old_models.py CHARCNN FOLDER

FOLDER becomes a folder of Tests/CharCNNTests/Fixtures, named after the commit that CHARCNN was built of. What is missing then
are the answers: `answers/NAME-model.json` and `answers/NAME-finished.json` are the JSON of `ModelAnswers`
(Tests/CharCNNTests/OldModels), compiled together with the library of that commit, on one thread with the scalar
instructions; `weights` of the latter is the checksum of model.safetensors in the manifest of NAME-finished, which is made by
`--resume` of a copy of the checkpoint and is not kept.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import time

SCALAR = ["--instructions", "scalar", "--threads", "1"]
SMALL = ["filters=8", "blocks=2", "embedding=8", "ngramBits=8", "batchTexts=8", "patience=none"]
LAST_STEP = 60


def write_data():
    r = random.Random(7)
    os.makedirs("languages", exist_ok=True)
    good = [
        "a lovely film",
        "the soup was warm and good",
        "kind people, quick help",
        "a song to remember",
        "很好看的电影",
        "味道不错，还会再来",
        "服务热情，房间干净",
        "this shop is a joy",
        "gladly again",
        "物美价廉",
    ]
    bad = [
        "a dull film",
        "the soup was cold",
        "rude people, no help",
        "a song to forget",
        "很难看的电影",
        "味道太差，不会再来",
        "服务冷淡，房间很脏",
        "this shop is a pain",
        "never again",
        "又贵又差",
    ]
    with open("reviews.csv", "w") as f:
        f.write("text,label\n")
        for i in range(120):
            g = r.random() < 0.5
            s = r.choice(good if g else bad)
            t = r.choice(good if g else bad)
            f.write(f'"{s}; {t}",{"good" if g else "bad"}\n')
    nouns = ["cat", "dog", "lamp", "river", "猫", "狗", "灯", "河"]
    verbs = ["sees", "likes", "draws", "看见", "喜欢", "画"]
    names = ["Ada", "Noor", "Lin", "小明", "阿丽"]
    with open("sentences.conllu", "w") as f:
        for i in range(90):
            w = [
                (r.choice(names), "PROPN"),
                (r.choice(verbs), "VERB"),
                (r.choice(["the", "a", "那", "一只"]), "DET"),
                (r.choice(nouns), "NOUN"),
                (r.choice([".", "。"]), "PUNCT"),
            ]
            if r.random() < 0.3:
                w = w[2:4] + w[1:2] + w[:1] + w[4:]
            for k, (a, b) in enumerate(w):
                f.write(f"{k+1}\t{a}\t_\t{b}\t_\t_\t_\t_\t_\t_\n")
            f.write("\n")
    with open("characters.tsv", "w") as f:
        for i in range(90):
            ws = [r.choice(["我们", "今天", "去", "学校", "看书", "公园", "吃饭", "很", "高兴"]) for _ in range(4)]
            for w in ws:
                for k, c in enumerate(w):
                    f.write(f"{c}\t{'S' if len(w)==1 else 'B' if k==0 else 'E'}\n")
            f.write("\n")
    a = ["How do I pay", "Where is the station", "When does it open", "怎么付款", "车站在哪里", "什么时候开门"]
    b = [
        "How can I pay",
        "How do I find the station",
        "At what time does it open",
        "如何付款",
        "车站怎么走",
        "几点开门",
    ]
    with open("pairs.tsv", "w") as f:
        f.write("first\tsecond\tlabel\n")
        for i in range(120):
            x = r.randrange(6)
            y = x if i % 2 else r.choice([k for k in range(6) if k != x])
            f.write(f"{a[x]}{r.choice(['?','','？'])}\t{b[y]}{r.choice(['?','','？'])}\t{i%2}\n")
    with open("story.txt", "w") as f:
        for i in range(120):
            f.write(
                f"{r.choice(['The','A'])} {r.choice(['old','small','green'])} {r.choice(['house','boat','tree'])} {r.choice(['stood','lay','slept'])} {r.choice(['by the sea','in the rain','under the moon'])}. {r.choice(['月亮','河水','小船'])}{r.choice(['静静的','亮亮的','弯弯的'])}。\n"
            )
    L = {
        "eng": [
            "the",
            "house",
            "is",
            "old",
            "and",
            "we",
            "walk",
            "with",
            "our",
            "friends",
            "over",
            "there",
            "water",
            "night",
        ],
        "deu": [
            "das",
            "haus",
            "ist",
            "alt",
            "und",
            "wir",
            "gehen",
            "mit",
            "unseren",
            "freunden",
            "dort",
            "wasser",
            "nacht",
            "schön",
        ],
        "zho": ["房子", "很", "旧", "我们", "和", "朋友", "一起", "走", "那里", "水", "夜晚", "安静"],
    }
    for l, w in L.items():
        with open(f"languages/{l}.txt", "w") as f:
            for i in range(60):
                f.write(("" if l == "zho" else " ").join(r.choice(w) for _ in range(r.randint(4, 8))) + "\n")


TRAININGS = {
    "reviews": (["train", "reviews.csv"], SMALL),
    "chunks": (
        ["train", "reviews.csv"],
        SMALL[:1] + ["blocks=1", "embedding=8", "ngrams=none", "chunkLength=8"] + SMALL[4:],
    ),
    "words": (
        ["train", "--task", "tagging", "sentences.conllu"],
        SMALL + ["dilations=1,2", "ngramWidth=8", "characterFilters=4"],
    ),
    "characters": (["train", "--task", "tagging", "characters.tsv"], SMALL + ["dilations=1,2"]),
    "pairs": (["train", "--task", "matching", "pairs.tsv"], SMALL + ["ngramWidth=8", "hidden=8"]),
    "contrastive": (
        ["train", "--task", "matching", "pairs.tsv"],
        SMALL + ["objective=contrastive", "positive=1", "ngramWidth=8"],
    ),
    "story": (["pretrain", "story.txt"], SMALL[:3] + ["dilations=1,2", "window=32", "ngrams=3", "batchCharacters=256"]),
    "languages": (["train", "languages"], SMALL + ["blocks=1", "cuts=0.6", "ngramBayes=0.03"]),
}


def run(tool, *arguments):
    subprocess.run([tool, *arguments], check=True)


def train(tool, name, command, settings):
    """A model after some epochs, NAME-model."""
    steps = ["--epochs", "6", "--set", *settings] if settings else []
    run(tool, *command, "--output", f"{name}-model", *SCALAR, "--no-checkpoint", "--quiet", *steps)


def interrupt(tool, name, command, settings):
    """The checkpoint of a training that is killed, NAME-checkpoint, and the model that it comes to when it goes on."""
    checkpoints = f"{name}-checkpoint"
    often = ["--checkpoint", checkpoints, "--checkpoint-every", "0", "--quiet", "--epochs", "30"]
    training = subprocess.Popen([tool, *command, "--output", f"{name}-unused", *often, *SCALAR, "--set", *settings])

    def numbers():
        names = os.listdir(checkpoints) if os.path.isdir(checkpoints) else []
        return sorted(int(n.split("-")[1]) for n in names if n.startswith("checkpoint-"))

    while not any(n >= LAST_STEP for n in numbers()):
        time.sleep(0.0005)
    training.send_signal(signal.SIGKILL)
    training.wait()
    for number in numbers()[:-1]:
        shutil.rmtree(f"{checkpoints}/checkpoint-{number:06}")
    shutil.copytree(checkpoints, f"{name}-copy")
    resume = "pretrain" if name == "story" else "train"
    run(tool, resume, "--resume", f"{name}-copy", "--output", f"{name}-finished", "--threads", "1", "--quiet")


def main(tool, folder):
    tool = os.path.abspath(tool)
    os.makedirs(folder)
    os.chdir(folder)
    write_data()
    for name, (command, settings) in TRAININGS.items():
        train(tool, name, command, settings)
        if name not in ("contrastive", "languages"):
            interrupt(tool, name, command, settings)
    run(tool, "quantize", "reviews-model", "--output", "quantized-model", *SCALAR)
    run(
        tool,
        "detect",
        "languages-model",
        "--calibrate",
        "languages",
        "--answering",
        "0.9",
        "--output",
        "calibrated-model",
        *SCALAR,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
