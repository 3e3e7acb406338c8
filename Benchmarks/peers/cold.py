"""One prediction in a fresh process: cold.py torch|onnxruntime|fasttext FOLDER SET."""

import json
import pathlib
import sys

peer, folder, name = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3]
if peer == "torch":
    import torch
    from safetensors.torch import load_file

    from gated import Gated

    settings = json.loads((folder / f"{name}.json").read_text())
    network = Gated(settings["architecture"]["settings"], "ncl").eval()
    network.load_state_dict(load_file(folder / f"{name}.charcnn" / "model.safetensors"))
    with torch.inference_mode():
        scores = network(torch.arange(1, 14)[None], torch.tensor([13]))
    print(settings["labels"][scores.argmax()])
elif peer == "onnxruntime":
    import numpy
    import onnxruntime

    settings = json.loads((folder / f"{name}.json").read_text())
    session = onnxruntime.InferenceSession(str(folder / f"{name}.ncl.onnx"), providers=["CPUExecutionProvider"])
    batch = {"characters": numpy.arange(1, 14)[None], "lengths": numpy.array([13])}
    print(settings["labels"][session.run(None, batch)[0].argmax()])
else:
    import fasttext

    print(fasttext.load_model(str(folder / f"{name}.ftz")).f.predict("a word or two\n", 1, 0.0, "strict"))
