/// Renaming with the two guarantees plain `rename` lacks. Both fall back where the file system has neither.
package enum Renaming {
  /// Renames `old` to `new` unless `new` exists. Returns 0 or an `errno`.
  package static func withoutReplacing(_ old: String, _ new: String) -> Int32 {
    let code = exclusive(old, new)
    guard isUnsupported(code) else { return code }
    var status = stat()
    if lstat(new, &status) == 0 { return EEXIST }
    return rename(old, new) == 0 ? 0 : errno
  }

  /// Lets the two folders change their names, so that `kept` is never without a folder. Returns 0 or an `errno`.
  ///
  /// Where the system cannot do it in one step, `kept` is missing for the instant between two renames, and `spare`
  /// names a path for the time in between.
  package static func exchange(_ other: String, _ kept: String, spare: String) -> Int32 {
    let code = swap(other, kept)
    return isUnsupported(code) ? exchangeInSteps(other, kept, spare: spare) : code
  }

  /// The same with plain renames. After an error, the folders have the names they had.
  package static func exchangeInSteps(_ other: String, _ kept: String, spare: String) -> Int32 {
    guard rename(kept, spare) == 0 else { return errno }
    guard rename(other, kept) == 0 else {
      let code = errno
      rename(spare, kept)
      return code
    }
    guard rename(spare, other) == 0 else {
      let code = errno
      rename(kept, other)
      rename(spare, kept)
      return code
    }
    return 0
  }

  private static func isUnsupported(_ code: Int32) -> Bool {
    code == EINVAL || code == ENOSYS || code == ENOTSUP
  }

  #if canImport(Darwin)
  private static func exclusive(_ old: String, _ new: String) -> Int32 {
    renamex_np(old, new, UInt32(RENAME_EXCL)) == 0 ? 0 : errno
  }

  private static func swap(_ one: String, _ other: String) -> Int32 {
    renamex_np(one, other, UInt32(RENAME_SWAP)) == 0 ? 0 : errno
  }
  #else
  private static func exclusive(_ old: String, _ new: String) -> Int32 {
    // RENAME_NOREPLACE
    renameat2(old, new, 1)
  }

  private static func swap(_ one: String, _ other: String) -> Int32 {
    // RENAME_EXCHANGE
    renameat2(one, other, 2)
  }

  /// Calls the function of the C library, which is looked up because its headers hide it from Swift and because old
  /// libraries do not have it. Returns 0 or an `errno`.
  private static func renameat2(_ old: String, _ new: String, _ flags: UInt32) -> Int32 {
    typealias Function =
      @convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32
    guard let symbol = dlsym(nil, "renameat2") else { return ENOSYS }
    let function = unsafeBitCast(symbol, to: Function.self)
    return function(AT_FDCWD, old, AT_FDCWD, new, flags) == 0 ? 0 : errno
  }
  #endif
}
