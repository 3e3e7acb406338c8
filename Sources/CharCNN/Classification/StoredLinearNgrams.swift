import CharCNNCompute
import CharCNNNetworks
import CharCNNStorage
import CharCNNText

/// `ngrams.safetensors` of a classifier: the linear model of its n-grams.
///
/// - `bias` F32 [columns]. `weights` I8 [n-grams, columns], `scale` F32 [1], `exponents` U8 [n-grams]: the weight of an n-gram is its byte
///   times scale · 2^(-exponent / 8). There is a column for each class, or one for both of two, of which a text has one.
/// - `buckets` U8 [2^b]: n-grams of each bucket; `remainders` U16 [n-grams]: the highest b bits of an n-gram's key are the number
///   of its bucket, the next 16 its remainder.
/// - `rarities` U8 [n-grams]: the inverse document frequency in sixteenths.
/// - `vectors` F32 [numbers of a vector, columns]: where the model has a base (``StoredVectors``), what the numbers of its vector of a text weigh.
/// - `roles` U8 [alphabet]: 0 for a character between words, 1 for one of a word, 2 for one that is a word for itself.
enum StoredLinearNgrams {
  static let fileName = "ngrams.safetensors"

  /// More than any model has.
  private static let mostBuckets = 1 << 30

  /// The file's bytes. Wider elements come first, so that they stay aligned.
  static func encode(_ ngrams: LinearNgrams) throws(StorageError) -> [UInt8] {
    var file = SafetensorsWriter(metadata: ["format": "pt"])
    let vocabulary = ngrams.vocabulary
    try file.add("bias", shape: [ngrams.columns], ngrams.bias)
    try file.add("scale", shape: [1], [ngrams.scales.largest])
    if let vectors = ngrams.vectors {
      try file.add("vectors", shape: [vectors.reader.dimension, ngrams.columns], vectors.weights)
    }
    try file.add("remainders", shape: [vocabulary.count], vocabulary.keys.remainders)
    try file.add("weights", shape: [vocabulary.count, ngrams.columns], ngrams.weights)
    let sizes = vocabulary.keys.sizes
    try file.add("buckets", shape: [sizes.count], sizes.map { UInt8($0) })
    try file.add("rarities", shape: [vocabulary.count], vocabulary.rarities)
    try file.add("exponents", shape: [vocabulary.count], ngrams.scales.exponents)
    try file.add("roles", shape: [ngrams.roles.count], ngrams.roles.map(\.rawValue))
    return file.bytes()
  }

  /// Reads and checks everything: names, types, shapes, that the buckets hold all n-grams and that every float is a number.
  ///
  /// - Parameters:
  ///   - characters: Characters of the alphabet.
  ///   - vectors: Gives the vectors whose weights stand in the file; nil for n-grams alone.
  static func decode(
    _ file: SafetensorsFile, features: NgramFeatures, classes: Int, hasSeveral: Bool, characters: Int,
    vectors: VectorReader? = nil
  ) throws(StorageError) -> LinearNgrams {
    try file.expectOnly(
      ["bias", "scale", "remainders", "weights", "buckets", "rarities", "exponents", "roles"]
        + (vectors == nil ? [] : ["vectors"]))
    let columns = LinearNgrams.columns(classes: classes, several: hasSeveral)
    let rarities = try file.bytes("rarities")
    let count = rarities.count
    try file.expect("rarities", shape: [count])
    try file.expect("bias", shape: [columns])
    try file.expect("scale", shape: [1])
    try file.expect("exponents", shape: [count])
    try file.expect("remainders", shape: [count])
    try file.expect("weights", shape: [count, columns])
    try file.expect("roles", shape: [characters])
    if let vectors { try file.expect("vectors", shape: [vectors.dimension, columns]) }
    try file.checkFinite()
    let largest = try file.floats("scale")[0]
    guard largest >= 0 else { throw invalid(file, "the tensor \"scale\" is \(largest), and must be at least 0") }
    let buckets = try file.bytes("buckets")
    try file.expect("buckets", shape: [buckets.count])
    guard buckets.count > 1, buckets.count <= mostBuckets, buckets.count.nonzeroBitCount == 1 else {
      throw invalid(
        file,
        "the tensor \"buckets\" has \(buckets.count) elements, and must have a power of two of them up to \(mostBuckets)"
      )
    }
    // Rows are counted in 32 bits.
    guard count <= Int(Int32.max), buckets.reduce(0, { $0 + Int($1) }) == count else {
      throw invalid(file, "the buckets do not hold the \(count) n-grams")
    }
    let sizes = buckets.map(UInt32.init)
    var roles: [WordRole] = []
    for (place, value) in try file.bytes("roles").enumerated() {
      guard let role = WordRole(rawValue: value) else {
        throw invalid(file, "element \(place) of the tensor \"roles\" is \(value), and must be 0 to 2")
      }
      roles.append(role)
    }
    var ngrams = LinearNgrams(
      features: features, roles: roles,
      vocabulary: NgramVocabulary(
        keys: KeyTable(
          bucketBits: sizes.count.trailingZeroBitCount, sizes: sizes, remainders: try file.uint16s("remainders")),
        rarities: rarities),
      classes: classes, weights: try file.int8s("weights"),
      scales: RowScales(largest: largest, exponents: try file.bytes("exponents")),
      bias: try file.floats("bias"))
    if let vectors { ngrams.vectors = WeighedVectors(vectors, weights: try file.floats("vectors")) }
    return ngrams
  }

  private static func invalid(_ file: SafetensorsFile, _ problem: String) -> StorageError {
    StorageError(
      .corrupted, path: file.path, problem: problem, advice: "train the model anew, or copy it again")
  }
}
