import CharCNNCompute
import Testing

@testable import CharCNNNetworks

/// Which n-grams a text has, and how a vocabulary finds them again.
@Suite struct NgramVocabularyTests {
  /// The hash of the model format, once more as its description has it.
  private func hash(_ units: [Int], from start: UInt64) -> UInt64 {
    units.reduce(start) { hash, unit in
      let mixed = (hash ^ UInt64(unit)) &* 0x9e37_79b9_7f4a_7c15
      return mixed ^ (mixed >> 29)
    }
  }

  private func characterKey(_ indices: [Int]) -> UInt64 {
    hash(indices.map { $0 + 4 } + [indices.count + 4], from: 0)
  }

  private func words(_ words: [[Int]], from start: UInt64) -> UInt64 {
    words.map { word in hash(word.map { $0 + 4 }, from: 1) }.reduce(start) { hash, word in
      let mixed = (hash ^ word) &* 0x9e37_79b9_7f4a_7c15
      return mixed ^ (mixed >> 29)
    }
  }

  private func wordKey(_ words: [[Int]]) -> UInt64 {
    hash([words.count + 4], from: self.words(words, from: 2))
  }

  private func keys(_ text: [Int32], _ features: NgramFeatures, roles: [WordRole]) -> (
    characters: [UInt64], words: [UInt64], pairs: [UInt64]
  ) {
    let scanner = NgramScanner(features, roles: roles)
    var (characters, words, pairs, scratch) = ([UInt64](), [UInt64](), [UInt64](), [UInt64]())
    text.withUnsafeBufferPointer { text in
      scanner.forEachCharacterNgram(text) { characters.append($0) }
      scanner.readWords(text, into: &scratch)
      scanner.forEachWordNgram(scratch) { words.append($0) }
      scanner.forEachPair(scratch) { pairs.append($0) }
    }
    return (characters, words, pairs)
  }

  @Test func `characters, with the marks of begin and end`() {
    let found = keys([5, 6], NgramFeatures(characters: [1, 3], words: []), roles: []).characters
    let expected = [[-2], [-2, 5, 6], [5], [5, 6, -3], [6], [-3]].map(characterKey)
    #expect(found == expected)
    #expect(keys([], NgramFeatures(characters: [2], words: []), roles: []).characters == [characterKey([-2, -3])])
  }

  @Test func `words are runs of letters, and every sign is one`() {
    // Of the indices 1 is a blank, 2 a sign, the others are letters; 0 is an unknown character.
    let roles: [WordRole] = [.letter, .space, .sign, .letter, .letter]
    let found = keys([1, 3, 4, 1, 1, 0, 2, 2, 3], NgramFeatures(characters: [], words: [1, 2]), roles: roles).words
    let words = [[3, 4], [0], [2], [2], [3]]
    let expected = words.indices.flatMap { first in
      [wordKey([words[first]])] + (first + 1 < words.count ? [wordKey([words[first], words[first + 1]])] : [])
    }
    #expect(found == expected)
    #expect(keys([1, 1], NgramFeatures(characters: [], words: [1]), roles: roles).words.isEmpty)
  }

  @Test func `pairs are of words at some distances, whatever stands between them`() {
    let roles: [WordRole] = [.letter, .space, .sign, .letter, .letter]
    let text: [Int32] = [3, 1, 4, 1, 2, 3, 4]
    let all = [[3], [4], [2], [3, 4]]
    func pair(_ first: Int, _ second: Int) -> UInt64 { words([all[first], all[second]], from: 3) }
    let found = keys(text, NgramFeatures(characters: [], words: [], pairs: [2, 3]), roles: roles)
    #expect(found.pairs == [pair(0, 2), pair(0, 3), pair(1, 3)])
    #expect(found.words.isEmpty && found.characters.isEmpty)
    #expect(keys([3, 1, 4], NgramFeatures(characters: [], words: [1], pairs: [2]), roles: roles).pairs.isEmpty)
  }

  /// The rows of those keys that a vocabulary has.
  private func rows(of keys: [UInt64], in vocabulary: NgramVocabulary) -> [Int32] {
    var rows = [Int32](repeating: 0, count: keys.count)
    let count = keys.withUnsafeBufferPointer { vocabulary.keys.find($0, into: &rows) }
    return Array(rows[..<count])
  }

