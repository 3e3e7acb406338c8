"""Prints the figures that CorrelationTests and MatchingReportTests expect, as SciPy and NumPy compute them."""

import numpy
from scipy import stats

PREDICTED = [1.5, 4.25, 3.0, 3.0, 2.0, 4.75, 1.0, 3.0, 2.5, 4.25]
ACTUAL = [1.0, 5.0, 2.5, 4.0, 2.5, 4.5, 1.5, 3.0, 3.0, 3.5]
PREDICTED_LABELS = [1, 0, 1, 1, 0, 0, 1, 0, 0, 1]
ACTUAL_LABELS = [1, 0, 0, 1, 1, 0, 1, 0, 0, 0]


def f1(label):
    predicted, actual = numpy.array(PREDICTED_LABELS) == label, numpy.array(ACTUAL_LABELS) == label
    return 2 * (predicted & actual).sum() / (predicted.sum() + actual.sum())


print("pearson", repr(float(stats.pearsonr(PREDICTED, ACTUAL)[0])))
print("spearman", repr(float(stats.spearmanr(PREDICTED, ACTUAL)[0])))
print("ranks", stats.rankdata(PREDICTED).tolist())
print("mean squared error", repr(float(numpy.mean((numpy.array(PREDICTED) - numpy.array(ACTUAL)) ** 2))))
print("accuracy", float(numpy.mean(numpy.array(PREDICTED_LABELS) == numpy.array(ACTUAL_LABELS))))
print("f1", repr(float(f1(1))), "macro f1", repr(float((f1(0) + f1(1)) / 2)))
