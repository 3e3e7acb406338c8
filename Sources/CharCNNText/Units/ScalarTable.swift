/// A two-level table from Unicode scalar to a number: pages of 256 scalars, all empty pages being one.
struct ScalarTable<Value: FixedWidthInteger & Sendable>: Sendable {
  /// For every page of 256 scalars, where it begins in `values`.
  private(set) var pages: [Int32]
  /// The pages' contents; the first page is the empty one.
  private(set) var values: [Value]

  /// A table where every scalar has the value zero.
  init() {
    pages = Array(repeating: 0, count: 0x110000 >> 8)
    values = Array(repeating: 0, count: 256)
  }

  /// The value of a scalar; zero where none was set.
  subscript(scalar: Unicode.Scalar) -> Value {
    get { values[Int(pages[Int(scalar.value >> 8)]) + Int(scalar.value & 255)] }
    set {
      let page = Int(scalar.value >> 8)
      if pages[page] == 0 {
        if newValue == 0 { return }
        pages[page] = Int32(values.count)
        values.append(contentsOf: repeatElement(0, count: 256))
      }
      values[Int(pages[page]) + Int(scalar.value & 255)] = newValue
    }
  }

  /// Hands every scalar with a value other than zero to `body`, in order.
  func forEachNonzero(_ body: (Unicode.Scalar, Value) -> Void) {
    for (page, base) in pages.enumerated() where base != 0 {
      for offset in 0..<256 {
        let value = values[Int(base) + offset]
        if value != 0, let scalar = Unicode.Scalar(UInt32(page << 8 | offset)) { body(scalar, value) }
      }
    }
  }
}
