#if Tool
internal import ArgumentParser
internal import CharCNN
internal import CharCNNFiles
import CharCNNText

/// Trainings that are done again.
extension RunArguments {
  /// Opens a run with what was said beside it.
  ///
  /// - Parameters:
  ///   - training: Where the data are; empty looks for them.
  ///   - validation: The same of the validation data.
  ///   - assignments: Settings that change it.
  func opened<Model: ToolModel>(
    _ model: Model.Type, _ run: ModelBundle.Run, training: [String], validation: [String], assignments: [String]
  ) throws -> RepeatedRun<Model> {
    var again: RepeatedRun<Model>
    do {
      again = try RepeatedRun<Model>(run, training: training, validation: validation)
    } catch let error as DataError where error.kind == .missingFile && training.isEmpty {
      var error = error
      error.advice =
        "say where the data are now: charcnn \(Model.trainingCommand) DATA --config \(config ?? run.path) --output BUNDLE"
      throw error
    }
    for assignment in assignments { try again.options.set(assignment) }
    try apply(to: &again.options)
    if let summary = again.examples.summary { console.say("\(again.examples.name): \(summary)") }
    if let held = again.validation, let summary = held.summary { console.say("\(held.name): \(summary)") }
    if again.options.timeLimit != nil, timeLimit == nil {
      console.say("the run has a time limit, which follows the clock: the model may be another one")
    }
    if run.provenance?.calibration != nil {
      console.say("the model of the run was calibrated after its training, which is not done again")
    }
    return again
  }

  /// Where the model of a run comes from, where this training makes the same one.
  ///
  /// - Parameters:
  ///   - files: The data that were said.
  ///   - assignments: Settings that change the run.
  /// - Returns: Nil where something was changed.
  func former<Model>(
    _ again: RepeatedRun<Model>, of run: ModelBundle.Run, files: [String], assignments: [String]
  ) -> ModelBundle.Provenance? {
    let names = files.compactMap { FilePath.parts(FilePath.absolute($0)).last }
    guard !changesRuns, assignments.isEmpty, names.allSatisfy(again.names.contains) else { return nil }
    return run.provenance
  }
}
#endif
