internal import CharCNNToolkit
internal import Foundation

/// A line of standard input: what to do, and with what.
struct Request: Decodable {
  /// Name of the work.
  var work: String
  /// Name of a prepared data set.
  var set: String?
  /// Labelled texts to prepare a data set from.
  var data: String?
  /// Steps or texts.
  var count: Int?
  /// Steps that are not counted.
  var warmup: Int?
  /// Characters of a text.
  var length: Int?
  /// Numbers of texts.
  var texts: [Int]?
  /// Whether the wide part is there.
  var ngrams: Bool?
}

/// A line of standard output.
struct Reply: Encodable {
  /// Seconds of the whole, or of each repetition.
  var seconds: [Double] = []
  /// Texts that were worked on.
  var texts = 0
  /// Characters of them.
  var characters = 0
  /// Probabilities of all classes for each of the texts that were asked for.
  var probabilities: [[Double]] = []
  /// What went wrong.
  var error: String?
}

/// Threads, instructions and precision of this process.
struct Machine {
  var threads = 2
  var instructions = InstructionSet.best
  var precision = Precision.single

  var device: CPUDevice { CPUDevice(threads: threads, instructions: instructions, precision: precision) }
}
