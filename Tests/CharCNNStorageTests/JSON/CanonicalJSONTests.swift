import CharCNNStorage
import Testing

@Suite struct CanonicalJSONTests {
  private struct Layer: Codable, Equatable { var width: Int }
  private struct Settings: Codable, Equatable {
    var name: String
    var layers: [Layer]
  }

  @Test func theSameValueGivesTheSameBytes() throws {
    let bytes = try CanonicalJSON.encode(["b": 1, "a": 2, "c/d": 3])
    #expect(String(decoding: bytes, as: UTF8.self) == "{\n  \"a\" : 2,\n  \"b\" : 1,\n  \"c/d\" : 3\n}\n")
  }

  @Test func whatIsWrittenIsRead() throws {
    let settings = Settings(name: "é中\"\\\u{1}", layers: [Layer(width: 3)])
    #expect(try CanonicalJSON.decode(Settings.self, from: CanonicalJSON.encode(settings)) == settings)
  }

  @Test(arguments: [
    (#"{"name": "x"}"#, "$.layers is missing"),
    (#"{"name": "x", "layers": [{"width": 1}, {}]}"#, "$.layers[1].width is missing"),
    (#"{"name": "x", "layers": [{"width": "3"}]}"#, "$.layers[0].width"), (#"{"name": null, "layers": []}"#, "$.name"),
    (#"{"name": "x", "layers": [{"width": 1e99}]}"#, "$ does not fit (a number in it"),
    ("{\n\"name\": }", "line 2, column 9"),
    (#"{"name": "x", "name": "y", "layers": []}"#, "'name' occurs twice"),
  ])
  func errorsNameFileAndPlace(json: String, place: String) {
    let error = expectError(.invalidJSON) {
      _ = try CanonicalJSON.decode(Settings.self, from: Array(json.utf8), path: "config.json")
    }
    #expect(error?.problem.contains(place) == true, "\(error?.description ?? "")")
    #expect(error?.path == "config.json")
  }

  @Test(arguments: [Double.nan, .infinity]) func numbersThatAreNotFiniteAreRefused(value: Double) {
    let error = expectError(.notEncodable) { _ = try CanonicalJSON.encode(["rates": [1, value]], path: "config.json") }
    #expect(error?.problem.contains("$.rates[1]") == true)
  }
}
