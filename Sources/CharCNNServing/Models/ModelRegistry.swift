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
    /// Somebody took it out of service.
    case unloaded(name: String, version: String)
    /// It never could be used and is not on disk any more, so that nothing is left of it.
    case forgotten(name: String, version: String)
    /// Something in the folders cannot be looked at or has a name that is taken; all else goes on.
    case skipped(problem: String)
  }

  /// What there is to say of a version of a model.
  package struct Status: Sendable, Equatable {
    package let name: String
    package let version: String
    package let isReady: Bool
    /// Why it, or the newest bundle of it, is not served; nil where it is.
    package let problem: String?
  }

  struct Place: Hashable {
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
    /// Whether it came after the start. Whoever copies a bad bundle there does not take the others out of service.
    var isLate = false
  }

  /// The version of a model whose folder names none.
  package static let onlyVersion = "1"

  private let sources: [Source]
  private let options: LoadedModel.Options
  private let told: @Sendable (_ questions: Int, _ cost: Int) -> Void
  private let entries = Guarded([Place: Entry]())
  /// Held while bundles are opened, one after another; those who only ask do not wait for it.
  private let opening = Guarded(())
  /// What was wrong in the folders when they were last looked at, so that it is told once.
  private let skipped = Guarded(Set<String>())
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
    let found = try Self.find(sources) { throw $0 }
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
      return ready.max { VersionName.isEarlier($0.key.version, $1.key.version) }?.value.loaded
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
    return all.sorted { $0.name == $1.name ? VersionName.isEarlier($0.version, $1.version) : $0.name < $1.name }
  }

  /// Whether all models answer that were there at the start, each in one version at least.
  package var isReady: Bool {
    entries.withLock { entries in
      let ready = Set(entries.filter { $0.value.loaded != nil }.map(\.key.name))
      return !ready.isEmpty
        && entries.allSatisfy { $0.value.isUnloaded || $0.value.isLate || ready.contains($0.key.name) }
    }
  }

  // MARK: Opening

  /// Looks whether bundles were replaced or are new, and opens those.
  ///
  /// - Returns: What happened since it was last asked.
  package func refresh() -> [Event] {
    opening.withLock { _ in
      var events: [Event] = []
      let found = discover(&events)
      for (place, entry) in entries.withLock({ $0 }).sorted(by: {
        ($0.key.name, $0.key.version) < ($1.key.name, $1.key.version)
      })
      where !entry.isUnloaded {
        if let event = reopen(place, entry, isWanted: found.contains(place)) { events.append(event) }
      }
      return events
    }
  }

  /// Puts a model into service, all versions that its folder has, as they are on disk now.
  ///
  /// - Returns: What became of each; none where no such model is known.
  package func load(_ name: String) -> [Event] {
    opening.withLock { _ in
      for (place, path, _) in Self.find(sources, refused: { _ in }) where place.name == name { add(place, path) }
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
  /// - Returns: What became of each; none where no such model is known.
  package func unload(_ name: String) -> [Event] {
    opening.withLock { _ in
      entries.withLock { entries in
        let own = entries.keys.filter { $0.name == name }.sorted { VersionName.isEarlier($0.version, $1.version) }
        for place in own {
          entries[place]?.loaded = nil
          entries[place]?.isUnloaded = true
          entries[place]?.stamp = nil
        }
        return own.map { .unloaded(name: $0.name, version: $0.version) }
      }
    }
  }

  /// Finds bundles that are new, and tells what stands in their way, once for each time that it comes.
  ///
  /// - Returns: All that are there.
  private func discover(_ events: inout [Event]) -> Set<Place> {
    var problems: [String] = []
    let found = Self.find(sources) { problems.append("\($0)") }
    for (place, path, _) in found { add(place, path) }
    let known = skipped.withLock { skipped in
      let known = skipped
      skipped = Set(problems)
      return known
    }
    events += problems.filter { !known.contains($0) }.map { .skipped(problem: $0) }
    return Set(found.map(\.place))
  }

  /// Has a bundle looked at that came after the start.
  private func add(_ place: Place, _ path: String) {
    entries.withLock { entries in if entries[place] == nil { entries[place] = Entry(path: path, isLate: true) } }
  }

  /// Opens a bundle again where it looks otherwise than before.
  ///
  /// - Parameter isWanted: Whether it was named, or stands in a folder.
  private func reopen(_ place: Place, _ entry: Entry, isWanted: Bool) -> Event? {
    let stamp = FolderStamp(entry.path)
    if stamp.isEmpty, entry.loaded == nil, !isWanted {
      entries.withLock { $0[place] = nil }
      return .forgotten(name: place.name, version: place.version)
    }
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
    let digest = entry.problem == nil ? entry.loaded?.digest : nil
    let (event, _) = open(&entry, place)
    entries.withLock { [entry] in $0[place] = entry }
    // The same files once more, touched or copied, are no news, unless others were refused between.
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
