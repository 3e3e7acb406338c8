// Speed of the kernels on one core, each instruction set beside the peak of its own multiply-add loop.
//
//   swift run -c release --package-path Benchmarks KernelBenchmarks [--json] [--quick] [NAME…]
//
// NAME: floats, bytes or bfloat16, and instructions (avx512, amx …): those alone.
import CKernels
import Foundation

struct Results: Encodable {
  var convolutions: [ConvolutionResult] = []
  var filterings: [FilteringResult] = []
  var elementwise: [ElementwiseResult] = []
  var integers: [IntegerResult] = []
  var brainFloats: [BrainFloatResult] = []
}

let json = CommandLine.arguments.contains("--json")
let quick = CommandLine.arguments.contains("--quick")
let names = Set(CommandLine.arguments.dropFirst().filter { !$0.hasPrefix("--") })

/// Whether a part of the run is asked for: its kind, and its instructions.
func isAskedFor(_ kind: String, _ instructions: String) -> Bool {
  let kinds = names.intersection(["floats", "bytes", "bfloat16"])
  let sets = names.subtracting(kinds)
  return (kinds.isEmpty || kinds.contains(kind)) && (sets.isEmpty || sets.contains(instructions))
}
var results = Results()

func print(_ text: String, unless silent: Bool) {
  if !silent { print(text) }
}

for set in [CK_SCALAR, CK_AVX2, CK_AVX512, CK_NEON] {
  guard let kernels = ck_kernels_for(set)?.pointee else { continue }
  let name = String(cString: kernels.name)
  guard isAskedFor("floats", name) else { continue }
  print("\(name): GFLOP/s best (median), share of the peak of one core", unless: json)
  for shape in Shape.all {
    let most = set == CK_SCALAR ? 1e9 : 6e9
    let rounds = max(5, min(300, Int((quick ? most / 10 : most) / max(shape.operations, 2e6))))
    let result = measure(kernels, shape, rounds: rounds)
    results.convolutions.append(result)
    let speeds = [
      ("forward", result.forward), ("dx", result.inputGradient), ("dw", result.weightGradient),
    ].map { $0 + String(format: " %.1f (%.1f) %.0f%%", $1.best, $1.median, $1.ratio * 100) }
    print(
      "  " + shape.name + String(format: ": peak %.1f; ", result.peak) + speeds.joined(separator: "; "), unless: json)
    if let result = measureFiltering(kernels, shape, rounds: rounds) {
      results.filterings.append(result)
      let speeds = [("forward", result.forward), ("dw", result.weightGradient)].map {
        $0 + String(format: " %.1f, %.2f times the plain way", $1.best, $1.ratio)
      }
      print("    minimal filtering: " + speeds.joined(separator: "; "), unless: json)
    }
  }
  let elementwise = measureElementwise(kernels, rounds: quick ? 10 : 100)
  results.elementwise += elementwise
  for result in elementwise {
    print(
      "  \(result.operation)" + String(format: ": %.3f (%.3f) ns an element", result.best, result.median), unless: json)
  }
}

for (set, bytes) in integerSets {
  guard let kernels = ck_kernels_for(set)?.pointee, let integers = ck_int8_kernels_for(bytes)?.pointee else { continue }
  let names = (String(cString: kernels.name), String(cString: integers.name))
  guard isAskedFor("bytes", names.1) else { continue }
  print("floats \(names.0), bytes \(names.1): best G operations/s of the forward convolution", unless: json)
  for shape in Shape.all {
    let rounds = max(5, min(300, Int((quick ? 6e8 : 6e9) / max(shape.operations, 2e6))))
    let result = measure(kernels, integers, shape, rounds: rounds)
    results.integers.append(result)
    let speeds = String(format: ": %.1f, %.1f, %.2f times as fast", result.float, result.integer, result.ratio)
    print("  " + shape.name + speeds, unless: json)
  }
}

for (set, halves) in brainFloatSets {
  guard let kernels = ck_kernels_for(set)?.pointee, let brainFloats = ck_bf16_kernels_for(halves)?.pointee else {
    continue
  }
  guard isAskedFor("bfloat16", String(cString: brainFloats.name)) else { continue }
  print(
    "bfloat16 \(String(cString: brainFloats.name)): GFLOP/s best, share of the peak of one core, times the floats",
    unless: json)
  for shape in Shape.all {
    let rounds = max(5, min(300, Int((quick ? 6e8 : 6e9) / max(shape.operations, 2e6))))
    let result = measure(kernels, brainFloats, shape, rounds: rounds)
    results.brainFloats.append(result)
    let speeds = [
      ("forward", result.forward), ("dx", result.inputGradient), ("dw", result.weightGradient),
    ].map { $0 + String(format: " %.1f %.0f%% %.2f", $1.best, $1.ratio * 100, $1.floats) }
    print(
      "  " + shape.name + String(format: ": peak %.1f; ", result.peak) + speeds.joined(separator: "; "), unless: json)
  }
}

if json {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
  if let text = String(data: try encoder.encode(results), encoding: .utf8) { print(text) }
}
