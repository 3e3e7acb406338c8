import CharCNNNetworks
import Testing

/// Networks from papers, small enough for finite differences: the preset and what is changed.
func smallPublished(_ preset: String, _ changes: String) -> Architecture {
  let sizes =
    switch preset {
    case "kim": "embedding=3 widths=2,3 maps=3 maximumNorm=0"
    case "zhang-small": "maps=3 widths=3,2 poolings=2,2 hidden=4 length=12 deviation=0.5"
    case "gated-multikernel": "embedding=4 widths=1,2,3 dropout=0"
    default: "embedding=3 maps=2,3 convolutions=2,2 kMax=2 hidden=4 length=none"
    }
  do {
    var architecture = try Architecture(named: preset)
    for change in "alphabetSize=5 classes=2 \(sizes) \(changes)".split(separator: " ") {
      let parts = change.split(separator: "=").map(String.init)
      try architecture.set(parts[0], to: parts[1])
    }
    return architecture
  } catch {
    Issue.record("\(preset) \(changes): \(error)")
    return .gated(small())
  }
}
