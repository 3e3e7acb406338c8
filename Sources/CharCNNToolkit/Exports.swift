// All of CharCNN and of the rooms that it is built of, for programs with networks, layers or training loops of their own.
@_exported public import CharCNN
@_exported public import CharCNNCompute
@_exported public import CharCNNEvaluation
@_exported public import CharCNNNetworks
@_exported public import CharCNNStorage
@_exported public import CharCNNText
@_exported public import CharCNNTraining
