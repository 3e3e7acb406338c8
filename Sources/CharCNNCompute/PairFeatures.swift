/// What two vectors u and v of a pair are compared by, as columns of one row: [u, v, |u - v|, u v, cosine], or where the
/// order must not matter [u + v, |u - v|, u v, cosine].
public enum PairFeatures {
  /// Number of columns for vectors of so many.
  public static func columns(of dimension: Int, symmetric: Bool) -> Int { (symmetric ? 3 : 4) * dimension + 1 }
}
