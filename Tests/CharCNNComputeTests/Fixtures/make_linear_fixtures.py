#!/usr/bin/env python3
"""Optima of linear models by LIBLINEAR, which scikit-learn brings: writes linear.json and linear-answers.json beside this file.

    python3 make_linear_fixtures.py        (needs scikit-learn)

Rows as texts have them: few features of many, frequent and rare ones, of the length 1. Labels follow some features, with noise,
so that the classes overlap. Every model is found to a precision far beyond the one that tests ask for.
"""
import json, os
import numpy as np
from scipy import sparse
from sklearn.svm import LinearSVC

random = np.random.default_rng(7)
rows, features, classes = 300, 400, 4
frequency = 1 / np.arange(2, features + 2)
frequency /= frequency.sum()
x = np.zeros((rows, features))
for row in x:
    row[random.choice(features, 16, replace=False, p=frequency)] = random.integers(1, 4, 16)
x /= np.linalg.norm(x, axis=1, keepdims=True)
x = np.round(x, 4)
teacher = random.normal(size=(features, classes))
labels = (x @ teacher + random.normal(scale=0.4, size=(rows, classes))).argmax(1)
weights = np.round(random.uniform(0.5, 2, rows), 2)
factors = np.round(random.uniform(0.2, 3, features), 2)


def optimum(positive, cost, weight=None, scale=None, balance=(1.0, 1.0)):
    """Value, bias and margins of the squared hinge loss, one class against the rest."""
    y = np.where(labels == positive, 1, -1)
    z = x if scale is None else x * scale
    model = LinearSVC(C=cost, tol=1e-10, max_iter=1_000_000, dual=True, class_weight={1: balance[0], -1: balance[1]})
    model.fit(sparse.csr_matrix(z), y, sample_weight=weight)
    margins = z @ model.coef_[0] + model.intercept_[0]
    costs = cost * (np.ones(rows) if weight is None else weight) * np.where(y > 0, *balance)
    w = np.append(model.coef_[0], model.intercept_[0])
    value = 0.5 * w @ w + (costs * np.maximum(0, 1 - y * margins) ** 2).sum()
    return {"value": value, "margins": [round(float(m), 6) for m in margins]}


models = [{"class": c, "cost": cost} for c in range(classes) for cost in (0.1, 1.0, 10.0)]
models += [{"class": 0, "cost": 1.0, "weighted": True}, {"class": 1, "cost": 1.0, "scaled": True},
           {"class": 2, "cost": 1.0, "balance": [3.0, 0.5]}]
for model in models:
    model.update(optimum(model["class"], model["cost"], weights if model.get("weighted") else None,
                         factors if model.get("scaled") else None, model.get("balance", (1.0, 1.0))))
matrix = sparse.csr_matrix(x)
# Ridge regression has a formula.
targets = np.round(x @ teacher[:, 0] + random.normal(scale=0.2, size=rows), 3)
wide = np.hstack([x, np.ones((rows, 1))])
ridge = np.linalg.solve(np.eye(features + 1) + 2 * 1.5 * wide.T @ wide, 2 * 1.5 * wide.T @ targets)
fixture = {
    "features": features, "offsets": matrix.indptr.tolist(), "indices": matrix.indices.tolist(),
    "values": [round(float(v), 4) for v in matrix.data], "labels": labels.tolist(), "weights": weights.tolist(),
    "factors": factors.tolist(), "models": models, "targets": targets.tolist(), "ridgeCost": 1.5,
    "ridgeMargins": [round(float(m), 6) for m in wide @ ridge],
}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "linear.json"), "w") as file:
    json.dump(fixture, file, separators=(",", ":"))
    file.write("\n")


# Many rows, whose answers are compared one by one. The test makes the same rows from the same random numbers, so that the file
# needs the answers alone.
class Generator:
    """A linear congruential generator of 64 bits (Knuth, MMIX)."""

    state = 12

    def below(self, bound):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % bound


def many(count=5_000, features=1_000, classes=6):
    generator = Generator()
    x, labels = np.zeros((count, features)), []
    for row in x:
        kind = generator.below(classes)
        for _ in range(14):
            likes = generator.below(10) < 3
            feature = kind * 40 + generator.below(40) if likes else classes * 40 + generator.below(features - classes * 40)
            row[feature] = (1 + generator.below(4)) / 4
        labels.append(generator.below(classes) if generator.below(8) == 0 else kind)
    return x, np.array(labels)


x, labels = many()
rows, cost = len(x), 0.3
margins, values = [], []
for positive in range(6):
    found = optimum(positive, cost)
    margins.append(found["margins"])
    values.append(found["value"])
answers = np.array(margins).argmax(0)
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "linear-answers.json"), "w") as file:
    json.dump({"cost": cost, "values": values, "answers": "".join(map(str, answers))}, file, separators=(",", ":"))
    file.write("\n")
