extension CPUDevice {
  private struct Map<Value: Sendable>: PoolJob {
    let values: UnsafeMutableBufferPointer<Value?>
    let body: @Sendable (Int) -> Value

    func run(item: Int, worker: Int) { values[item] = body(item) }
  }

  public func map<Value: Sendable>(_ count: Int, _ body: @escaping @Sendable (Int) -> Value) -> [Value] {
    var values = [Value?](repeating: nil, count: count)
    values.withUnsafeMutableBufferPointer { pool.run(Map(values: $0, body: body), items: count) }
    return values.map { value in
      guard let value else { preconditionFailure("a pool runs every item") }
      return value
    }
  }
}
