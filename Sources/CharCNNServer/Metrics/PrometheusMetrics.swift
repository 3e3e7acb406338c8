#if Server
internal import CharCNNCompute
internal import CharCNNFiles
package import CoreMetrics

/// Keeps what is counted, and writes it in the text format of Prometheus (version 0.0.4).
///
/// Counters count, meters are gauges, recorders and timers are histograms; times are in seconds.
package final class PrometheusMetrics: MetricsFactory, Sendable {
  /// What there is to say of a name.
  package struct Description: Sendable {
    let help: String
    let buckets: [Double]

    /// - Parameters:
    ///   - help: What it counts, in a sentence.
    ///   - buckets: Upper bounds, of a histogram.
    package init(_ help: String, buckets: [Double] = PrometheusMetrics.durations) {
      (self.help, self.buckets) = (help, buckets)
    }
  }

  /// From 15 µs, each half as long again as the one before: an answer takes much less than the 5 ms at which the usual buckets start.
  package static let durations: [Double] = (0..<35).map { 15e-6 * pow(1.5, Double($0)) }
  /// Powers of two, for sizes.
  package static let sizes: [Double] = (0..<21).map { Double(1 << $0) }

  private enum Kind: String { case counter, gauge, histogram }

  private struct Family {
    let kind: Kind
    /// By labels, as they are written.
    var series: [String: any PrometheusSeries] = [:]
  }

  private let families = Guarded([String: Family]())
  private let descriptions: [String: Description]

  /// - Parameter descriptions: Of names; others have none.
  package init(_ descriptions: [String: Description] = [:]) { self.descriptions = descriptions }

  /// All that was counted.
  package var text: String {
    // Copied under the lock, and not shared with who writes: the thread sanitizer does not know when the runtime has let go of what is shared.
    let families = families.withLock { families in
      families.map { name, family in (name: name, kind: family.kind, series: family.series.map { ($0, $1) }) }
    }
    var text = ""
    for family in families.sorted(by: { $0.name < $1.name }) {
      if let help = descriptions[family.name]?.help { text += "# HELP \(family.name) \(help)\n" }
      text += "# TYPE \(family.name) \(family.kind.rawValue)\n"
      for (labels, series) in family.series.sorted(by: { $0.0 < $1.0 }) {
        text += series.lines(family.name, labels)
      }
    }
    return text
  }

  // MARK: Instruments

  private func series<Series: PrometheusSeries>(
    _ kind: Kind, _ label: String, _ dimensions: [(String, String)], _ make: ([Double]) -> Series
  ) -> Series {
    let name = Self.name(label)
    let labels = dimensions.map { "\(Self.name($0.0))=\"\(Self.escaped($0.1))\"" }.joined(separator: ",")
    let made = make(descriptions[name]?.buckets ?? Self.durations)
    return families.withLock { families in
      let family = families[name]
      // Of a name that is taken by another kind nothing is shown: the text would be no text of Prometheus any more.
      if let family, family.kind != kind { return made }
      if let known = family?.series[labels] as? Series { return known }
      families[name, default: Family(kind: kind)].series[labels] = made
      return made
    }
  }

  package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
    series(.counter, label, dimensions) { _ in PrometheusCounter() }
  }

  package func makeFloatingPointCounter(
    label: String, dimensions: [(String, String)]
  ) -> any FloatingPointCounterHandler {
    series(.counter, label, dimensions) { _ in PrometheusCounter() }
  }

  package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
    series(.gauge, label, dimensions) { _ in PrometheusGauge() }
  }

  package func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
    aggregate
      ? series(.histogram, label, dimensions) { PrometheusHistogram($0) }
      : series(.gauge, label, dimensions) { _ in PrometheusGauge() }
  }

  package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
    series(.histogram, label, dimensions) { PrometheusHistogram($0) }
  }

  package func destroyCounter(_ handler: any CounterHandler) { remove(handler) }
  package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) { remove(handler) }
  package func destroyMeter(_ handler: any MeterHandler) { remove(handler) }
  package func destroyRecorder(_ handler: any RecorderHandler) { remove(handler) }
  package func destroyTimer(_ handler: any TimerHandler) { remove(handler) }

  private func remove(_ handler: AnyObject) {
    families.withLock { families in
      for (name, family) in families {
        families[name]?.series = family.series.filter { $0.value !== handler }
        if families[name]?.series.isEmpty == true { families[name] = nil }
      }
    }
  }

  // MARK: The text format

  /// A name of letters, digits and underscores.
  static func name(_ label: String) -> String {
    let scalars = label.unicodeScalars.map { scalar in
      scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)) ? scalar : "_"
    }
    let name = String(String.UnicodeScalarView(scalars))
    return name.first?.isNumber == true ? "_" + name : name
  }

  static func escaped(_ value: String) -> String {
    var text = ""
    for character in value.unicodeScalars {
      switch character {
      case "\\": text += "\\\\"
      case "\"": text += "\\\""
      case "\n": text += "\\n"
      default: text.unicodeScalars.append(character)
      }
    }
    return text
  }

  static func number(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
    return value == value.rounded() && value.magnitude < 1e15 ? "\(Int(value))" : "\(value)"
  }
}

