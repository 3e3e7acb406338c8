import CharCNNText
import Testing

/// Noise in single characters.
@Suite struct CharacterNoiseTests {
  private static let text = String(repeating: "The quick brown fox, jumps: 日本語 ＡＢＣ! ", count: 50)

  private func differing(_ kind: CharacterNoise.Kind, rate: Double = 0.1) -> (noisy: String, count: Int) {
    let noisy = CharacterNoise(rate: rate, kinds: [kind]).applied(to: Self.text, seed: 3)
    return (noisy, zip(noisy, Self.text).count { $0 != $1 })
  }

  @Test func `each kind does what it says`() {
    let length = Self.text.count
    #expect(differing(.drop).noisy.count < length - length / 20 && differing(.drop).noisy.count > length - length / 5)
    #expect(differing(.repeat).noisy.count > length + length / 20)
    let swapped = differing(.swap)
    #expect(swapped.noisy.count == length && swapped.noisy.sorted() == Self.text.sorted() && swapped.count > 50)
    let cased = differing(.case)
    #expect(cased.noisy.lowercased() == Self.text.lowercased() && cased.count > 50)
    let keys = differing(.key)
    #expect(keys.noisy.count == length && keys.noisy.contains("日本語") && keys.count > 50)
    let wide = differing(.width, rate: 1)
    #expect(wide.noisy.hasPrefix("Ｔｈｅ　ｑ") && wide.noisy.contains("日本語　ABC！"))
    let alike = differing(.lookalike)
    #expect(alike.noisy != Self.text && alike.noisy.count == length)
  }

  @Test func `nothing happens at rate 0, everything at 1, and the same seed does the same`() {
    #expect(CharacterNoise(rate: 0).applied(to: Self.text, seed: 1) == Self.text)
    #expect(CharacterNoise(rate: 1, kinds: [.drop]).applied(to: Self.text, seed: 1).isEmpty)
    #expect(CharacterNoise(rate: 1, kinds: []).applied(to: "abc", seed: 1) == "abc")
    let noise = CharacterNoise(rate: 0.2)
    #expect(noise.applied(to: Self.text, seed: 1) == noise.applied(to: Self.text, seed: 1))
    #expect(noise.applied(to: Self.text, seed: 1) != noise.applied(to: Self.text, seed: 2))
    #expect(noise.applied(to: Self.text, seed: 1, stream: 1) != noise.applied(to: Self.text, seed: 1, stream: 2))
    #expect(CharacterNoise(rate: 1).applied(to: "", seed: 1).isEmpty)
    #expect(CharacterNoise(rate: 1, kinds: [.swap]).applied(to: "abcde", seed: 1) == "badce")
  }
}
