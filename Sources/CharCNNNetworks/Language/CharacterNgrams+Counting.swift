extension CharacterNgrams {
  /// Characters that a model counts at most: more add little, and the sequences must fit into memory.
  public static let largestText = 1 << 23

  /// Counts the sequences of some texts.
  ///
  /// - Parameters:
  ///   - texts: Texts as alphabet indices, none of which goes on in the next; fewer than 2^31 characters.
  ///   - order: Characters of the longest sequences, 2 to 8.
  ///   - alphabetSize: Characters of the alphabet, the unknown one included.
  /// - Throws: ``ConfigurationError`` for an order that makes no sense.
  public init(counting texts: [[Int32]], order: Int, alphabetSize: Int) throws(ConfigurationError) {
    try ConfigurationError.check(Self.orders.contains(order), "ngrams", "must be 2 to 8 or none, not \(order)")
    // One text with a mark behind each: no sequence holds a mark.
    var characters: [Int32] = []
    for text in texts {
      characters += text
      characters.append(-1)
    }
    let sorted = Self.sorted(characters, order: order, alphabetSize: alphabetSize)
    var levels = Self.tree(sorted, of: characters, order: order)
    Self.countPredecessors(&levels)
    try self.init(alphabetSize: alphabetSize, levels: levels)
  }

  /// All places in the order of the sequences that begin there: from the last of their characters to the first, each
  /// stably (radix sort).
  private static func sorted(_ characters: [Int32], order: Int, alphabetSize: Int) -> [Int32] {
    var places = (0..<Int32(characters.count)).map { $0 }
    var next = places
    for offset in (0..<order).reversed() {
      // 0 for a mark and for what is behind the end.
      func key(_ place: Int32) -> Int {
        let index = Int(place) + offset
        return index < characters.count ? Int(characters[index]) + 1 : 0
      }
      var starts = [Int](repeating: 0, count: alphabetSize + 2)
      for place in places { starts[key(place) + 1] += 1 }
      for index in 1..<starts.count { starts[index] += starts[index - 1] }
      for place in places {
        let key = key(place)
        next[starts[key]] = place
        starts[key] += 1
      }
      swap(&places, &next)
    }
    return places
  }

  /// The sequences with the number of times that each occurs.
  private static func tree(_ places: [Int32], of characters: [Int32], order: Int) -> [Level] {
    var levels = [Level](repeating: Level(characters: [], firstChild: [], counts: []), count: order)
    var last: Int?
    for place in places.lazy.map({ Int($0) }) {
      var length = 0
      while length < order, place + length < characters.count, characters[place + length] >= 0 { length += 1 }
      var common = 0
      if let last {
        while common < length, characters[last + common] == characters[place + common] { common += 1 }
      }
      for depth in 0..<length {
        if depth >= common {
          levels[depth].characters.append(characters[place + depth])
          levels[depth].counts.append(0)
          if depth + 1 < order { levels[depth].firstChild.append(Int32(levels[depth + 1].characters.count)) }
        }
        levels[depth].counts[levels[depth].counts.count - 1] += 1
      }
      last = place
    }
    for depth in 0..<order - 1 { levels[depth].firstChild.append(Int32(levels[depth + 1].characters.count)) }
    return levels
  }

  /// Replaces the counts before the greatest depth by the number of different characters that precede each sequence: each
  /// longer sequence counts once for what is left of it without its first character.
  private static func countPredecessors(_ levels: inout [Level]) {
    // For each node of a level the node of the level before it that lacks its first character.
    var shorter = [Int32](repeating: 0, count: levels[0].characters.count)
    for depth in 1..<levels.count {
      let (above, own) = (levels[depth - 1], levels[depth])
      var counts = [Int32](repeating: 0, count: above.counts.count)
      var next = [Int32](repeating: 0, count: own.characters.count)
      for parent in above.characters.indices {
        // What follows the parent follows what is left of it too, in the same order.
        let candidates = children(of: Int(shorter[parent]), depth: depth - 1, levels)
        var candidate = candidates.lowerBound
        for child in children(of: parent, depth: depth, levels) {
          while candidate < candidates.upperBound, above.characters[candidate] < own.characters[child] {
            candidate += 1
          }
          counts[candidate] += 1
          next[child] = Int32(candidate)
        }
      }
      levels[depth - 1].counts = counts
      shorter = next
    }
  }
}
