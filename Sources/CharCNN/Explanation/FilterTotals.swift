import CharCNNCompute
import CharCNNNetworks

/// How much the filters of a network's first convolutions say in all texts of a collection, and what excites them.
struct FilterTotals {
  /// A window of a text.
  struct Window {
    let value: Float
    let text: Int
    /// The characters of the text.
    let characters: Range<Int>
  }

  /// A filter that says much.
  struct Chosen {
    let name: String
    let number: Int
    /// What it adds in all texts of the class.
    let effect: Double
    let windows: [Window]
  }

  private struct Layer {
    let name: String
    /// By class and filter, what it adds in the texts of the class.
    var effects: [[Double]]
    /// Of each filter the windows with its highest outputs.
    var windows: [[Window]]
  }

  /// Windows that are kept of each filter; of those that are alike one is shown.
  private static let kept = 12
  private let classes: Int
  private var layers: [Layer] = []

  init(classes: Int) { self.classes = classes }

  /// Adds a batch that went along a path.
  ///
  /// - Parameters:
  ///   - path: The path, which watched the filters.
  ///   - texts: The number of each text.
  ///   - labels: The class of each.
  ///   - lengths: The characters of each that the network reads.
  mutating func add(_ path: InputPath, texts: [Int], labels: [Int], lengths: [Int]) {
    let outputs = path.filterOutputs.filter { !$0.gradients.isEmpty }
    for (number, output) in outputs.enumerated() {
      let filters = output.filters
      if number == layers.count {
        let name = output.name.split(separator: ".").dropLast().joined(separator: ".")
        layers.append(
          Layer(
            name: name, effects: Array(repeating: Array(repeating: 0, count: filters), count: classes),
            windows: Array(repeating: [], count: filters)))
      }
      for (place, text) in texts.enumerated() {
        for row in output.offsets[place]..<output.offsets[place + 1] {
          let read = output.geometry.rows(ofOutput: row - output.offsets[place]).clamped(to: 0..<lengths[place])
          let characters =
            path.isReversed ? lengths[place] - read.upperBound..<lengths[place] - read.lowerBound : read
          for filter in 0..<filters {
            let value = output.values[row * filters + filter]
            layers[number].effects[labels[place]][filter] +=
              Double(value) * Double(output.gradients[row * filters + filter])
            if read.isEmpty { continue }
            Self.keep(Window(value: value, text: text, characters: characters), in: &layers[number].windows[filter])
          }
        }
      }
    }
  }

  private static func keep(_ window: Window, in own: inout [Window]) {
    if own.count == kept, window.value <= own[own.count - 1].value { return }
    own.insert(window, at: own.firstIndex { $0.value < window.value } ?? own.count)
    if own.count > kept { own.removeLast() }
  }

  /// The filters that add most to a class.
  func strongest(_ label: Int, _ count: Int) -> [Chosen] {
    var all: [Chosen] = []
    for layer in layers {
      for (filter, effect) in layer.effects[label].enumerated() where effect > 0 {
        all.append(Chosen(name: layer.name, number: filter, effect: effect, windows: layer.windows[filter]))
      }
    }
    let order = all.indices.sorted { (all[$1].effect, $0) < (all[$0].effect, $1) }
    return order.prefix(count).map { all[$0] }
  }
}
