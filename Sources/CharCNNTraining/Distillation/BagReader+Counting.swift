package import CharCNNCompute
package import CharCNNNetworks

extension BagReader {
  /// The n-grams of some texts.
  ///
  /// - Parameters:
  ///   - texts: What to count in.
  ///   - features: Which n-grams.
  ///   - roles: The role of each index of the alphabet in words.
  ///   - most: How many are kept: those of most texts.
  ///   - device: Its threads count.
  ///   - check: Called now and then; what it throws ends the work.
  /// - Throws: When a text cannot be read again; what the check throws.
  package convenience init(
    counting texts: any TextCorpus, _ features: NgramFeatures, roles: [WordRole], most: Int, device: CPUDevice,
    check: () throws -> Void
  ) throws {
    let counted = try NgramFit.count(
      texts, NgramScanner(features, roles: roles), minimumTexts: features.minimumTexts, most: most, device: device,
      check: check)
    self.init(features, roles: roles, vocabulary: counted.ngrams)
  }
}
