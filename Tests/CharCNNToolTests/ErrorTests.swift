import Foundation
import TestSupport
import Testing

/// Every error is one line that names the place, with the exit code that belongs to it.
struct ErrorTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func expect(
    _ status: Int32, _ words: [String], _ arguments: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let result = try await Executable.run(arguments)
    #expect(result.status == status, "\(result.error)", sourceLocation: sourceLocation)
    #expect(result.errors.count == 1, "\(result.error)", sourceLocation: sourceLocation)
    #expect(result.error.split(separator: "\n").last?.hasPrefix("error: ") == true, sourceLocation: sourceLocation)
    #expect(result.output.isEmpty, sourceLocation: sourceLocation)
    for word in words {
      #expect(result.errors.first?.contains(word) == true, "\(result.error)", sourceLocation: sourceLocation)
    }
  }

  /// Trains on bytes that are faulty; no bundle may come of it.
  private func expectData(_ words: [String], _ data: Data, sourceLocation: SourceLocation = #_sourceLocation)
    async throws
  {
    let file = try folder.write(data, to: "faulty.csv")
    let output = folder.path("m.charcnn")
    try await expect(
      65, ["faulty.csv"] + words, ["train", file, "--output", output] + Samples.small, sourceLocation: sourceLocation)
    #expect(!FileManager.default.fileExists(atPath: output), sourceLocation: sourceLocation)
  }

  @Test func `Data that is not there`() async throws {
    let bundle = try await Samples.bundle()
    try await expect(66, ["none.csv"], ["train", folder.path("none.csv"), "--output", folder.path("m.charcnn")])
    try await expect(66, ["none.csv"], ["evaluate", bundle, folder.path("none.csv")])
    try await expect(66, ["none.charcnn"], ["predict", folder.path("none.charcnn"), "text"])
    let data = try folder.write(Samples.csv(), to: "data.csv")
    try await expect(
      66, ["none.csv"],
      ["train", data, "--validation", folder.path("none.csv"), "--output", folder.path("m.charcnn")])
  }

  @Test func `Empty data`() async throws {
    try await expectData([], Data())
  }

  @Test func `Data that is not UTF-8 names the line`() async throws {
    try await expectData([":42:"], Data(Samples.csv().utf8) + Data([0x61, 0xFF, 0x62, 0x2C, 0x63, 0x0A]))
  }

  @Test func `A ragged row names the line`() async throws {
    try await expectData([":42"], Data((Samples.csv() + "only one field\n").utf8))
  }

  @Test func `One class is not enough`() async throws {
    let rows = (0..<20).map { Samples.text($0, isFruit: true) + ",fruit\n" }.joined()
    try await expectData(["fruit"], Data(("text,label\n" + rows).utf8))
  }

  @Test func `A column that is not there`() async throws {
    let data = try folder.write(Samples.csv(), to: "data.csv")
    try await expect(
      65, ["data.csv", "genre"], ["train", data, "--output", folder.path("m.charcnn"), "--label", "genre"])
  }

  @Test func `A column name that is there twice`() async throws {
    let data = try folder.write("text,text,label\na b,c d,x\ne f,g h,y\n", to: "data.csv")
    try await expect(
      65, [#"two columns are called "text""#, "choose by number"],
      ["train", data, "--output", folder.path("m.charcnn")])
  }

  @Test func `A text that is too long for the memory`() async throws {
    let long = String(repeating: "words and more ", count: 250_000)
    let data = try folder.write(Samples.csv(), to: "data.csv")
    let longData = try folder.write(Samples.csv() + "\(long),fruit\n", to: "long.csv")
    for (training, validation, word) in [(longData, data, "to train on"), (data, longData, "to validate with")] {
      try await expect(
        64, [word, "maximumLength", "filters", "batchCharacters", "GB"],
        [
          "train", training, "--validation", validation, "--output", folder.path("m.charcnn"), "--quiet", "--set",
          "maximumLength=4000000", "filters=16384", "embedding=4", "blocks=1", "ngrams=none",
        ])
    }
  }

  @Test func `An output that cannot be created`() async throws {
    let data = try folder.write(Samples.csv(), to: "data.csv")
    try await expect(73, ["m.charcnn"], ["train", data, "--output", data + "/m.charcnn"])
    try await expect(73, ["m.charcnn"], ["train", data, "--output", folder.path("no/such/m.charcnn")])
    let before = try Data(contentsOf: folder.url.appendingPathComponent("data.csv"))
    try await expect(73, ["data.csv"], ["train", data, "--output", data, "--overwrite"])
    #expect(try Data(contentsOf: folder.url.appendingPathComponent("data.csv")) == before)
  }

  @Test(arguments: [
    (["train"], "<train>"),
    (["train", "data.csv"], "--output"),
    (["train", "data.csv", "--output", "m", "--frobnicate"], "--frobnicate"),
    (["train", "data.csv", "--output", "m", "--model", "transformer"], "gated"),
    (["train", "data.csv", "--output", "m", "--set", "filtres=16"], "filtres"),
    (["train", "data.csv", "--output", "m", "--set", "filters=many"], "many"),
    (["train", "data.csv", "--output", "m", "--set", "filters"], "key=value"),
    (["train", "data.csv", "--output", "m", "--epochs", "0"], "epochs"),
    (["train", "data.csv", "--output", "m", "--epochs", "-1"], "must be 1 to 100000, not -1"),
    (["train", "data.csv", "--output", "m", "--seed", "-1"], "'-1' is invalid"),
    (["train", "data.csv", "--output", "m", "--threads", "-2"], "must be 1 to 1024, not -2"),
    (["train", "data.csv", "--output", "m", "--epochs", "x"], "--epochs"),
    (["train", "data.csv", "--output", "m", "--time-limit", "10x"], "1h30m"),
    (["train", "data.csv", "--output", "m", "--time-limit", "99999999999999999999"], "1h30m"),
    (["train", "data.csv", "--output", "m", "--threads", "0"], "--threads"),
    (["train", "data.csv", "--output", "m", "--instructions", "mmx"], "avx2"),
    (["train", "data.csv", "--output", "m", "--format", "docx"], "jsonl"),
    (["predict"], "<bundle>"),
    (["predict", "m", "--top", "0"], "--top"),
    (["predict", "m", "--top", "-3"], "at least 1, not -3"),
    (["inspect"], "--model"),
    (["inspect", "--model", "gated", "--set", "classes=1"], "classes"),
    (["inspect", "--model", "gated", "--set", "filters=-4"], "filters"),
    (["inspect", "--model", "gated", "--set", "classes=9000000000000000000"], "classes"),
    (["inspect", "--model", "vdcnn-9", "--set", "alphabetSize=9000000000000000000"], "alphabetSize"),
    (["inspect", "--model", "gated", "--set", "length=1000000", "filters=16384"], "length"),
    (["frobnicate"], "frobnicate"),
  ])
  func `Wrong usage`(arguments: [String], word: String) async throws {
    try await expect(64, [word], arguments)
  }

  @Test func `Settings that make no network are found before the data is read`() async throws {
    let data = try folder.write(Samples.csv(), to: "data.csv")
    try await expect(
      64, ["filters"], ["train", data, "--output", folder.path("m.charcnn"), "--set", "filters=15"])
  }

  @Test func `A loss that is not a number at once tells the step and leaves no bundle`() async throws {
    let data = try folder.write(Samples.csv(4_000), to: "data.csv")
    let wild = ["rate=10", "clip=none", "warmup=0", "weightDecay=10", "patience=none", "batchTexts=1"]
    try await expect(
      70, ["step", "rate", "nothing was written"],
      ["train", data, "--output", folder.path("m.charcnn"), "--epochs", "1000"] + Samples.small.dropLast() + wild)
    #expect(!FileManager.default.fileExists(atPath: folder.path("m.charcnn")))
  }

  @Test func `A loss that is not a number later leaves the best model of the epochs before`() async throws {
    let data = try folder.write(Samples.csv(), to: "data.csv")
    let wild = ["rate=10", "clip=none", "warmup=0", "weightDecay=10", "patience=none"]
    let result = try await Executable.run(
      ["train", data, "--output", folder.path("m.charcnn"), "--epochs", "1000"] + Samples.small.dropLast() + wild)
    #expect(result.status == 70 && result.error.contains("is kept"))
    let opened = try await Executable.run(["inspect", folder.path("m.charcnn")])
    #expect(opened.status == 0, "\(opened.error)")
  }

  @Test func `Damaged bundles are refused by name`() async throws {
    let bundle = URL(fileURLWithPath: try await Samples.bundle())
    let damages: [(file: String, word: String, damage: (inout Data) -> Void)] = [
      ("model.safetensors", "bytes", { $0.removeLast(7) }),
      ("model.safetensors", "checksum", { $0[$0.count / 2] ^= 4 }),
      ("labels.json", "checksum", { $0[2] ^= 1 }),
      ("manifest.json", "manifest", { $0.removeLast($0.count / 2) }),
    ]
    for (number, damage) in damages.enumerated() {
      let copy = folder.url.appendingPathComponent("\(number).charcnn")
      try FileManager.default.copyItem(at: bundle, to: copy)
      let file = copy.appendingPathComponent(damage.file)
      var bytes = try Data(contentsOf: file)
      damage.damage(&bytes)
      try bytes.write(to: file)
      for command in [["predict", copy.path, "text"], ["inspect", copy.path]] {
        try await expect(65, [damage.file, damage.word], command)
      }
    }
  }

  @Test func `A bundle of a newer version says so`() async throws {
    let copy = folder.url.appendingPathComponent("newer.charcnn")
    try FileManager.default.copyItem(at: URL(fileURLWithPath: try await Samples.bundle()), to: copy)
    let file = copy.appendingPathComponent("manifest.json")
    let manifest = try String(contentsOf: file, encoding: .utf8)
    let newer = manifest.replacingOccurrences(of: #""version" : 1"#, with: #""version" : 99"#)
    try #require(newer != manifest)
    try newer.write(to: file, atomically: true, encoding: .utf8)
    try await expect(65, ["newer.charcnn", "99", "update"], ["predict", copy.path, "text"])
  }

  @Test func `An existing demo is left alone`() async throws {
    _ = try folder.write("mine\n", to: "train.csv")
    try await expect(73, ["train.csv", "--overwrite"], ["demo", "--output", folder.url.path])
    #expect(try String(contentsOfFile: folder.path("train.csv"), encoding: .utf8) == "mine\n")
  }
}
