import CharCNNFiles
import CharCNNServing
import Testing

/// The page of a server, as far as it can be told without a browser; `.ci/browser-page` tries it in one.
@Suite struct ServicePageTests {
  /// What stands between two texts that are both there once.
  private func part(after start: String, before end: String) throws -> String {
    let halves = ServicePage.html.split(separator: start, omittingEmptySubsequences: false)
    try #require(halves.count == 2, "\(start)")
    let parts = halves[1].split(separator: end, omittingEmptySubsequences: false)
    return String(try #require(parts.first))
  }

  @Test func `the policy knows the style and the script by their hashes, and allows nothing else`() throws {
    for tag in ["style", "script"] {
      let text = try part(after: "<\(tag)>", before: "</\(tag)>")
      let hash = Base64.text(of: SHA256.digest(of: Array(text.utf8)))
      #expect(ServicePage.policy.contains("\(tag)-src 'sha256-\(hash)'"))
    }
    #expect(ServicePage.policy.hasPrefix("default-src 'none'; ") && !ServicePage.policy.contains("unsafe"))
  }

  @Test func `nothing comes from elsewhere, and nothing that comes from the server is markup`() throws {
    let markup = try part(after: "<body>", before: "<script>")
    for forbidden in [" style=", " onclick=", " src=", " href=", "http:", "https:"] {
      #expect(!markup.contains(forbidden), "\(forbidden)")
    }
    for forbidden in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "https:", "<!--"] {
      #expect(!ServicePage.html.contains(forbidden), "\(forbidden)")
    }
  }

  // The examples of RFC 4648, section 10.
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
    ("foobar", "Zm9vYmFy"),
  ])
  func `bytes become Base64`(text: String, expected: String) {
    #expect(Base64.text(of: Array(text.utf8)) == expected)
  }

  @Test func `digests are the same as bytes and as digits`() {
    for text in ["", "abc"] {
      let digits = SHA256.digest(of: Array(text.utf8)).map { byte in
        String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
      }
      #expect(digits.joined() == SHA256.hexDigest(of: Array(text.utf8)))
    }
  }
}
