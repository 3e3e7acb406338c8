/// Where the texts of any task's plan come from, as `run.json` of a checkpoint says it.
struct StoredPaths: Decodable, Sendable {
  let training: [String]
  let validation: [String]

  private struct Source: Decodable {
    var path: String
  }

  private enum CodingKeys: String, CodingKey {
    case source
    case texts
    case validation
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    // Language models have any number of files, the other tasks one.
    if container.contains(.texts) {
      training = try container.decode([String].self, forKey: .texts)
      validation = try container.decode([String].self, forKey: .validation)
    } else {
      training = try [container.decodeIfPresent(Source.self, forKey: .source)].compactMap { $0?.path }
      validation = try [container.decodeIfPresent(Source.self, forKey: .validation)].compactMap { $0?.path }
    }
  }
}
