import CharCNN
import Foundation
import TestSupport
import Testing

/// What takes the path of a file takes its URL too.
@Suite struct LocationTests {
  @Test func `options name files by URLs`() throws {
    let folder = try TemporaryFolder()
    let file = folder.url.appendingPathComponent("a b")
    #expect(CheckpointOptions(folder: file) == CheckpointOptions(folder: file.path))
    var options = ClassificationOptions()
    options.use(embeddings: file)
    options.use(thesaurus: file)
    #expect(options.embeddings == file.path && options.thesaurus == file.path)
  }

  @Test func `training starts from the URL of a model, and features are written to that of a file`() throws {
    let folder = try TemporaryFolder()
    let classifier = try TextClassifier.train(on: Examples(ToyTexts.texts(60)), options: ToyTexts.options()).model
    let model = folder.url.appendingPathComponent("m.charcnn")
    try classifier.write(to: model)
    var (options, pairs, tags) = (ClassificationOptions(), MatchingOptions(), TaggingOptions(.character))
    try options.use(base: model)
    try pairs.use(base: model)
    try tags.use(base: model)
    #expect([options.base, pairs.base, tags.base] == [model.path, model.path, model.path])

    let file = folder.url.appendingPathComponent("v.npy")
    let writer = try FeatureWriter(file, of: classifier)
    try writer.append(["plum", "iron"])
    try writer.finish()
    #expect(try VectorIndex(contentsOf: file).count == 2)
  }
}
