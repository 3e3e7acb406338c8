"""A network of gated.py as an ONNX file, with or without the package `onnx`."""

import importlib.util
import warnings

import torch


def export(network, path):
    if importlib.util.find_spec("onnx") is None:
        # The exporter needs the package only to add functions written in onnxscript, of which there are none here.
        from torch.onnx._internal.torchscript_exporter import onnx_proto_utils

        onnx_proto_utils._add_onnxscript_fn = lambda model, _: model
    example = torch.zeros(2, 16, dtype=torch.int64), torch.tensor([16, 9])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            network, example, str(path), dynamo=False, opset_version=17, input_names=["characters", "lengths"],
            output_names=["scores"], dynamic_axes={"characters": {0: "texts", 1: "rows"}, "lengths": {0: "texts"}})
