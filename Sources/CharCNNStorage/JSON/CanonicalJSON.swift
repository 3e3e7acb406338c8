internal import CharCNNFiles

/// JSON for people to read and programs to compare: the same value always gives the same bytes.
public enum CanonicalJSON {
  /// `value` as indented JSON with sorted names and a line feed at its end.
  ///
  /// Throws `notEncodable`, for instance for a number that is not finite; `path` is the file the error names.
  public static func encode(_ value: some Encodable, path: String = "(memory)") throws(StorageError) -> [UInt8] {
    do {
      return try JSONCoding.bytes(value, isIndented: true) + [UInt8(ascii: "\n")]
    } catch EncodingError.invalidValue(let value, let context) {
      throw StorageError(
        .notEncodable, path: path, problem: "JSON cannot hold \(value) at \(jsonPath(context.codingPath))",
        advice: "use a finite number")
    } catch {
      throw StorageError(
        .notEncodable, path: path, problem: "cannot be written as JSON (\(error))", advice: "report this as a bug")
    }
  }

  /// Reads a value from JSON; a name that occurs twice in an object is an error.
  ///
  /// Throws `invalidJSON` with the line and column where the text is no JSON, or the path of names and indices where it
  /// is not the JSON expected; `path` is the file the error names.
  public static func decode<Value: Decodable>(
    _ type: Value.Type, from bytes: [UInt8], path: String = "(memory)"
  ) throws(StorageError) -> Value {
    do {
      _ = try bytes.withUnsafeBufferPointer { buffer throws(JSONParser.Failure) in
        try JSONParser.parse(UnsafeRawBufferPointer(buffer))
      }
    } catch {
      throw invalid(path, error.text)
    }
    do {
      return try JSONCoding.value(type, from: bytes)
    } catch DecodingError.keyNotFound(let key, let context) {
      throw invalid(path, "\(jsonPath(context.codingPath + [key])) is missing")
    } catch DecodingError.dataCorrupted(let context) where context.codingPath.isEmpty {
      // The text is JSON, as was seen above. The decoder says no more of a number that a member cannot hold, not even where it stands.
      throw invalid(
        path, "$ does not fit (a number in it is too large, or negative or no whole number where it must not be)")
    } catch DecodingError.valueNotFound(_, let context), DecodingError.typeMismatch(_, let context),
      DecodingError.dataCorrupted(let context)
    {
      throw invalid(path, "\(jsonPath(context.codingPath)) does not fit (\(context.debugDescription))")
    } catch {
      throw invalid(path, "\(error)")
    }
  }

  private static func invalid(_ path: String, _ problem: String) -> StorageError {
    StorageError(.invalidJSON, path: path, problem: problem, advice: "correct the file or write it again")
  }

  /// The place of a value in the text, such as `$.layers[2].width`.
  private static func jsonPath(_ keys: [any CodingKey]) -> String {
    keys.reduce(into: "$") { path, key in
      if let index = key.intValue { path += "[\(index)]" } else { path += ".\(key.stringValue)" }
    }
  }
}
