internal import CharCNNCompute
internal import CharCNNFiles
internal import CharCNNStorage

/// The models that are served, by their names and versions.
///
/// A bundle that was replaced on disk is opened beside the old one, checked and warmed up, and then takes its place in one step. Requests that
/// have the old one keep it. A bundle that cannot be used leaves the old one where it is.
package final class ModelRegistry: Sendable {
  /// Where models are.
  package enum Source: Sendable, Hashable {
    /// A bundle, with another name than that of its folder or nil.
    case bundle(path: String, name: String?)
    /// A folder of bundles: `NAME.charcnn`, or `NAME/VERSION.charcnn` where there are several versions of one model.
    case folder(path: String)
  }

  /// What became of a bundle when it was looked at.
  package enum Event: Sendable, Equatable {
    /// It is served now; `replaced` where another one was before.
    case loaded(name: String, version: String, replaced: Bool)
    /// It cannot be used, and why.
    case refused(name: String, version: String, problem: String)
    /// It is not on disk any more; it is served all the same.
    case missing(name: String, version: String)
    /// It stayed away, and another version of the model answers in its place.
    case removed(name: String, version: String)
  }

  /// What there is to say of a version of a model.
  package struct Status: Sendable, Equatable {
    package let name: String
    package let version: String
    package let isReady: Bool
    /// Why it, or the newest bundle of it, is not served; nil where it is.
    package let problem: String?
  }

  private struct Place: Hashable {
    let name: String
    let version: String
  }

  private struct Entry {
    let path: String
    var loaded: LoadedModel?
    /// What the bundle looked like when it was last opened.
    var stamp: FolderStamp?
    /// The same of the index that is stored for it.
    var indexStamps: [FileStamp] = []
    var problem: String?
    /// Whether somebody took it out of service.
    var isUnloaded = false
  }

  /// The version of a model whose folder names none.
  package static let onlyVersion = "1"

  private let sources: [Source]
  private let options: LoadedModel.Options
  private let told: @Sendable (_ questions: Int, _ cost: Int) -> Void
  private let entries = Guarded([Place: Entry]())
  /// Held while bundles are opened, one after another; those who only ask do not wait for it.
  private let opening = Guarded(())
  /// The name that stands for the first model of all.
  package let firstName: String?

  /// Opens all models.
  ///
  /// - Parameters:
  ///   - sources: Where they are; the first model answers where none is named.
  ///   - options: How they are opened.
  ///   - told: Receives the size of each batch of any of them.
  ///   - noted: Receives what became of each bundle of folders.
  /// - Throws: `StorageError` where a bundle that was named cannot be used, where two have one name, and where there is none.
  package init(
    _ sources: [Source], options: LoadedModel.Options = .init(),
    told: @escaping @Sendable (_ questions: Int, _ cost: Int) -> Void = { _, _ in }, noted: (Event) -> Void = { _ in }
  ) throws {
    (self.sources, self.options, self.told) = (sources, options, told)
    let found = try Self.find(sources)
    firstName = found.first?.place.name
    for (place, path, isNamed) in found {
      var entry = Entry(path: path)
      let (event, error) = open(&entry, place)
      if isNamed, let error { throw error }
      entries.withLock { $0[place] = entry }
      noted(event)
    }
    if found.isEmpty {
      let path = sources.compactMap { if case .folder(let path) = $0 { path } else { nil } }.first ?? "."
      throw StorageError(
        .missing, path: path, problem: "holds no model",
        advice: "name a bundle, or a folder with bundles called NAME.charcnn")
    }
  }

  /// All bundles of some sources, those that were named first.
  private static func find(_ sources: [Source]) throws -> [(place: Place, path: String, isNamed: Bool)] {
    var found: [(place: Place, path: String, isNamed: Bool)] = []
    func add(_ name: String, _ version: String, _ path: String, isNamed: Bool) throws {
      if let other = found.first(where: { $0.place.name == name && ($0.place.version == version || isNamed) }) {
        throw StorageError(
          .exists, path: path, problem: "has the name \"\(name)\", which \(other.path) has too",
          advice: "give one of them another name (`name`)")
      }
      found.append((Place(name: name, version: version), path, isNamed))
    }
    for case .bundle(let path, let name) in sources {
      let own = FilePath.parts(FilePath.absolute(path)).last ?? path
      try add(name ?? bundleName(own), onlyVersion, path, isNamed: true)
    }
    for case .folder(let path) in sources {
      guard let names = Directory.names(of: path) else {
        throw StorageError(.missing, path: path, problem: "is not a folder", advice: "give a folder of models")
      }
      for name in names.sorted() where !name.hasPrefix(".") {
        let own = FilePath.join(path, name)
        guard FilePath.isFolder(own) else { continue }
        if name.hasSuffix(bundleEnding) {
          try add(bundleName(name), onlyVersion, own, isNamed: false)
        } else {
          for version in (Directory.names(of: own) ?? []).sorted()
          where !version.hasPrefix(".") && version.hasSuffix(bundleEnding) {
            try add(name, bundleName(version), FilePath.join(own, version), isNamed: false)
          }
        }
      }
    }
    return found
  }

  private static let bundleEnding = ".charcnn"

  private static func bundleName(_ folder: String) -> String {
    folder.hasSuffix(bundleEnding) && folder.count > bundleEnding.count
      ? String(folder.dropLast(bundleEnding.count)) : folder
  }

  // MARK: Asking

  /// A model that answers now.
  ///
  /// - Parameters:
  ///   - name: Its name; nil for the first model.
  ///   - version: Its version; nil for the newest that is ready.
  package func model(_ name: String? = nil, version: String? = nil) -> LoadedModel? {
    guard let name = name ?? firstName else { return nil }
    return entries.withLock { entries in
      if let version { return entries[Place(name: name, version: version)]?.loaded }
      let ready = entries.filter { $0.key.name == name && $0.value.loaded != nil }
      return ready.max { Self.isEarlier($0.key.version, $1.key.version) }?.value.loaded
    }
  }

  /// Whether anybody ever served such a model here.
  package func knows(_ name: String, version: String? = nil) -> Bool {
    entries.withLock { $0.keys.contains { $0.name == name && (version == nil || $0.version == version) } }
  }

  /// All models and versions, by name, the oldest version first.
  package var statuses: [Status] {
    let all = entries.withLock { entries in
      entries.map { place, entry in
        Status(
          name: place.name, version: place.version, isReady: entry.loaded != nil,
          problem: entry.isUnloaded ? "unloaded" : entry.problem)
      }
    }
    return all.sorted { $0.name == $1.name ? Self.isEarlier($0.version, $1.version) : $0.name < $1.name }
  }

  /// Whether all models are served that are to be.
  package var isReady: Bool {
    entries.withLock { entries in
      entries.values.contains { $0.loaded != nil } && entries.values.allSatisfy { $0.loaded != nil || $0.isUnloaded }
    }
  }

  /// Numbers count as such: version 10 is newer than version 9.
  private static func isEarlier(_ first: String, _ second: String) -> Bool {
    switch (Int(first), Int(second)) {
    case (let first?, let second?): first < second
    case (nil, _?): true
    case (_?, nil): false
    case (nil, nil): first < second
    }
  }

  // MARK: Opening

  /// Looks whether bundles were replaced or are new, and opens those.
  ///
  /// - Returns: What happened since it was last asked.
  package func refresh() -> [Event] {
    opening.withLock { _ in
      var events: [Event] = []
      for (place, path, _) in (try? Self.find(sources)) ?? [] {
        if entries.withLock({ $0[place] == nil }) { entries.withLock { $0[place] = Entry(path: path) } }
      }
      for (place, entry) in entries.withLock({ $0 }).sorted(by: {
        ($0.key.name, $0.key.version) < ($1.key.name, $1.key.version)
      })
      where !entry.isUnloaded {
        if let event = reopen(place, entry) { events.append(event) }
      }
      return events
    }
  }

  /// Puts a model into service, all versions that its folder has, as they are on disk now.
  ///
  /// - Returns: What became of each; none where no such model is known.
  package func load(_ name: String) -> [Event] {
    opening.withLock { _ in
      for (place, path, _) in (try? Self.find(sources)) ?? [] where place.name == name {
        entries.withLock { entries in if entries[place] == nil { entries[place] = Entry(path: path) } }
      }
      let own = entries.withLock { $0.filter { $0.key.name == name } }
      return own.sorted { $0.key.version < $1.key.version }.map { place, entry in
        var entry = entry
        entry.isUnloaded = false
        let (event, _) = open(&entry, place)
        entries.withLock { [entry] in $0[place] = entry }
        return event
      }
    }
  }

  /// Takes all versions of a model out of service. Who has it keeps it until the answer is given.
  ///
  /// - Returns: Whether there is such a model.
  package func unload(_ name: String) -> Bool {
    opening.withLock { _ in
      entries.withLock { entries in
        let own = entries.keys.filter { $0.name == name }
        for place in own {
          entries[place]?.loaded = nil
          entries[place]?.isUnloaded = true
          entries[place]?.stamp = nil
        }
        return !own.isEmpty
      }
    }
  }

  /// Opens a bundle again where it looks otherwise than before.
  private func reopen(_ place: Place, _ entry: Entry) -> Event? {
    let stamp = FolderStamp(entry.path)
    // At the second look: while a bundle is replaced it is away for a moment.
    if stamp.isEmpty, entry.stamp?.isEmpty == true, entry.loaded != nil, hasOther(place) {
      entries.withLock { $0[place] = nil }
      return .removed(name: place.name, version: place.version)
    }
    let isSameIndex = indexStamps(place) == entry.indexStamps
    if stamp == entry.stamp, isSameIndex || stamp.isEmpty { return nil }
    if stamp.isEmpty, entry.loaded != nil {
      entries.withLock { $0[place]?.stamp = stamp }
      return .missing(name: place.name, version: place.version)
    }
    var entry = entry
    let digest = entry.loaded?.digest
    let (event, _) = open(&entry, place)
    entries.withLock { [entry] in $0[place] = entry }
    // The same files once more, touched or copied, are no news.
    if case .loaded = event, isSameIndex, let digest, entry.loaded?.digest == digest { return nil }
    return event
  }

  /// What is wrong with a bundle, as clients are told: where it lies on this machine is for the log.
  private func problem(_ error: any Error, _ path: String, _ place: Place) -> String {
    let index = options.indexes[place.name]
    let paths: [String?] = [path, ShippedModels.place(of: path), index?.path, index?.texts]
    // The longest first, of which others may be parts.
    return paths.compactMap(\.self).sorted { $0.utf8.count > $1.utf8.count }.reduce("\(error)") { text, path in
      guard let name = FilePath.parts(path).last, name != path else { return text }
      return text.replacing(path, with: name)
    }
  }

  private func indexStamps(_ place: Place) -> [FileStamp] {
    guard let source = options.indexes[place.name] else { return [] }
    return ([source.path] + (source.texts.map { [$0] } ?? [])).map { FileStamp($0) }
  }

  /// Whether another version of a model answers.
  private func hasOther(_ place: Place) -> Bool {
    entries.withLock { entries in
      entries.contains { $0.key.name == place.name && $0.key != place && $0.value.loaded != nil }
    }
  }

  /// Opens the bundle of an entry; one that cannot be used leaves the model that was there.
  private func open(_ entry: inout Entry, _ place: Place) -> (Event, (any Error)?) {
    // Looked at first: what is written while it is opened is opened again the next time.
    entry.stamp = FolderStamp(entry.path)
    let indexStamps = indexStamps(place)
    let isSameIndex = indexStamps == entry.indexStamps
    entry.indexStamps = indexStamps
    do {
      let model = try LoadedModel(
        entry.path, name: place.name, version: place.version, options: options, told: told)
      let replaced = entry.loaded != nil
      if entry.loaded?.digest != model.digest || !isSameIndex { entry.loaded = model }
      entry.problem = nil
      return (.loaded(name: place.name, version: place.version, replaced: replaced), nil)
    } catch {
      entry.problem = problem(error, entry.path, place)
      return (.refused(name: place.name, version: place.version, problem: "\(error)"), error)
    }
  }
}
