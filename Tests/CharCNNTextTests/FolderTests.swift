import CharCNNText
import Foundation
import TestSupport
import Testing

@Suite struct FolderTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func write(_ names: [String], _ text: String = "some words") throws {
    for name in names { _ = try folder.write(text, to: name) }
  }

  private func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: folder.path + "/" + name, withDestinationPath: target)
  }

  private func read(_ path: String? = nil, _ options: DataOptions = .init()) throws -> (
    summary: String, labels: [String]
  ) {
    let source = try LabeledTextSource(path: path ?? folder.path, options: options)
    var labels: [String] = []
    try source.forEachRecord { record, _ in labels.append(record.label ?? "") }
    return (source.summary, labels)
  }

  @Test func `folders inside the folder of a class are read`() throws {
    try write(["pos/1.txt", "pos/a/2.txt", "pos/a/b/3.txt", "neg/x/1.txt", "neg/2.txt"])
    let (summary, labels) = try read()
    #expect(summary == "folders, 2 classes, 5 files")
    #expect(labels == ["neg", "neg", "pos", "pos", "pos"])
  }

  @Test(arguments: [["train", "test"], ["dev", "train", "valid"], ["a", "b"], ["wrapped"], ["train"]])
  func `parts of a data set are no classes, and the folder to name is told`(parts: [String]) throws {
    try write(parts.flatMap { ["\($0)/pos/1.txt", "\($0)/neg/1.txt"] } + ["README"])
    let error = #expect(throws: DataError.self) { try read() }
    #expect(error?.kind == .unrecognizedFormat)
    let wanted = parts.contains("train") ? "train" : parts[0]
    #expect(error?.advice?.contains(folder.path + "/" + wanted) == true, "\(String(describing: error))")
    #expect(try read(folder.path + "/" + wanted).labels == ["neg", "pos"])
  }

  @Test func `what programs leave behind is left out and named`() throws {
    try write(["pos/1.txt", "neg/1.txt"])
    try write(["pos/Thumbs.db", "neg/2.txt~", "neg/desktop.ini", "pos/3.BAK", "__MACOSX/pos/x.txt", ".git/HEAD"])
    try write(["pos/.DS_Store", "README.md", "urls.txt"])
    let (summary, labels) = try read()
    #expect(labels == ["neg", "pos"])
    for part in [
      "2 files", "5 stray files left out (README.md, neg/2.txt~, neg/desktop.ini and 2 more)",
      "1 stray folder left out (__MACOSX)", "1 hidden folder left out (.git)",
      "1 file beside the folders left out (urls.txt)",
    ] { #expect(summary.contains(part), "\(summary)") }
  }

  @Test func `files of classes stand beside files that are none`() throws {
    try write(["pos.txt", "neg.txt", "README.txt", "pos.txt~", "LICENSE"], "one\ntwo\n")
    let (summary, labels) = try read()
    #expect(labels == ["neg", "neg", "pos", "pos"])
    #expect(summary == "files, 2 classes, 2 files, 3 stray files left out (LICENSE, README.txt, pos.txt~)")
  }

  @Test func `an empty file is left out of a folder, and refused by itself`() throws {
    try write(["pos/1.txt", "neg/1.txt"])
    try write(["pos/2.txt"], "")
    try write(["neg/2.txt"], "\u{FEFF}\r\n \n")
    let (summary, labels) = try read()
    #expect(labels == ["neg", "pos"])
    #expect(summary.hasSuffix("2 empty files left out (neg/2.txt, pos/2.txt)"), "\(summary)")
    let (files, notes) = try PlainText.found(in: [folder.path])
    #expect(files.count == 2 && notes == ["\(folder.path): 2 empty files left out (neg/2.txt, pos/2.txt)"])
    let empty = folder.path + "/pos/2.txt"
    #expect(try PlainText.files([empty]) == [empty])
    #expect(#expect(throws: DataError.self) { try PlainText(path: empty) }?.kind == .emptyFile)
    try write(["only/empty.txt"], "")
    let error = #expect(throws: DataError.self) { try PlainText.files([folder.path + "/only"]) }
    #expect(error?.kind == .noFiles && error?.problem.contains("1 empty file left out") == true)
  }

  @Test func `a circle of links ends, and nothing is read twice`() throws {
    try write(["a/1.txt", "b/1.txt"])
    try link("a/self", to: ".")
    try link("a/up", to: "..")
    try link("b/again", to: "../a")
    let (files, notes) = try PlainText.found(in: [folder.path, folder.path + "/a"])
    #expect(files == [folder.path + "/a/1.txt", folder.path + "/b/1.txt"])
    #expect(notes.count == 2 && notes[0].contains("3 folders that were read already left out"), "\(notes)")
    let (summary, labels) = try read()
    #expect(labels == ["a", "b"])
    #expect(summary.contains("3 folders that were read already left out"), "\(summary)")
    try link("b/nowhere", to: "none")
    #expect(#expect(throws: DataError.self) { try PlainText.files([folder.path]) }?.kind == .missingFile)
  }

  @Test func `folders and files win over links to them, whatever their names are`() throws {
    try write(["neg/b.txt", "pos/b.txt", "pos/deep/c.txt", ".kept/x/k.txt"])
    try link("alias", to: "neg")
    try link("able", to: "pos/deep")
    try link("neg/a.txt", to: "b.txt")
    // What is read nowhere else is read where the link stands.
    try link("hid", to: ".kept/x")
    try link("pos/k.txt", to: "../.kept/x/k.txt")
    let (summary, labels) = try read()
    #expect(labels == ["hid", "neg", "pos", "pos", "pos"])
    #expect(summary.contains("2 folders that were read already left out (able, alias)"), "\(summary)")
    #expect(summary.contains("1 link to a file beside it left out (neg/a.txt)"), "\(summary)")
    let names = ["hid/k.txt", "neg/b.txt", "pos/b.txt", "pos/k.txt", "pos/deep/c.txt"]
    #expect(try PlainText.files([folder.path]) == names.map { folder.path + "/" + $0 })
    // A link that is named is a folder like any other.
    #expect(try PlainText.files([folder.path + "/alias"]) == [folder.path + "/alias/b.txt"])
    #expect(try PlainText.files(["alias", "neg"].map { folder.path + "/" + $0 }) == [folder.path + "/alias/b.txt"])
  }

  @Test func `names of classes that look alike are one class`() throws {
    try write(["pos/1.txt", "pos /2.txt", "neg\u{200B}/1.txt"])
    #expect(Set(try read().labels) == ["pos", "neg"])
    try write(["\u{200B}/1.txt"])
    #expect(#expect(throws: DataError.self) { try read() }?.kind == .missingLabel)
  }

  // Names on a Mac are always UTF-8.
  #if os(Linux)
  @Test func `a name that is not UTF-8 is refused with its folder`() throws {
    try write(["pos/1.txt", "neg/1.txt"])
    let name = Array("\(folder.path)/neg/caf".utf8CString.dropLast()) + [CChar(bitPattern: 0xE9), 0]
    let file = try #require(fopen(name, "w"))
    fclose(file)
    for error in [
      #expect(throws: DataError.self, performing: { try read() }),
      #expect(throws: DataError.self, performing: { try PlainText.files([folder.path]) }),
    ] {
      #expect(error?.kind == .invalidUTF8 && error?.path.hasSuffix("/neg") == true)
      #expect(error?.problem.contains("caf") == true)
    }
    unlink(name)
  }
  #endif
}
