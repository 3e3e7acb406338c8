import CharCNNFiles
import CharCNNStorage
import TestSupport
import Testing

@testable import CharCNN

/// Successive halving, on figures that are made up and a clock that the trials wind.
@Suite struct SettingSearchTests {
  /// A world in which settings have a true figure, trials take time, and what is measured is right or wrong by chance.
  private final class World {
    let truth: ([String]) -> Double
    let texts: Int
    let seed: UInt64
    var time = 0.0
    var requests: [TrialRequest] = []
    /// Seconds of a trial on all texts.
    let cost: Double

    init(texts: Int = 500, cost: Double = 10, seed: UInt64 = 1, truth: @escaping ([String]) -> Double) {
      (self.texts, self.cost, self.seed, self.truth) = (texts, cost, seed, truth)
    }

    func run(_ request: TrialRequest, until: Double) -> TrialOutcome? {
      let seconds = cost * (0.1 + 0.9 * Double(request.percent) / 100)
      if time + seconds > until {
        time = until
        return nil
      }
      time += seconds
      requests.append(request)
      // Texts differ in how hard they are, the same for all settings, so that most answers agree.
      let chance = truth(request.settings)
      var own = SplitMix64(
        seed: seed, stream: request.settings.joined().utf8.reduce(UInt64(request.part) &* 77) { $0 &* 31 &+ UInt64($1) }
      )
      var shared = SplitMix64(seed: seed, stream: 1_000 + UInt64(request.part))
      let wrong = (0..<texts).filter { _ in 0.8 * shared.uniform() + 0.2 * own.uniform() > chance }
      return TrialOutcome(
        request: request, figure: 1 - Double(wrong.count) / Double(texts), metric: "accuracy", wrong: wrong,
        examples: texts, seconds: seconds)
    }

    func search(_ candidates: [[String]], limit: Double, percents: [Int] = [25, 50, 100]) throws
      -> SettingSearch.Result
    {
      try SettingSearch(
        candidates: candidates, limit: limit, percents: percents, parts: 10, finalFactor: 1.1, elapsed: { self.time }
      ).result { self.run($0, until: $1) }
    }
  }

  private let candidates = (1...40).map { ["dropout=0.\($0 + 100)"] }

