import CharCNNCompute
import CharCNNTraining

// How a model learns.
extension SettingTable {
  /// How parameters are trained.
  static let training = Group(
    title: .init("Training", "训练"),
    use: .init("train, pretrain, distill: --set name=value", "train、pretrain、distill：--set name=value"),
    entries: [
      Entry(
        "epochs", SettingRange.whole(1...100_000).orNone,
        .init(
          "Passes over the training data; none chooses by the size of the data.", "把训练数据读几遍；none 按数据的多少选择。"),
        touch: .init(
          "When the best epoch is the last one, give more; for a quick look, give 1 or 2.",
          "最好的一遍是最后一遍时加大；只想快看一眼，给 1 或 2。")),
      Entry(
        "seed", .whole(from: 0), .init("Seed of everything random.", "一切随机数的种子。"),
        touch: .init(
          "To see how much a figure owes to luck: train with three seeds and compare.", "想知道一个数字有多少靠运气：用三个种子训练并比较。")),
      Entry(
        "sampling", .choice(Sampling.self),
        .init(
          "How the texts of an epoch are drawn: each once (shuffled), or every class equally often (classUniform).",
          "每一遍怎样抽取文本：每条一次（shuffled），或每一类同样多次（classUniform）。"),
        touch: .init(
          "classUniform where rare classes matter as much as frequent ones; `train --balance` sets it too.",
          "稀少的类与常见的类同样重要时用 classUniform；`train --balance` 也会设置它。")),
      Entry(
        "batchCharacters", SettingRange.whole(1...10_000_000).orNone,
        .init(
          "Characters of a batch at most; none chooses by the mean length of the texts.", "一批最多多少字符；none 按文本的平均长度选择。"),
        touch: .init(
          "Smaller where memory is short or the texts are few; larger for steadier steps on many texts.",
          "内存紧张或文本很少时减小；文本很多、想让每一步更稳时加大。")),
      Entry(
        "batchTexts", SettingRange.whole(1...1_000_000).orNone,
        .init("Texts of a batch at most; none bounds the characters alone.", "一批最多多少条文本；none 只限制字符数。"),
        touch: .init("To train as a paper did that counts its batches in texts.", "要像论文那样按条数划分批次时。")),
      Entry(
        "optimizer", .choice(OptimizerKind.self),
        .init("How gradients change weights.", "梯度怎样改变权重。"),
        touch: .init(
          "Leave adamw, but for the recipes of papers; another one needs another rate.", "除了论文的做法，保持 adamw；换了优化器也要换学习率。"
        )),
      Entry(
        "rate", SettingRange.number(above: 0, to: 10).orNone,
        .init(
          "Highest learning rate; none chooses: 0.002, or 0.004 for a classifier's network beside solved n-grams.",
          "最高的学习率；none 自动选择：0.002，分类网络旁边有求解的 n 元组时为 0.004。"),
        touch: .init(
          "Halve it when the loss jumps or is no number; double it when the loss falls slowly to the end.",
          "损失跳动或不是数时减半；损失一直慢慢下降到最后时加倍。")),
      Entry(
        "schedule", .choice(RateSchedule.self),
        .init("How the rate goes on after the warm-up.", "预热之后学习率怎样变化。"),
        touch: .init(
          "Leave cosine; halving and constant are for the recipes of papers.", "保持 cosine；halving 和 constant 用于论文的做法。")),
      Entry(
        "warmup", .number(0...1),
        .init("Part of the run in which the rate rises from zero.", "学习率从零上升的那一部分训练。"),
        touch: .init(
          "More, such as 0.1, when the first steps make the loss jump.", "最初几步让损失跳动时加大，例如 0.1。")),
      Entry(
        "finalRate", .number(0...1),
        .init("Part of the rate that is left at the end of the cosine.", "余弦结束时剩下的学习率比例。"),
        touch: .init("Hardly ever.", "几乎不用改。")),
      Entry(
        "halvingEpochs", .whole(1...100_000),
        .init("Epochs from one halving of the rate to the next.", "学习率每隔几遍减半一次。"),
        touch: .init(
          "With schedule=halving, when epochs are fewer or more than 33.", "用 schedule=halving，而且 epochs 不是 33 时。")),
      Entry(
        "halvings", .whole(0...100), .init("Halvings of the rate at most.", "学习率最多减半几次。"),
        touch: .init("With schedule=halving only.", "只用于 schedule=halving。")),
      Entry(
        "weightDecay", .number(0...10),
        .init(
          "How strongly weights are drawn to zero; not those of biases, scales and the embedding.",
          "把权重拉向零的力度；偏置、缩放和嵌入除外。"),
        touch: .init(
          "More when training texts are right far more often than validation texts.", "训练文本比验证文本好得多时加大。")),
      Entry(
        "momentum", .rate, .init("Part of the velocity that sgd keeps.", "sgd 保留的速度比例。"),
        touch: .init("With optimizer=sgd only.", "只用于 optimizer=sgd。")),
      Entry(
        "rho", .rate, .init("Decay of the moving averages of adadelta.", "adadelta 移动平均的衰减。"),
        touch: .init("With optimizer=adadelta only.", "只用于 optimizer=adadelta。")),
      Entry(
        "beta1", .rate, .init("Decay of adamw's average of the gradient.", "adamw 梯度平均的衰减。"),
        touch: .init("Hardly ever.", "几乎不用改。")),
      Entry(
        "beta2", .rate, .init("Decay of adamw's average of the squared gradient.", "adamw 梯度平方平均的衰减。"),
        touch: .init(
          "0.999 for very long runs with small batches; otherwise hardly ever.", "批次小、训练很久时用 0.999；否则几乎不用改。")),
      Entry(
        "clip", SettingRange.number(above: 0).orNone,
        .init("Largest norm of the whole gradient; none does not clip it.", "整个梯度的最大范数；none 不裁剪。"),
        touch: .init("Smaller, such as 0.5, when single batches throw the model off.", "个别批次把模型带偏时减小，例如 0.5。")),
      Entry(
        "labelSmoothing", .rate,
        .init(
          "Part of the probability that is spread over the wrong labels while learning.", "学习时分给其他标签的概率。"),
        touch: .init(
          "0 where probabilities must be sharp; 0.2 where labels are often wrong.", "概率必须鲜明时用 0；标签常有错误时用 0.2。")),
      Entry(
        "averaging", .rate,
        .init(
          "Decay of the moving average of the weights that is measured and kept; 0 keeps the weights themselves.",
          "被测量和保存的权重移动平均的衰减；0 保存权重本身。"),
        touch: .init(
          "Smaller, such as 0.99, when an epoch has only a few dozen steps.", "一遍只有几十步时减小，例如 0.99。")),
      Entry(
        "patience", SettingRange.whole(from: 1).orNone,
        .init(
          "Epochs without a better validation figure after which training stops; none goes on to the end.",
          "验证的数字多少遍没有变好就停止；none 一直训练到底。"),
        touch: .init(
          "none for runs with a time limit or a schedule that should end; less to save time.",
          "有时限或要走完学习率曲线时用 none；想省时间就减小。")),
      Entry(
        "precision", .choice(Precision.self),
        .init(
          "What convolutions and dense products multiply: floats of 32 bits (single), or their upper halves (bf16).",
          "卷积和全连接的乘积用什么数相乘：32 位浮点数（single），或者它们的高半部分（bf16）。"),
        touch: .init(
          "bf16 where training takes long and the processor multiplies it faster, as `train --precision automatic` finds out.",
          "训练很久，而处理器乘 bf16 更快时用 bf16；`train --precision automatic` 会自己判断。")),
    ])

