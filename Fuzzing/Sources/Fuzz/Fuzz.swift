import Foundation

/// What libFuzzer calls once before its loop. With `CHARCNN_FUZZ_SEEDS=FOLDER`, writes the first inputs of every reader
/// into `FOLDER/READER`, prints the names of the readers, and ends.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>
) -> CInt {
  guard let folder = ProcessInfo.processInfo.environment["CHARCNN_FUZZ_SEEDS"] else {
    // Here, so that its time does not count as that of the first input.
    _ = SampleModel.shared
    return 0
  }
  do {
    try writeSeeds(to: URL(fileURLWithPath: folder))
  } catch {
    FileHandle.standardError.write(Data("error: \(error)\n".utf8))
    exit(70)
  }
  exit(0)
}

/// What libFuzzer calls with each input. `CHARCNN_FUZZ_TARGET` names the reader.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  chosen.run(Array(UnsafeBufferPointer(start: bytes, count: count)))
  return 0
}

private let chosen: FuzzTarget = {
  let name = ProcessInfo.processInfo.environment["CHARCNN_FUZZ_TARGET"]
  guard let target = FuzzTarget.all.first(where: { $0.name == name }) else {
    FileHandle.standardError.write(Data("error: CHARCNN_FUZZ_TARGET names no reader\n".utf8))
    exit(64)
  }
  return target
}()

private func writeSeeds(to root: URL) throws {
  for target in FuzzTarget.all {
    let folder = root.appendingPathComponent(target.name)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (number, seed) in try target.seeds().enumerated() {
      try Data(seed).write(to: folder.appendingPathComponent("seed\(number)"))
    }
    print(target.name)
  }
}