  @Test func `the best of many is found, and there is time to train it`() throws {
    let best = candidates[7]
    let world = World { $0 == best ? 0.8 : $0.isEmpty ? 0.7 : 0.66 }
    let found = try world.search(candidates, limit: 400)
    #expect(found.winner == best)
    #expect(world.time + 1.1 * world.cost <= 400)
    let comparison = try #require(found.comparison)
    #expect(comparison.gain > 0.04 && comparison.gain < 0.16)
    let interval = try #require(comparison.interval)
    #expect(interval.contains(comparison.gain) && interval.lowerBound > 0)
    // Each rung measures on another part, and the same part for all.
    for percent in [25, 50] { #expect(Set(world.requests.filter { $0.percent == percent }.map(\.part)).count == 1) }
    #expect(Set(world.requests).count == world.requests.count, "nothing is tried twice")
    let counts = [25, 50, 100].map { percent in
      Set(world.requests.filter { $0.percent == percent }.map(\.settings)).count
    }
    #expect(counts[0] > counts[1] && counts[1] > counts[2] && counts[2] >= 2, "\(counts)")
  }

  @Test func `two changes that are good alone are tried together`() throws {
    let (one, other) = (["dropout=0.5"], ["filters=384"])
    let world = World { settings in
      0.6 + (settings.contains("dropout=0.5") ? 0.1 : 0) + (settings.contains("filters=384") ? 0.08 : 0)
    }
    let found = try world.search([one, other, ["rate=0.1"], ["rate=0.2"], ["blocks=1"], ["blocks=9"]], limit: 600)
    #expect(found.winner == one + other)
  }

  @Test func `without anything better the defaults stay`() throws {
    let world = World { $0.isEmpty ? 0.8 : 0.7 }
    let found = try world.search(candidates, limit: 400)
    #expect(found.winner.isEmpty && found.comparison == nil && Set(found.trials.map(\.request.settings)).count > 6)
  }

  @Test func `chance is seldom taken for merit, and what is chosen costs little`() throws {
    var changed = 0
    for seed in UInt64(1)...100 {
      let world = World(texts: 200, seed: seed) { _ in 0.7 }
      if try !world.search(candidates, limit: 300).winner.isEmpty { changed += 1 }
    }
    #expect(changed < 40, "\(changed) of 100")
    var regret = 0.0
    for seed in UInt64(1)...50 {
      let world = World(texts: 200, seed: seed) { settings in
        settings.isEmpty ? 0.7 : 0.69 + 0.02 * Double(settings[0].utf8.last ?? 0).truncatingRemainder(dividingBy: 2)
      }
      regret += try world.search(candidates, limit: 300).winner.isEmpty ? 0 : -0.01
    }
    #expect(regret < 0)
  }

  @Test(arguments: [5.0, 9, 12, 25, 40, 60, 100])
  func `the time is never overdrawn`(limit: Double) throws {
    let world = World { $0.isEmpty ? 0.7 : 0.9 }
    let needed = 1.1 * world.cost
    let found = try world.search(candidates, limit: limit)
    #expect(world.time <= limit)
    // Where it is known what a training takes, there is time for it; otherwise there is most of the time.
    #expect(found.isSearched == (limit >= 40))
    #expect(world.time + (found.isSearched ? needed : limit / 2) <= limit, "\(world.time)")
  }

  @Test func `a search that was interrupted goes on as it would have gone`() throws {
    let best = candidates[7]
    let world = World { $0 == best ? 0.8 : $0.isEmpty ? 0.7 : 0.66 }
    let whole = try world.search(candidates, limit: 400)
    for count in [1, 2, 9, whole.trials.count - 1] {
      let again = World { $0 == best ? 0.8 : $0.isEmpty ? 0.7 : 0.66 }
      let known = whole.trials.prefix(count)
      let found = try SettingSearch(
        candidates: candidates, limit: 400, percents: [25, 50, 100], parts: 10, finalFactor: 1.1,
        elapsed: { again.time }
      ).result { request, until in
        guard let trial = known.first(where: { $0.request == request }) else { return again.run(request, until: until) }
        again.time += trial.seconds
        return trial
      }
      #expect(found.winner == whole.winner && found.trials == whole.trials)
    }
  }

  @Test func `settings that take much longer leave time for a training with them`() throws {
    let best = candidates[7]
    let world = World { $0 == best ? 0.8 : $0.isEmpty ? 0.7 : 0.66 }
    for limit in [150.0, 300, 600] {
      world.time = 0
      let found = try SettingSearch(
        candidates: candidates, limit: limit, percents: [25, 50, 100], parts: 10, finalFactor: 1.1,
        elapsed: { world.time }
      ).result { request, until in
        let start = world.time
        guard var outcome = world.run(request, until: until) else { return nil }
        guard request.settings == best else { return outcome }
        outcome.seconds *= 5
        world.time = start + outcome.seconds
        if world.time <= until { return outcome }
        world.time = until
        return nil
      }
      #expect(world.time + (found.winner == best ? 5 : 1) * 1.1 * world.cost <= limit, "\(limit)")
    }
  }

  @Test func `the same examples are counted once, however often they are measured on`() throws {
    let best = candidates[2]
    let world = World { $0 == best ? 0.8 : 0.7 }
    let found = try SettingSearch(
      candidates: candidates, limit: 900, percents: [50, 100], parts: 10, measuresTheSame: true, finalFactor: 1,
      elapsed: { world.time }
    ).result { world.run($0, until: $1) }
    #expect(found.winner == best && found.comparison?.examples == 500)
    #expect(world.requests.allSatisfy { $0.part <= 4 })
  }

  @Test func `settings without a model are passed over`() throws {
    let best = candidates[3]
    let world = World { $0 == best ? 0.8 : 0.7 }
    let found = try SettingSearch(
      candidates: candidates, limit: 400, percents: [50, 100], parts: 10, finalFactor: 1.1, elapsed: { world.time }
    ).result { request, until in
      guard var outcome = world.run(request, until: until) else { return nil }
      if request.settings == candidates[0] || request.settings == candidates[1] {
        (outcome.figure, outcome.problem) = (nil, "too large")
      }
      return outcome
    }
    #expect(found.winner == best && found.trials.contains { $0.problem == "too large" })
  }

  @Test func `a figure that is not right or wrong is compared by its parts`() throws {
    let best = candidates[2]
    let world = World { $0 == best ? 0.8 : 0.7 }
    let found = try SettingSearch(
      candidates: candidates, limit: 600, percents: [50, 100], parts: 10, finalFactor: 1.1, elapsed: { world.time }
    ).result { request, until in
      var outcome = world.run(request, until: until)
      outcome?.wrong = nil
      return outcome
    }
    #expect(found.winner == best)
    let comparison = try #require(found.comparison)
    #expect(comparison.discordant == nil && comparison.gains.count > 1 && comparison.interval != nil)
  }

  private func head(_ digest: String = "d") -> TrialJournal.Head {
    TrialJournal.Head(task: "classification", digest: digest, hasValidation: false, metric: "", options: "{}")
  }

  @Test func `a journal goes on where it was left, and knows its own search`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("m.trials")
    let world = World { _ in 0.7 }
    let requests = (0..<3).map { TrialRequest(settings: ["rate=0.\($0 + 1)"], percent: 50, part: $0) }
    func written() throws -> [TrialOutcome] {
      var journal = try TrialJournal(path, head())
      for request in requests { try journal.add(try #require(world.run(request, until: 1_000))) }
      // Two searches would write over each other.
      let error = #expect(throws: StorageError.self) { try TrialJournal(path, head()) }
      #expect(error?.kind == .inUse)
      #expect(throws: StorageError.self) { try TuningJournal.remove(at: path) }
      return journal.trials
    }
    let trials = try written()
    do {
      let again = try TrialJournal(path, head())
      #expect(again.trials == trials && again.seconds == trials.reduce(0) { $0 + $1.seconds })
      #expect(again.outcome(of: requests[1]) == trials[1])
      #expect(again.outcome(of: TrialRequest(settings: [], percent: 50, part: 0)) == nil)
    }
    // A line that was being written when the program was killed is no trial.
    let text = String(decoding: try folder.read("m.trials"), as: UTF8.self)
    let cut = try folder.write(String(text.dropLast(30)), to: "cut.trials")
    func goingOn() throws {
      var journal = try TrialJournal(cut, head())
      #expect(journal.trials == Array(trials.dropLast()))
      try journal.add(trials[2])
    }
    try goingOn()
    #expect(try TrialJournal(cut, head()).trials == trials)
    // What is no file stays as it is.
    let pipe = folder.path("pipe")
    #expect(mkfifo(pipe, 0o600) == 0)
    #expect(throws: StorageError.self) { try TrialJournal(pipe, head()) }
    #expect(FilePath.exists(pipe))
    // A search that tried nothing leaves nothing.
    let none = folder.path("none.trials")
    _ = try TrialJournal(none, head())
    #expect(!FilePath.exists(none))
    let (empty, other) = (try folder.write("", to: "empty"), try folder.write(#"{"digest": "mine"}"#, to: "other.json"))
    #expect(TrialJournal.isOne(at: path) && TrialJournal.isOne(at: empty) && !TrialJournal.isOne(at: other))
    let error = #expect(throws: StorageError.self) { try TrialJournal(path, head("other")) }
    #expect(error?.problem.contains("other examples") == true)
    let notes = try folder.write("some text\n", to: "notes")
    #expect(throws: StorageError.self) { try TrialJournal(notes, head()) }
    #expect(try String(decoding: folder.read("notes"), as: UTF8.self) == "some text\n")
  }

  @Test func `a journal is free at its end, though a process that is being started has a copy of it`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("m.trials")
    var copy: DescriptorCopy?
    func written() throws {
      let journal = try JournalFile(path)
      try journal.append(Array("a line".utf8))
      copy = DescriptorCopy(of: path)
    }
    try written()
    #expect(copy != nil)
    _ = try JournalFile(path)
  }
}
