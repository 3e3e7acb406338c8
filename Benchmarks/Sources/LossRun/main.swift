// Trains a paper's network for some steps by its recipe and writes what another program needs to repeat them: the initial
// weights, the batches, and the loss of each step. `Benchmarks/losses` runs it and PyTorch one after the other.
//
//   LossRun DATA PRESET STEPS FOLDER THREADS [SETTING=VALUE…]
internal import BenchmarkSupport
internal import CharCNNToolkit
internal import Foundation

struct Run: Encodable {
  var preset: String
  var alphabetSize: Int
  var classes: Int
  var length: Int
  var texts: Int
  var rate: Float
  var momentum: Float
  var threads: Int
  var instructions: String
  var precision: String
  var losses: [Double]
  var seconds: [Double]
}

let arguments = CommandLine.arguments
guard arguments.count >= 6, let steps = Int(arguments[3]), let threads = Int(arguments[5]) else {
  FileHandle.standardError.write(Data("usage: LossRun DATA PRESET STEPS FOLDER THREADS [SETTING=VALUE…]\n".utf8))
  exit(64)
}
let preset = arguments[2]
let folder = try ExchangeFolder(arguments[4])

var options = ClassificationOptions()
try options.use(model: preset)
// Dropout is off: masks are drawn by each side's own generator.
if options.architecture.configuration.settingNames.contains("dropout") { try options.set("dropout=0") }
for setting in arguments.dropFirst(6) { try options.set(setting) }
let source = Examples<LabeledText>(try LabeledTextSource(path: arguments[1]))
let vocabulary = try Vocabulary(
  source, settings: options.text, minimumCount: options.data.minimumCount,
  maximumAlphabet: options.data.maximumAlphabet)
let alphabet =
  try options.architecture.configuration.fixedAlphabet.map { try Alphabet(units: $0) } ?? vocabulary.alphabet
options.architecture.setSizes(alphabetSize: alphabet.count, classes: vocabulary.labels.count)
let network = try options.architecture.makeNetwork()
let texts = try EncodedTexts(
  source, encoder: TextEncoder(settings: options.text, alphabet: alphabet), labels: vocabulary.labels)
let device = CPUDevice(threads: threads, precision: options.training.precision)
let store = ParameterStore(layout: network.parameters, seed: options.training.seed, device: device)
try folder.write(store, device: device, to: "weights")

let trained = try TrainingSteps(
  steps, on: texts.corpus, network: network, store: store, options: options, labels: vocabulary.labels.labels,
  device: device)

let length = options.text.maximumLength
var characters: [Int32] = []
var labels: [Int32] = []
for text in trained.batches.prefix(steps).joined() {
  let real = try texts.corpus.characters(of: text).prefix(length)
  characters += real
  characters += repeatElement(-1, count: length - real.count)
  labels.append(texts.corpus.label(of: text))
}
try folder.write(characters, to: "characters")
try folder.write(labels, to: "labels")
try folder.write(
  json: Run(
    preset: preset, alphabetSize: alphabet.count, classes: vocabulary.labels.count, length: length,
    texts: trained.batches[0].count, rate: options.training.rate ?? 0.002, momentum: options.training.momentum,
    threads: threads, instructions: device.instructionSet.rawValue,
    precision: options.training.precision.rawValue, losses: trained.losses, seconds: trained.seconds),
  to: "run")
