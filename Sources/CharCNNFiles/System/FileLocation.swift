#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// Where a file or folder is: a `String` with its path, or a `URL` of a file.
public protocol FileLocation {
  /// The path, absolute or from the working folder.
  var filePath: String { get }
}

/// A path.
extension String: FileLocation {
  /// The string itself.
  public var filePath: String { self }
}

/// The URL of a file.
extension URL: FileLocation {
  /// The path of the file. What is no file, such as a page of the web, stays whole, so that the error that it cannot be
  /// opened names it.
  public var filePath: String { isFileURL ? path : absoluteString }
}
