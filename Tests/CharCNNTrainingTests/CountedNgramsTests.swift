import CharCNNCompute
import CharCNNNetworks
import Testing

@testable import CharCNNTraining

/// Counting in how many texts n-grams occur.
@Suite struct CountedNgramsTests {
  @Test(arguments: [1, 2, 5])
  func `texts of several blocks are counted like one after another`(threads: Int) throws {
    let scanner = NgramScanner(
      NgramFeatures(characters: [1, 2], words: [1], pairs: [1]),
      roles: [.letter, .space, .letter, .letter, .letter, .letter])
    var stream = RandomStream(key: 3)
    var corpus = MemoryCorpus()
    var simple: [UInt64: UInt32] = [:]
    for text in 0..<900 {
      // Also empty texts, and one that is longer than a block by itself.
      let length = text % 100 == 7 ? 0 : text == 500 ? 3_000 : text % 40
      corpus.append(label: 0) { characters in
        for _ in 0..<length { characters.append(Int32.random(in: 1...5, using: &stream)) }
      }
    }
    try corpus.forEachText { text in
      var keys: Set<UInt64> = []
      var words: [UInt64] = []
      scanner.forEachCharacterNgram(text) { keys.insert($0) }
      scanner.readWords(text, into: &words)
      scanner.forEachWordNgram(words) { keys.insert($0) }
      scanner.forEachPair(words) { keys.insert($0) }
      for key in keys { simple[key, default: 0] += 1 }
    }
    let counted = CountedNgrams(scanner: scanner)
    var blocks = 0
    try corpus.forEachBlock(characters: 2_000) { block in
      counted.add(block, device: CPUDevice(threads: threads))
      blocks += 1
    }
    #expect(blocks > 5)
    let found = counted.vocabulary(minimumTexts: 2, most: .max, device: CPUDevice(threads: threads))
    let kept = simple.filter { $0.value >= 2 }.sorted { $0.key < $1.key }
    let expected = NgramVocabulary(keys: kept.map(\.key), frequencies: kept.map(\.value), texts: corpus.count)
    #expect(found.ngrams.rarities == expected.rarities && found.ngrams.keys.sizes == expected.keys.sizes)
    #expect(found.ngrams.keys.remainders == expected.keys.remainders)
    #expect(found.entries == kept.reduce(0) { $0 + Int($1.value) } && found.leftOut == 0)
  }
}
