import CharCNNEvaluation
import Testing

@Suite struct TableTests {
  @Test func columnsLineUpUnderWideCharacters() throws {
    var accumulator = ClassificationAccumulator(labels: ["en", "中文"])
    try accumulator.add(actual: 0, predicted: 0, probability: 0.9, loss: 0.25)
    try accumulator.add(actual: 1, predicted: 0, probability: 0.7, loss: 1)
    #expect(
      accumulator.report().table() == """
        examples                2
        accuracy           0.5000
        macro F1           0.3333
        weighted F1        0.3333
        loss               0.6250
        calibration error  0.4000

        label  precision  recall      F1  examples
        en        0.5000  1.0000  0.6667         1
        中文      0.0000  0.0000  0.0000         1

        actual \\ predicted  en  中文
        en                   1     0
        中文                 1     0

        """)
  }

  @Test func manyLabelsShowThePairsConfusedMost() throws {
    var accumulator = ClassificationAccumulator(labels: (0..<13).map { "label \($0)" })
    try accumulator.add(actual: 12, predicted: 4, probability: 0.5)
    let table = accumulator.report().table()
    #expect(table.contains("actual    predicted  confused\nlabel 12  label 4           1\n"))
    #expect(!table.contains("actual \\ predicted"))
  }

  @Test func labelsTheTrainingLackedAreListed() throws {
    var accumulator = ClassificationAccumulator(labels: ["a"])
    for index in 0..<25 { try accumulator.add(actual: nil, unseenLabel: "z\(index)", predicted: 0, probability: 1) }
    try accumulator.add(actual: nil, unseenLabel: "z7", predicted: 0, probability: 1)
    let table = accumulator.report().table()
    #expect(table.contains("label not in training  examples\nz7                            2\n"))
    #expect(table.contains("and 5 more                    5\n"))
  }

  @Test func hostileLabelsCannotBreakTheTable() throws {
    var accumulator = ClassificationAccumulator(labels: ["a\n\u{1B}[31mred", String(repeating: "字", count: 500)])
    try accumulator.add(actual: 0, predicted: 1, probability: 1)
    let table = accumulator.report().table()
    #expect(!table.unicodeScalars.contains("\u{1B}"))
    #expect(table.contains("a\u{FFFD}\u{FFFD}[31mred"))
    #expect(table.contains(String(repeating: "字", count: 19) + "…"))
    #expect(!table.contains(String(repeating: "字", count: 20)))
  }
}
