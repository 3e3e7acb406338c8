"""Prints the safetensors file that Tests/CharCNNStorageTests/Safetensors/PythonFileTests.swift holds as base64.

Needs: pip install numpy safetensors
"""

import base64

import numpy
from safetensors.numpy import save

tensors = {
    "weight": numpy.array([[1.5, -2.25, 3.0], [0.0, -0.0, 1e-30]], dtype=numpy.float32),
    "scalar": numpy.array(7.0, dtype=numpy.float32),
    "empty": numpy.zeros((0, 4), dtype=numpy.float32),
    "文字": numpy.array([20013, 25991], dtype=numpy.int32),
    "offsets": numpy.array([-1, 2**40], dtype=numpy.int64),
    "double": numpy.array([0.1], dtype=numpy.float64),
    "half": numpy.array([0.5, 2.0], dtype=numpy.float16),
    "byte": numpy.array([255], dtype=numpy.uint8),
}
print(base64.b64encode(save(tensors, metadata={"made by": "numpy", "quote": '"\\\n'})).decode())
