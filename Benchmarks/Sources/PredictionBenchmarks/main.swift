// Speed of whole predictions, from strings to probabilities, of a model in floats and in 8-bit integers, in turns:
//
//   swift run -c release --package-path Benchmarks PredictionBenchmarks MODEL.charcnn DATA [--threads N] [--texts N] [--json]
//
// DATA is any labelled data that `charcnn evaluate` reads.
import CharCNNToolkit
import Foundation

/// One kind of instructions for floats with one for integers.
struct Result: Encodable {
  let floats: String
  let integers: String
  /// Seconds of the best round and of the median one.
  let floatBest: Double
  let floatMedian: Double
  let integerBest: Double
  let integerMedian: Double
  /// How many times faster the best round is in integers.
  let ratio: Double
  /// Share of texts with the same label.
  let agreement: Double
}

func value(of option: String) -> Int? {
  let arguments = CommandLine.arguments
  return arguments.firstIndex(of: option).flatMap { $0 + 1 < arguments.count ? Int(arguments[$0 + 1]) : nil }
}

func seconds(_ work: () -> Void) -> Double {
  let clock = ContinuousClock()
  let (whole, atto) = clock.measure(work).components
  return Double(whole) + Double(atto) * 1e-18
}

func measure(
  _ path: String, _ texts: [String], threads: Int, floats: InstructionSet, integers: IntegerInstructionSet
) throws -> Result {
  let original = try TextClassifier(contentsOf: path, threads: threads, instructions: floats, integers: integers)
  let quantized = try original.quantized()
  var times: [[Double]] = [[], []]
  var labels: [[String?]] = [[], []]
  for _ in 0..<7 {
    for (number, classifier) in [original, quantized].enumerated() {
      times[number].append(seconds { labels[number] = classifier.predictions(for: texts).map { $0.first?.label } })
    }
  }
  for number in 0..<2 { times[number].sort() }
  return Result(
    floats: floats.rawValue, integers: integers.rawValue, floatBest: times[0][0], floatMedian: times[0][3],
    integerBest: times[1][0], integerMedian: times[1][3], ratio: times[0][0] / times[1][0],
    agreement: Double(zip(labels[0], labels[1]).count { $0 == $1 }) / Double(max(texts.count, 1)))
}

guard CommandLine.arguments.count >= 3 else {
  FileHandle.standardError.write(
    Data("usage: PredictionBenchmarks MODEL.charcnn DATA [--threads N] [--texts N] [--json]\n".utf8))
  exit(64)
}
let path = CommandLine.arguments[1]
var texts: [String] = []
let limit = value(of: "--texts") ?? 10_000
try LabeledTextSource(path: CommandLine.arguments[2]).forEachRecord { record, _ in
  if texts.count < limit { texts.append(record.text) }
}
let sets: [(InstructionSet, [IntegerInstructionSet])] = [
  (.avx2, [.avx2, .avxVNNI]), (.avx512, [.avx512, .avx512VNNI, .amx]), (.neon, [.neon, .neonDot]),
]
var results: [Result] = []
for (floats, candidates) in sets where floats.isAvailable {
  for integers in candidates where integers.isAvailable {
    let threads = value(of: "--threads") ?? 1
    results.append(try measure(path, texts, threads: threads, floats: floats, integers: integers))
  }
}
if CommandLine.arguments.contains("--json") {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
  print(String(decoding: try encoder.encode(results), as: UTF8.self))
} else {
  print("\(texts.count) texts; seconds best (median)")
  for result in results {
    func shown(_ best: Double, _ median: Double) -> String { String(format: "%.3f (%.3f)", best, median) }
    print(
      "floats \(result.floats) \(shown(result.floatBest, result.floatMedian)), integers \(result.integers) "
        + "\(shown(result.integerBest, result.integerMedian)): \(String(format: "%.2f", result.ratio)) times as fast, "
        + "\(String(format: "%.2f", result.agreement * 100)) % same labels")
  }
}
