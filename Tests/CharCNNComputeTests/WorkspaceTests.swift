import CharCNNCompute
import Testing

@Suite struct WorkspaceTests {
  private func address(_ tensor: Tensor) -> UInt { UInt(bitPattern: tensor.base) }

  @Test func `a warm workspace takes no more memory`() {
    let workspace = Workspace()
    func step(_ scale: Int) {
      workspace.reset()
      for size in [1, 100, 70_000, 400_000, 3] {
        _ = workspace.tensor(rows: scale, columns: size)
        _ = workspace.indices(count: size)
      }
    }
    for _ in 0..<3 { step(2) }
    let (count, bytes) = (workspace.allocationCount, workspace.byteCount)
    for round in 0..<50 { step(1 + round % 2) }
    #expect(workspace.allocationCount == count)
    #expect(workspace.byteCount == bytes)
  }

  @Test func `tensors and indices start at cache lines and do not overlap`() {
    let workspace = Workspace()
    for _ in 0..<3 {
      workspace.reset()
      var ranges: [Range<UInt>] = []
      for size in [0, 1, 15, 16, 17, 1_000, 300_000, 5, 600_000] {
        let tensor = workspace.tensor(rows: 1, columns: size)
        let indices = workspace.indices(count: size)
        let start = UInt(bitPattern: indices.base)
        ranges.append(address(tensor)..<address(tensor) + UInt(4 * size))
        ranges.append(start..<start + UInt(4 * size))
      }
      #expect(ranges.allSatisfy { $0.lowerBound % 64 == 0 })
      for (number, range) in ranges.enumerated() {
        #expect(ranges[..<number].allSatisfy { !$0.overlaps(range) })
      }
    }
  }

  @Test func `memory that lives longer starts as zeros at a cache line`() {
    let device = CPUDevice(threads: 1)
    let memory = DeviceMemory(count: 1_000)
    withExtendedLifetime(memory) {
      #expect(device.read(memory.all) == Array(repeating: 0, count: 1_000))
      #expect(address(memory.all) % 64 == 0)
      device.write([1, 2, 3, 4, 5, 6], to: memory.tensor(at: 10, rows: 2, columns: 3))
      #expect(device.read(memory.tensor(at: 12, rows: 1, columns: 2)) == [3, 4])
    }
  }

  @Test func `views show the rows and columns that they name`() {
    let device = CPUDevice(threads: 1)
    let workspace = Workspace()
    withExtendedLifetime(workspace) {
      let x = workspace.tensor(rows: 3, columns: 4)
      device.write((0..<12).map(Float.init), to: x)
      #expect(device.read(x.columns(1..<3)) == [1, 2, 5, 6, 9, 10])
      #expect(device.read(x.rows(1..<3).columns(3..<4)) == [7, 11])
      #expect(device.read(x.reshaped(rows: 6, columns: 2).rows(5..<6)) == [10, 11])
      #expect(!x.columns(1..<3).isContiguous && x.rows(1..<3).isContiguous)
      let indices = workspace.indices(count: 4)
      for place in 0..<4 { indices.host[place] = Int32(place) }
      #expect(Array(indices.prefix(3).host) == [0, 1, 2] && Array(indices.suffix(1).host) == [3])
    }
  }

  @Test func `records keep what is written until the workspace is reset`() {
    let workspace = Workspace()
    withExtendedLifetime(workspace) {
      let records = workspace.records(of: Double.self, count: 100)
      let empty = workspace.records(of: Double.self, count: 0)
      for place in records.indices { records[place] = Double(place) }
      let others = workspace.records(of: Double.self, count: 100)
      for place in others.indices { others[place] = -1 }
      #expect(records.elementsEqual((0..<100).map(Double.init)))
      #expect(empty.isEmpty)
    }
  }

  @Test func `scratch is handed out again, and what was taken before it stays`() {
    let workspace = Workspace()
    withExtendedLifetime(workspace) {
      for _ in 0..<3 {
        workspace.reset()
        var kept: [UnsafeMutableBufferPointer<Int>] = []
        for number in 0..<20 {
          let records = workspace.records(of: Int.self, count: 10_000)
          records.update(repeating: number)
          kept.append(records)
          var first: UInt?
          for size in [10, 200_000, 10] {
            let (start, chunks) = (first, workspace.allocationCount)
            first = workspace.withScratch {
              let scratch = workspace.tensor(rows: 10, columns: size)
              for row in 0..<10 { for column in 0..<size { scratch.base[row * size + column] = -1 } }
              return address(scratch)
            }
            if start != nil, workspace.allocationCount == chunks { #expect(first == start) }
          }
        }
        for (number, records) in kept.enumerated() { #expect(records.allSatisfy { $0 == number }) }
      }
      let count = workspace.allocationCount
      workspace.reset()
      for _ in 0..<100 { workspace.withScratch { _ = workspace.tensor(rows: 10, columns: 200_000) } }
      #expect(workspace.allocationCount <= count + 1, "scratch of many turns takes the memory of one")
    }
  }

  @Test func `a pool lends a workspace to one caller at a time and lends it again`() {
    let pool = WorkspacePool()
    let first = pool.withWorkspace { outer in
      pool.withWorkspace { inner in #expect(inner !== outer) }
      return ObjectIdentifier(outer)
    }
    let again = pool.withWorkspace { ObjectIdentifier($0) }
    #expect(again == first)
  }
}