  @Test func `every key is found, and hardly any other`() {
    var stream = RandomStream(key: 3)
    var keys = Set<UInt64>()
    while keys.count < 40_000 { keys.insert(stream.next()) }
    let sorted = keys.sorted()
    let vocabulary = NgramVocabulary(
      keys: sorted, frequencies: sorted.indices.map { UInt32($0 % 9 + 1) }, texts: 100)
    #expect(vocabulary.count == sorted.count)
    #expect(rows(of: sorted, in: vocabulary) == sorted.indices.map(Int32.init))
    #expect(rows(of: (0..<sorted.count).map { _ in stream.next() }, in: vocabulary).count < 20)
    // Rarer is rarer.
    #expect(vocabulary.rarity(0) > vocabulary.rarity(8))

    // The same with fewer of them, in fewer buckets.
    for every in [2, 100] {
      let (some, origins) = vocabulary.keeping { $0 % every == 1 }
      #expect(some.count == sorted.count / every && some.keys.sizes.count < vocabulary.keys.sizes.count)
      let kept = Array(stride(from: 1, to: sorted.count, by: every))
      #expect(rows(of: kept.map { sorted[$0] }, in: some) == kept.indices.map(Int32.init))
      // Those that are known, in their order.
      let found = rows(of: sorted, in: some)
      #expect((some.count..<some.count + 20).contains(found.count) && found == found.sorted())
      #expect(origins == kept)
      #expect(kept.indices.allSatisfy { some.rarities[$0] == vocabulary.rarities[1 + every * $0] })
    }
  }

  @Test func `of rows that fewer bits do not tell apart the first is kept`() {
    // In many buckets these differ in the last of the bits that are kept; in few buckets they do not.
    var keys = (0..<UInt64(40_000)).map { $0 << 48 | 1 << 40 }
    let least = UInt64(1) << UInt64(64 - 16 - 14)
    keys.insert(keys[9] + least, at: 10)
    let vocabulary = NgramVocabulary(keys: keys, frequencies: keys.indices.map { UInt32($0 % 50 + 1) }, texts: 100)
    #expect(vocabulary.count == keys.count)
    let (some, rows) = vocabulary.keeping { (9...12).contains($0) }
    #expect(rows == [9, 11, 12] && some.rarities == rows.map { vocabulary.rarities[$0] })
  }

  @Test func `keys that fill a bucket get more buckets`() {
    let keys = (0..<3_000).map { UInt64($0) << 40 }
    let vocabulary = NgramVocabulary(keys: keys, frequencies: keys.map { _ in 1 }, texts: 2)
    #expect((vocabulary.keys.sizes.max() ?? 0) <= 255)
    #expect(rows(of: keys, in: vocabulary) == keys.indices.map(Int32.init))
  }

  @Test func `weights have the length 1 for each kind, and repetitions count by their logarithm`() throws {
    let roles: [WordRole] = [.letter, .space, .letter, .letter]
    let features = NgramFeatures(characters: [1], words: [1], pairs: [1])
    let text: [Int32] = [2, 2, 2, 1, 3, 1, 3]
    let (characters, words, pairs) = keys(text, features, roles: roles)
    let known = Set(characters + words + pairs).sorted()
    let vocabulary = NgramVocabulary(keys: known, frequencies: known.map { _ in 1 }, texts: 1)
    var reader = WeighedNgrams(scanner: NgramScanner(features, roles: roles), vocabulary: vocabulary)
    text.withUnsafeBufferPointer { reader.read($0) }
    let values = Array(reader.values[..<reader.count])
    // Marks, three characters; two words; two pairs.
    #expect(reader.count == 9)
    #expect(abs(values[..<5].reduce(0) { $0 + $1 * $1 } - 1) < 1e-6)
    #expect(abs(values[5..<7].reduce(0) { $0 + $1 * $1 } - 1) < 1e-6)
    #expect(abs(values[7...].reduce(0) { $0 + $1 * $1 } - 1) < 1e-6)
    #expect(abs(values[1] / values[0] - 2.0986123) < 1e-5)
    #expect(abs(values[6] / values[5] - 1.6931472) < 1e-5)
    // The memory of a long text does no harm to a short one after it.
    let long = [Int32](repeating: 3, count: 5_000)
    long.withUnsafeBufferPointer { reader.read($0) }
    text.withUnsafeBufferPointer { reader.read($0) }
    #expect(Array(reader.values[..<reader.count]) == values)
  }
}
