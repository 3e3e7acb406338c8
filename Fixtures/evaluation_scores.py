"""Prints the numbers that Tests/CharCNNEvaluationTests compares with: scikit-learn's scores of the same examples.

Needs: pip install numpy scikit-learn
"""

import numpy
from sklearn.metrics import accuracy_score, f1_score, precision_recall_fscore_support

labels = ["a", "b", "c", "d", "e"]


def show(title, actual, predicted):
    print(title)
    print("  accuracy", accuracy_score(actual, predicted))
    for average in ("macro", "weighted", "micro"):
        print("  f1", average, f1_score(actual, predicted, average=average, zero_division=0))
    names = ("precision", "recall", "f1", "support")
    for name, row in zip(names, precision_recall_fscore_support(actual, predicted, labels=labels, zero_division=0)):
        print("  labels", name, row.tolist())


actual = [labels[i] for i in [0, 0, 0, 0, 1, 1, 1, 2, 2, 0, 1, 1]]
predicted = [labels[i] for i in [0, 0, 1, 3, 1, 1, 0, 2, 1, 0, 1, 2]]
show("small", actual, predicted)
show("small with unseen labels", actual + ["x", "x", "y"], predicted + ["a", "b", "d"])

state = 1
actual, predicted = [], []
for _ in range(1000):
    state = (state * 1103515245 + 12345) % 2**31
    right = (state >> 16) % 7
    guess = right if (state >> 20) % 3 else (state >> 8) % 5
    actual.append(labels[right] if right < 5 else f"unseen {right}")
    predicted.append(labels[guess % 5])
show("generated", actual, predicted)

# Expected calibration error as in Guo et al. 2017: bins (lower, upper] of width 1/15.
i = numpy.arange(40)
confidence = ((i * 37 + 11) % 101 + 0.5) / 101
correct = (i * i + 3 * i) % 7 < 4
error = 0.0
for m in range(15):
    chosen = (confidence > m / 15) & (confidence <= (m + 1) / 15)
    if chosen.any():
        error += chosen.mean() * abs(correct[chosen].mean() - confidence[chosen].mean())
print("calibration error", error)
