import CharCNNToolkit
import Testing

/// Settings by name: the same rules for the options of every task.
@Suite struct SettingGroupsTests {
  /// The options of a task, and how they are changed and listed.
  private struct Task: Sendable {
    /// All settings by name, and those of the text.
    typealias Result = (settings: [(name: String, value: String)], text: TextSettings)

    let name: String
    let set: @Sendable (_ assignments: [String]) throws -> Result
  }

  private static let tasks = [
    Task(name: "classification") {
      var options = ClassificationOptions()
      for assignment in $0 { try options.set(assignment) }
      return (options.settings, options.text)
    },
    Task(name: "causal") {
      var options = LanguageOptions(.causal)
      for assignment in $0 { try options.set(assignment) }
      return (options.settings, options.text)
    },
    Task(name: "matching") {
      var options = MatchingOptions()
      for assignment in $0 { try options.set(assignment) }
      return (options.settings, options.text)
    },
    Task(name: "characters") {
      var options = TaggingOptions(.character)
      for assignment in $0 { try options.set(assignment) }
      return (options.settings, options.text)
    },
    Task(name: "words") {
      var options = TaggingOptions(.word)
      for assignment in $0 { try options.set(assignment) }
      return (options.settings, options.text)
    },
  ]

  @Test func `every task lists each setting once, by the name that changes it`() throws {
    for task in Self.tasks {
      let settings = try task.set([]).settings
      #expect(Set(settings.map(\.name)).count == settings.count, "\(task.name)")
      let again = try task.set(settings.map { "\($0.name)=\($0.value)" }).settings
      #expect(again.map(\.name) == settings.map(\.name), "\(task.name)")
      #expect(again.map(\.value) == settings.map(\.value), "\(task.name)")
      #expect(!settings.contains { $0.name == "alphabetSize" || $0.name == "classes" }, "\(task.name)")
    }
  }

  @Test func `every task tells the text's normalization from the network's`() throws {
    for task in Self.tasks {
      for form in UnicodeNormalization.allCases {
        let (settings, text) = try task.set(["text.normalization=\(form.rawValue)", "normalization=none"])
        #expect(text.normalization == form, "\(task.name)")
        #expect(settings.contains { $0.name == "text.normalization" && $0.value == form.rawValue }, "\(task.name)")
        #expect(settings.contains { $0.name == "normalization" && $0.value == "none" }, "\(task.name)")
      }
    }
  }

  @Test(arguments: ["nothing=1", "text.nothing=1", "rate", "=1", "rate=fast", "classes=3", "alphabetSize=9"])
  func `every task refuses what means nothing`(assignment: String) {
    for task in Self.tasks {
      #expect(throws: ConfigurationError.self, "\(task.name)") { _ = try task.set([assignment]) }
    }
  }

  @Test func `settings that a task has no use for are refused and not listed`() throws {
    let unused = [
      "causal": ["cuts=0.5", "chunkLength=9", "text.chunkLength=9", "sampling=shuffled", "text.maximumLength=9"],
      "matching": ["chunkLength=9", "text.chunkLength=9", "cuts=0.5"],
      "characters": ["cuts=0.5", "chunkLength=9", "sampling=shuffled"],
      "words": ["cuts=0.5", "text.chunkLength=9", "sampling=classUniform"],
    ]
    for task in Self.tasks {
      let names = try task.set([]).settings.map(\.name)
      for assignment in unused[task.name] ?? [] {
        let error = #expect(throws: ConfigurationError.self) { _ = try task.set([assignment]) }
        let name = String(assignment.prefix { $0 != "=" })
        #expect(
          error?.setting == name && error?.description.contains("there are") == false, "\(task.name) \(assignment)")
        #expect(!names.contains(name), "\(task.name)")
      }
    }
  }
}
