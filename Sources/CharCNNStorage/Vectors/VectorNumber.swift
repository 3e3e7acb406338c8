/// How a file of vectors holds a number. Whatever it is, vectors are single precision here.
enum VectorNumber {
  case half
  case bfloat
  case single
  case double

  /// Nil for elements that are no floats of such a width.
  init?(_ type: TensorType) {
    switch type {
    case .float16: self = .half
    case .bfloat16: self = .bfloat
    case .float32: self = .single
    case .float64: self = .double
    default: return nil
    }
  }

  /// Of an NPY header; nil for others. Byte order and width are told as NumPy tells them.
  init?(npy descriptor: String) {
    switch descriptor {
    case "<f2": self = .half
    case "<f4": self = .single
    case "<f8": self = .double
    default: return nil
    }
  }

  /// Bytes of a number.
  var size: Int {
    switch self {
    case .half, .bfloat: 2
    case .single: 4
    case .double: 8
    }
  }

  /// A number, wherever it lies; of double precision the nearest, which is infinite beyond the range.
  func value(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> Float {
    switch self {
    case .half: Self.single(half: bytes.loadUnaligned(fromByteOffset: offset, as: UInt16.self))
    case .bfloat:
      Float(bitPattern: UInt32(bytes.loadUnaligned(fromByteOffset: offset, as: UInt16.self)) << 16)
    case .single: bytes.loadUnaligned(fromByteOffset: offset, as: Float.self)
    case .double: Float(bytes.loadUnaligned(fromByteOffset: offset, as: Double.self))
    }
  }

  /// The number of IEEE half precision with these bits. Not every machine that Swift runs on has the type.
  static func single(half bits: UInt16) -> Float {
    let sign: Float = bits & 0x8000 == 0 ? 1 : -1
    let (exponent, fraction) = (Int(bits >> 10 & 0x1F), Float(bits & 0x3FF))
    switch exponent {
    case 0: return sign * fraction * 0x1p-24
    case 0x1F: return fraction == 0 ? sign * .infinity : .nan
    default: return sign * Float(sign: .plus, exponent: exponent - 15, significand: 1 + fraction / 1_024)
    }
  }
}
