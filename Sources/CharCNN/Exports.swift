// A user imports one module: what the classifier's interface speaks of comes with it.
@_exported public import CharCNNCompute
@_exported public import CharCNNEvaluation
@_exported public import CharCNNNetworks
@_exported public import CharCNNStorage
@_exported public import CharCNNText
@_exported public import CharCNNTraining
