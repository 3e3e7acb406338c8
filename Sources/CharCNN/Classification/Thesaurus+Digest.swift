internal import CharCNNFiles
import CharCNNText

extension Thesaurus {
  /// A digest of all words and their synonyms.
  var digest: String {
    var digest = RunningSHA256()
    for word in words {
      digest.add(word)
      // A number between words keeps one's synonyms apart from the next word.
      let synonyms = synonyms(of: word)
      digest.add(String(synonyms.count))
      for synonym in synonyms { digest.add(synonym) }
    }
    return digest.hexDigest
  }
}
