import CharCNNStorage
import Foundation
import Testing

/// A file written by the Python package `safetensors`, see Fixtures/storage_fixture.py.
@Suite struct PythonFileTests {
  private static let base64 = """
    GAIAAAAAAAB7Il9fbWV0YWRhdGFfXyI6eyJtYWRlIGJ5IjoibnVtcHkiLCJxdW90ZSI6IlwiXFxcbiJ9LCJvZmZzZXRzIjp7ImR0eXBlIjoiSTY0
    Iiwic2hhcGUiOlsyXSwiZGF0YV9vZmZzZXRzIjpbMCwxNl19LCJkb3VibGUiOnsiZHR5cGUiOiJGNjQiLCJzaGFwZSI6WzFdLCJkYXRhX29mZnNl
    dHMiOlsxNiwyNF19LCJlbXB0eSI6eyJkdHlwZSI6IkYzMiIsInNoYXBlIjpbMCw0XSwiZGF0YV9vZmZzZXRzIjpbMjQsMjRdfSwic2NhbGFyIjp7
    ImR0eXBlIjoiRjMyIiwic2hhcGUiOltdLCJkYXRhX29mZnNldHMiOlsyNCwyOF19LCJ3ZWlnaHQiOnsiZHR5cGUiOiJGMzIiLCJzaGFwZSI6WzIs
    M10sImRhdGFfb2Zmc2V0cyI6WzI4LDUyXX0sIuaWh+WtlyI6eyJkdHlwZSI6IkkzMiIsInNoYXBlIjpbMl0sImRhdGFfb2Zmc2V0cyI6WzUyLDYw
    XX0sImhhbGYiOnsiZHR5cGUiOiJGMTYiLCJzaGFwZSI6WzJdLCJkYXRhX29mZnNldHMiOls2MCw2NF19LCJieXRlIjp7ImR0eXBlIjoiVTgiLCJz
    aGFwZSI6WzFdLCJkYXRhX29mZnNldHMiOls2NCw2NV19fSAgICAgIP//////////AAAAAAABAACamZmZmZm5PwAA4EAAAMA/AAAQwAAAQEAAAAAA
    AAAAgGBCog0tTgAAh2UAAAA4AED/
    """

  private func file() throws -> SafetensorsFile {
    try SafetensorsFile(bytes: Array(try #require(Data(base64Encoded: Self.base64, options: .ignoreUnknownCharacters))))
  }

  @Test func listsWhatIsInIt() throws {
    let file = try file()
    #expect(file.names == ["offsets", "double", "empty", "scalar", "weight", "文字", "half", "byte"])
    #expect(file.metadata == ["made by": "numpy", "quote": "\"\\\n"])
    #expect(try file.shape(of: "weight") == [2, 3])
    #expect(try file.shape(of: "scalar") == [])
    #expect(try file.shape(of: "empty") == [0, 4])
    #expect(try file.dtype(of: "half") == .float16)
    #expect(try file.dtype(of: "byte") == .uint8)
  }

  @Test func readsEveryType() throws {
    let file = try file()
    #expect(try file.floats("weight") == [1.5, -2.25, 3, 0, -0.0, 1e-30])
    #expect(try file.floats("weight")[4].sign == .minus)
    #expect(try file.floats("scalar") == [7])
    #expect(try file.floats("empty") == [])
    #expect(try file.int32s("文字") == [20013, 25991])
    #expect(try file.int64s("offsets") == [-1, 1 << 40])
    #expect(try file.doubles("double") == [0.1])
    #expect(try file.withBytes("half") { Array($0) } == [0x00, 0x38, 0x00, 0x40])
    #expect(try file.withBytes("byte") { Array($0) } == [255])
  }
}
