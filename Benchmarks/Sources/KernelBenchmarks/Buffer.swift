/// Memory on a cache line's border, filled with random numbers: zeros would flatter the processor.
final class Buffer {
  let pointer: UnsafeMutablePointer<Float>
  let count: Int

  init(_ count: Int) {
    self.count = count
    let memory = UnsafeMutableRawPointer.allocate(byteCount: max(count, 16) * 4, alignment: 64)
    pointer = memory.bindMemory(to: Float.self, capacity: max(count, 16))
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15 &+ UInt64(count)
    for i in 0..<count {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      pointer[i] = Float(Int32(truncatingIfNeeded: state >> 32)) / 2_147_483_648
    }
  }

  deinit { pointer.deallocate() }
}
