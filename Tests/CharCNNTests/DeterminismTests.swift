import CharCNN
import Foundation
import TestSupport
import Testing

@Suite struct DeterminismTests {
  /// Names and bytes of the files of a model.
  private func files(_ folder: String) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
      files[name] = try Data(contentsOf: URL(fileURLWithPath: folder).appendingPathComponent(name))
    }
    return files
  }

  @Test(arguments: OptimizerKind.allCases)
  func `the number of threads changes no byte of the model`(optimizer: OptimizerKind) throws {
    let folder = try TemporaryFolder()
    var options = try ToyTexts.options(
      "optimizer=\(optimizer.rawValue)", "filters=64", "embedding=32", "sampling=classUniform", "batchTexts=48")
    options.thesaurus = try folder.write("UTF-8\napple|1\n-|quince|fig\niron|1\n-|steel\n", to: "th.dat")
    var models: [[String: Data]] = []
    for threads in [1, 2, 5] {
      options.threads = threads
      let (classifier, _) = try TextClassifier.train(on: .array(ToyTexts.texts(240)), options: options)
      let path = folder.path("threads\(threads).charcnn")
      try classifier.write(to: path)
      models.append(try files(path))
    }
    #expect(models[0].count == 6)
    #expect(models[0] == models[1] && models[0] == models[2])
  }

  @Test func `another seed gives another model`() throws {
    let texts = LabeledTexts.array(ToyTexts.texts(60))
    func probability(_ seed: Int) throws -> Double? {
      let (classifier, _) = try TextClassifier.train(on: texts, options: ToyTexts.options("seed=\(seed)"))
      return classifier.predictions(for: ["apple"])[0].first?.probability
    }
    #expect(try probability(1) == probability(1))
    #expect(try probability(1) != probability(2))
  }
}
