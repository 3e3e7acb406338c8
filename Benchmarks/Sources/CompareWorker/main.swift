// Our side of `Benchmarks/compare`: reads requests as lines of JSON, answers each with a line.
//
//   CompareWorker FOLDER THREADS INSTRUCTIONS [PRECISION]
internal import BenchmarkSupport
internal import CharCNNToolkit
internal import Foundation

let arguments = CommandLine.arguments
guard (4...5).contains(arguments.count), let threads = Int(arguments[2]),
  let instructions = arguments[3] == "best" ? .best : InstructionSet(rawValue: arguments[3]), instructions.isAvailable,
  let precision = Precision(rawValue: arguments.count == 5 ? arguments[4] : "single")
else {
  FileHandle.standardError.write(Data("usage: CompareWorker FOLDER THREADS INSTRUCTIONS [PRECISION]\n".utf8))
  exit(64)
}
var session = Session(
  folder: try ExchangeFolder(arguments[1]),
  machine: Machine(threads: threads, instructions: instructions, precision: precision))
let encoder = JSONEncoder()
while let line = readLine() {
  var reply = Reply()
  do {
    reply = try session.answer(JSONDecoder().decode(Request.self, from: Data(line.utf8)))
  } catch {
    reply.error = "\(error)"
  }
  FileHandle.standardOutput.write(try encoder.encode(reply) + Data("\n".utf8))
}
