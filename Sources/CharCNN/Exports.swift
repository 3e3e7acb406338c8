// What a program needs that trains a model, measures it and asks it: besides this module's own types, these of the rooms
// below. A module that is imported here by the line, type by type, shows nothing else of itself; members of its other types
// can be used (`report.confusion.count`, `.max`), only their names cannot be written. Who builds networks imports
// CharCNNToolkit, which shows all.

// The machine.
@_exported public import enum CharCNNCompute.InstructionSet
// Reports.
@_exported public import struct CharCNNEvaluation.ClassificationReport
@_exported public import struct CharCNNEvaluation.LanguageReport
@_exported public import struct CharCNNEvaluation.MatchingReport
@_exported public import struct CharCNNEvaluation.TaggingReport
@_exported public import protocol CharCNNFiles.CharCNNError
@_exported public import protocol CharCNNFiles.FileLocation
// Networks.
@_exported public import struct CharCNNNetworks.Architecture
// Errors.
@_exported public import struct CharCNNNetworks.ConfigurationError
@_exported public import struct CharCNNNetworks.GatedConfiguration
@_exported public import enum CharCNNNetworks.LanguageObjective
@_exported public import struct CharCNNNetworks.MatcherConfiguration
@_exported public import enum CharCNNNetworks.MatchingObjective
@_exported public import struct CharCNNNetworks.NgramConfiguration
@_exported public import enum CharCNNNetworks.TaggerArchitecture
@_exported public import enum CharCNNNetworks.TaggingUnit
// Files of models and vectors.
@_exported public import struct CharCNNStorage.ModelBundle
@_exported public import struct CharCNNStorage.StorageError
@_exported public import struct CharCNNText.DataError
// Examples, and how files of them are read.
@_exported public import struct CharCNNText.DataOptions
@_exported public import struct CharCNNText.Examples
@_exported public import struct CharCNNText.LabeledText
@_exported public import struct CharCNNText.ReadingReport
@_exported public import enum CharCNNText.TagScheme
@_exported public import struct CharCNNText.TaggedSentence
@_exported public import struct CharCNNText.TaggedTextOptions
@_exported public import struct CharCNNText.TaggedToken
@_exported public import struct CharCNNText.TextPair
@_exported public import struct CharCNNText.TextSettings
@_exported public import protocol CharCNNText.TrainingExample
@_exported public import struct CharCNNText.ValueError
// How a model is trained, and what is said of it meanwhile.
@_exported public import struct CharCNNTraining.DataSettings
@_exported public import struct CharCNNTraining.DataSummary
@_exported public import struct CharCNNTraining.EpochReport
@_exported public import struct CharCNNTraining.LanguageSettings
@_exported public import struct CharCNNTraining.StepReport
@_exported public import enum CharCNNTraining.StopReason
@_exported public import enum CharCNNTraining.TrainingError
@_exported public import enum CharCNNTraining.TrainingEvent
@_exported public import struct CharCNNTraining.TrainingSettings
@_exported public import struct CharCNNTraining.TrainingSummary
