import CharCNNNetworks
import CharCNNStorage
import Foundation
import TestSupport
import Testing

@Suite struct CharacterNgramsTests {
  /// Three texts in which some sequences are frequent.
  private static func texts(alphabet: Int) -> [[Int32]] {
    [400, 1, 90].enumerated().map { number, length in
      var text: [Int32] = []
      for value in wholeValues(length, from: 0, to: 10, seed: UInt64(number)) {
        text.append(value < 6 ? ((text.last ?? 0) * 3 + 1) % Int32(alphabet - 1) : value % Int32(alphabet - 1))
      }
      return text
    }
  }

  private static func probabilities(_ walk: NgramWalk, alphabet: Int) -> [Float] {
    [Float](unsafeUninitializedCapacity: alphabet) { buffer, count in
      walk.write(into: UnsafeMutableBufferPointer(rebasing: buffer[..<alphabet]))
      count = alphabet
    }
  }

  private struct Description: Decodable {
    let order: Int
    let alphabet: Int
  }

  @Test func `probabilities are those of the published formula`() throws {
    let url = try #require(
      Bundle.module.url(forResource: "language-ngrams", withExtension: "safetensors", subdirectory: "Fixtures"))
    let file = try SafetensorsFile(path: url.path)
    let description = try JSONDecoder().decode(
      Description.self, from: Data(try #require(file.metadata["fixture"]).utf8))
    let characters = try file.int32s("characters")
    let offsets = try file.int32s("offsets").map(Int.init)
    let ngrams = try CharacterNgrams(
      counting: zip(offsets, offsets.dropFirst()).map { Array(characters[$0..<$1]) }, order: description.order,
      alphabetSize: description.alphabet)
    var walk = NgramWalk(ngrams)
    var rows = Self.probabilities(walk, alphabet: description.alphabet)
    for character in try file.int32s("test") {
      walk.read(character)
      rows += Self.probabilities(walk, alphabet: description.alphabet)
    }
    let agreement = Agreement(rows, try file.floats("probabilities"))
    #expect(rows.count > 150 && agreement.largestError < 1e-6, "\(agreement)")
  }

  @Test(arguments: [2, 3, 5, 8])
  func `every place of any text has probabilities that add up to 1 and are all above 0`(order: Int) throws {
    let ngrams = try CharacterNgrams(counting: Self.texts(alphabet: 7), order: order, alphabetSize: 7)
    #expect(ngrams.order == order && ngrams.count > 20)
    var walk = NgramWalk(ngrams)
    for character in wholeValues(200, from: 0, to: 7, seed: 9) + Self.texts(alphabet: 7)[0] {
      walk.read(character)
      let probabilities = Self.probabilities(walk, alphabet: 7)
      #expect(abs(probabilities.reduce(0, +) - 1) < 1e-5)
      #expect(probabilities.allSatisfy { $0 > 0 })
    }
  }

  @Test func `no sequence reaches from one text into the next, and none is needed`() throws {
    let apart = try CharacterNgrams(counting: [[1, 2], [3, 4]], order: 2, alphabetSize: 5)
    var walk = NgramWalk(apart)
    walk.read(2)
    let after2 = Self.probabilities(walk, alphabet: 5)
    // Nothing followed 2, so that what follows it is what follows anything.
    #expect(after2 == Self.probabilities(NgramWalk(apart), alphabet: 5))
    for texts in [[], [[]], [[3]]] as [[[Int32]]] {
      let few = try CharacterNgrams(counting: texts, order: 4, alphabetSize: 5)
      let probabilities = Self.probabilities(NgramWalk(few), alphabet: 5)
      #expect(abs(probabilities.reduce(0, +) - 1) < 1e-6)
      // No two characters stand together: nothing is known anywhere, and every place has a kind all the same.
      var walk = NgramWalk(few)
      walk.read(3)
      var fit = NgramMixtureFit(order: 4)
      fit.add(walk, network: 0.5, ngrams: 0.2)
      #expect(fit.shares().count == NgramMixture.kinds(order: 4))
    }
  }

  @Test func `what is no tree over the alphabet is refused`() throws {
    let good = try CharacterNgrams(counting: Self.texts(alphabet: 7), order: 3, alphabetSize: 7)
    #expect(try CharacterNgrams(alphabetSize: 7, levels: good.levels) == good)
    func refuse(_ alphabet: Int = 7, _ change: (inout [CharacterNgrams.Level]) -> Void) {
      var levels = good.levels
      change(&levels)
      #expect(throws: ConfigurationError.self) { try CharacterNgrams(alphabetSize: alphabet, levels: levels) }
    }
    refuse { $0.removeLast(2) }
    refuse { $0[0].counts[0] = -1 }
    refuse { $0[1].counts.removeLast() }
    refuse { $0[2].characters[3] = 7 }
    refuse { $0[2].characters[3] = -1 }
    refuse(4) { _ in }
    refuse { $0[0].characters.swapAt(0, 1) }
    refuse { $0[0].firstChild[1] = 1_000_000 }
    refuse { $0[0].firstChild[0] = 1 }
    refuse { $0[1].firstChild.removeLast() }
    refuse { $0[1].firstChild = [] }
    refuse { $0[2].firstChild = [0] }
    for order in [-1, 0, 1, 9] {
      #expect(throws: ConfigurationError.self) { try CharacterNgrams(counting: [[1]], order: order, alphabetSize: 3) }
    }
  }

  @Test func `the part that knows better gets the greater share, at the places where it does`() throws {
    let texts = Self.texts(alphabet: 7)
    let ngrams = try CharacterNgrams(counting: texts, order: 3, alphabetSize: 7)
    let start = NgramWalk(ngrams)
    var later = start
    later.read(texts[0][0])
    later.read(texts[0][1])
    var fit = NgramMixtureFit(order: 3)
    #expect(fit.shares() == Array(repeating: 0.5, count: NgramMixture.kinds(order: 3)))
    for number in 0..<400 {
      fit.add(start, network: 0.9, ngrams: 0.1)
      // Here the n-grams are right three times of four, and the network once.
      fit.add(later, network: number % 4 == 0 ? 0.9 : 0.1, ngrams: number % 4 == 0 ? 0.1 : 0.9)
    }
    let shares = fit.shares()
    func mixed(_ walk: NgramWalk) -> (network: Float, mixture: Float, ngrams: Float) {
      var probabilities: [Float] = [1, 0, 0, 0, 0, 0, 0]
      var scratch = probabilities
      probabilities.withUnsafeMutableBufferPointer { probabilities in
        scratch.withUnsafeMutableBufferPointer {
          NgramMixture(ngrams, shares: shares).mix(into: probabilities, at: walk, scratch: $0)
        }
      }
      return (1, probabilities[0], Self.probabilities(walk, alphabet: 7)[0])
    }
    func share(_ walk: NgramWalk) -> Float {
      let (network, mixture, ngrams) = mixed(walk)
      return (mixture - ngrams) / (network - ngrams)
    }
    #expect(share(start) > 0.95)
    // The optimum of three right to one at odds of 9 is 0.1875; the places of all kinds pull a little.
    #expect(abs(share(later) - 0.1875) < 0.03)
  }
}
