internal import BenchmarkSupport
internal import CharCNNToolkit

/// What a worker has open, and the answers to its requests.
struct Session {
  let folder: ExchangeFolder
  let machine: Machine
  private var sets: [String: PreparedSet] = [:]

  init(folder: ExchangeFolder, machine: Machine) {
    self.folder = folder
    self.machine = machine
  }

  private mutating func prepared(_ request: Request) throws -> PreparedSet {
    let name = request.set ?? ""
    if let set = sets[name] { return set }
    let set = try PreparedSet(name, folder: folder, machine: machine)
    sets[name] = set
    return set
  }

  private func whole(_ request: Request) -> WholeSet { WholeSet(request.set ?? "", folder: folder, machine: machine) }

  /// Does what is asked.
  mutating func answer(_ request: Request) throws -> Reply {
    let count = request.count ?? 1
    let warmup = request.warmup ?? 0
    switch request.work {
    case "prepare":
      try PreparedSet.prepare(
        request.set ?? "", data: request.data ?? "", count: count, length: request.length ?? 2_000, folder: folder,
        machine: machine)
      return Reply()
    case "prepare whole":
      try whole(request).prepare(data: request.data ?? "")
      return Reply()
    case "solve": return try whole(request).solve()
    case "answer": return try whole(request).answer()
    case "open":
      _ = try prepared(request)
      return Reply()
    case "train":
      return try prepared(request).train(
        steps: count, warmup: warmup, ngrams: request.ngrams ?? false, machine: machine)
    case "zhang":
      return try PublishedSteps.train(
        preset: "zhang-small", set: prepared(request), steps: count, warmup: warmup, machine: machine)
    case "probabilities": return try prepared(request).probabilities(of: request.texts ?? [])
    case "predict": return try prepared(request).predict(count: count)
    case "latency": return try prepared(request).latency(length: request.length ?? 20, repeats: count)
    case "growth":
      return try Growth.measure(
        count: count, length: request.length ?? 20, machine: machine, trains: request.ngrams ?? true)
    default: throw ConfigurationError(setting: "work", problem: "\"\(request.work)\" is unknown")
    }
  }
}