  /// How the data of a run are prepared.
  static let data = Group(
    title: .init("Data", "数据"),
    use: .init("train, pretrain, distill: --set name=value", "train、pretrain、distill：--set name=value"),
    entries: [
      Entry(
        "validationFraction", .number(above: 0, below: 1),
        .init(
          "Part of the training data that is split off for validation when no validation file is given.",
          "没有验证文件时，从训练数据分出多少来验证。"),
        touch: .init(
          "More, such as 0.2, where the data have only a few hundred texts.", "数据只有几百条时加大，例如 0.2。")),
      Entry(
        "minimumCount", .whole(from: 1),
        .init(
          "Occurrences in the training data that a character needs to enter the alphabet.", "一个字符在训练数据里至少出现几次才进入字母表。"),
        touch: .init(
          "1 where the data are few or rare characters matter; more to keep typos and noise out.",
          "数据很少或罕见字符重要时用 1；要挡住错字和噪声就加大。")),
      Entry(
        "maximumAlphabet", .whole(1...1_000_000),
        .init("Characters in the alphabet at most; the most frequent stay.", "字母表最多多少字符；保留最常见的。"),
        touch: .init("Smaller for a smaller embedding; hardly ever more.", "想让嵌入更小就减小；几乎不用加大。")),
      Entry(
        "cuts", SettingRange.number(above: 0, to: 1).orNone,
        .init(
          "Part of the training texts that are cut to a random run of words, others in each epoch; none cuts none.",
          "有多少训练文本被截成随机的一段词，每一遍不同；none 不截。"),
        touch: .init(
          "0.5 or so for a model that must judge texts much shorter than those it learns from.",
          "模型要判断比训练文本短得多的文本时，用 0.5 左右。")),
      Entry(
        "noise", SettingRange.number(above: 0, to: 1).orNone,
        .init(
          "Part of the characters of a training text at most that are swapped, dropped, doubled or replaced, others in each epoch; the n-grams see a second, noisy copy of each text. none changes none.",
          "一条训练文本最多多少字符被交换、丢掉、重复或替换，每一遍不同；n 元组另看每条文本的一份带噪声的副本。none 不改。"),
        touch: .init(
          "0.1 for texts that people type in a hurry or machines recognize; measure with `evaluate --noise`. It takes twice the memory.",
          "文本是人匆忙打的、或机器识别的，用 0.1；用 `evaluate --noise` 测量。内存要两倍。")),
    ])
}