/// One line of a name, or as many as a histogram has.
protocol PrometheusSeries: AnyObject, Sendable {
  func lines(_ name: String, _ labels: String) -> String
}

final class PrometheusCounter: CounterHandler, FloatingPointCounterHandler, PrometheusSeries {
  private let value = Guarded(0.0)

  func increment(by amount: Int64) { value.withLock { $0 += Double(amount) } }
  func increment(by amount: Double) { value.withLock { $0 += amount } }
  func reset() { value.withLock { $0 = 0 } }

  func lines(_ name: String, _ labels: String) -> String {
    "\(name)\(labels.isEmpty ? "" : "{\(labels)}") \(PrometheusMetrics.number(value.withLock { $0 }))\n"
  }
}

final class PrometheusGauge: MeterHandler, RecorderHandler, PrometheusSeries {
  private let value = Guarded(0.0)

  func set(_ value: Int64) { self.value.withLock { $0 = Double(value) } }
  func set(_ value: Double) { self.value.withLock { $0 = value } }
  func increment(by amount: Double) { value.withLock { $0 += amount } }
  func decrement(by amount: Double) { value.withLock { $0 -= amount } }
  func record(_ value: Int64) { set(value) }
  func record(_ value: Double) { set(value) }

  func lines(_ name: String, _ labels: String) -> String {
    "\(name)\(labels.isEmpty ? "" : "{\(labels)}") \(PrometheusMetrics.number(value.withLock { $0 }))\n"
  }
}

final class PrometheusHistogram: RecorderHandler, TimerHandler, PrometheusSeries {
  private struct State {
    /// Of each bucket alone, and of what is beyond the last.
    var counts: [Int]
    var sum = 0.0
  }

  private let bounds: [Double]
  private let state: Guarded<State>

  init(_ bounds: [Double]) {
    self.bounds = bounds
    state = Guarded(State(counts: [Int](repeating: 0, count: bounds.count + 1)))
  }

  func record(_ value: Int64) { record(Double(value)) }

  func record(_ value: Double) {
    var (low, high) = (0, bounds.count)
    while low < high {
      let middle = (low + high) / 2
      if value <= bounds[middle] { high = middle } else { low = middle + 1 }
    }
    state.withLock { [low] state in
      state.counts[low] += 1
      state.sum += value
    }
  }

  func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }

  func lines(_ name: String, _ labels: String) -> String {
    // Copied under the lock, as the families are.
    let (counts, sum) = state.withLock { state in (state.counts.map { $0 }, state.sum) }
    let own = labels.isEmpty ? "" : labels + ","
    var text = ""
    var total = 0
    for (place, count) in counts.enumerated() {
      total += count
      let bound = place < bounds.count ? PrometheusMetrics.number(bounds[place]) : "+Inf"
      text += "\(name)_bucket{\(own)le=\"\(bound)\"} \(total)\n"
    }
    let all = labels.isEmpty ? "" : "{\(labels)}"
    return text + "\(name)_sum\(all) \(PrometheusMetrics.number(sum))\n\(name)_count\(all) \(total)\n"
  }
}
#endif
