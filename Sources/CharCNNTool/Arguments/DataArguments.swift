public import ArgumentParser
public import CharCNN

/// How a data file is read; what is not said is recognized.
struct DataArguments: ParsableArguments {
  @Option(
    name: .customLong("text"), help: ArgumentHelp("Column of the texts: its name or number.", valueName: "column"))
  var textColumn: String?

  @Option(
    name: .customLong("label"), help: ArgumentHelp("Column of the labels: its name or number.", valueName: "column"))
  var labelColumn: String?

  @Option(help: "Format of the data.")
  var format: DataFormat?

  /// Whether anything was said.
  var isGiven: Bool { textColumn != nil || labelColumn != nil || format != nil }

  /// Opens labelled data.
  func source(_ path: String) throws -> LabeledTextSource {
    try LabeledTextSource(
      path: path,
      options: DataOptions(
        format: format, text: textColumn.map(ColumnSelector.init(argument:)),
        label: labelColumn.map(ColumnSelector.init(argument:))))
  }
}

extension DataFormat: ExpressibleByArgument {}
