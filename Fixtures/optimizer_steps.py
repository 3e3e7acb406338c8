"""Prints the numbers that Tests/CharCNNTrainingTests/OptimizerTests.swift compares with: ten steps of PyTorch's optimizers.

Minimizes sum(a * (p - t)^2 / 2) for a weight of six numbers, which decays, and a bias of two, which does not. Computed in
float64; the tests compute in float32.

Needs: pip install torch
"""

import torch

WEIGHT = [0.5, -1.25, 2.0, -0.125, 0.75, -3.0]
BIAS = [0.25, -0.5]
TARGET = [1.0, 1.0, -1.0, 0.0, 0.5, 2.0, -0.25, 0.75]
CURVATURE = [0.1, 1.0, 3.0, 0.5, 2.0, 0.25, 1.5, 0.75]


def run(name, make):
    weight = torch.tensor(WEIGHT, dtype=torch.float64, requires_grad=True)
    bias = torch.tensor(BIAS, dtype=torch.float64, requires_grad=True)
    target = torch.tensor(TARGET, dtype=torch.float64)
    curvature = torch.tensor(CURVATURE, dtype=torch.float64)
    optimizer = make(weight, bias)
    for _ in range(10):
        optimizer.zero_grad()
        p = torch.cat([weight, bias])
        (curvature * (p - target) ** 2 / 2).sum().backward()
        optimizer.step()
    print(name, [float(f"{x:.9g}") for x in torch.cat([weight, bias]).tolist()])


def groups(weight, bias, decay):
    return [{"params": [weight], "weight_decay": decay}, {"params": [bias], "weight_decay": 0.0}]


run("adamw", lambda w, b: torch.optim.AdamW(groups(w, b, 0.05), lr=0.1, betas=(0.9, 0.98), eps=1e-8))
run("sgd", lambda w, b: torch.optim.SGD(groups(w, b, 0.05), lr=0.1, momentum=0.9, dampening=0))
run("sgd without momentum", lambda w, b: torch.optim.SGD(groups(w, b, 0.0), lr=0.1))
run("adadelta", lambda w, b: torch.optim.Adadelta(groups(w, b, 0.05), lr=1.0, rho=0.95, eps=1e-6))
