internal import CharCNNFiles

extension CPUDevice {
  public func pairFeatures(_ u: Tensor, _ v: Tensor, symmetric: Bool, into y: Tensor) {
    let columns = u.columns
    precondition(u.rows == v.rows && v.columns == columns && y.rows == u.rows, "shapes differ")
    precondition(y.columns == PairFeatures.columns(of: columns, symmetric: symmetric), "features of another number")
    for row in 0..<u.rows {
      let (a, b) = (u.base + row * u.rowStride, v.base + row * v.rowStride)
      let target = y.base + row * y.rowStride
      var next = target
      if symmetric {
        for column in 0..<columns { next[column] = a[column] + b[column] }
        next += columns
      } else {
        next.update(from: a, count: columns)
        (next + columns).update(from: b, count: columns)
        next += 2 * columns
      }
      for column in 0..<columns { next[column] = abs(a[column] - b[column]) }
      next += columns
      for column in 0..<columns { next[column] = a[column] * b[column] }
      next[columns] = Float(PairLengths(a, b, columns).cosine)
    }
  }

  public func pairFeaturesGradient(
    _ u: Tensor, _ v: Tensor, symmetric: Bool, dy: Tensor, into du: Tensor, _ dv: Tensor
  ) {
    let columns = u.columns
    precondition(u.rows == v.rows && v.columns == columns && dy.rows == u.rows, "shapes differ")
    precondition(du.rows == u.rows && du.columns == columns && dv.rows == u.rows && dv.columns == columns, "shapes")
    precondition(dy.columns == PairFeatures.columns(of: columns, symmetric: symmetric), "features of another number")
    for row in 0..<u.rows {
      let (a, b) = (u.base + row * u.rowStride, v.base + row * v.rowStride)
      let (da, db) = (du.base + row * du.rowStride, dv.base + row * dv.rowStride)
      let first = dy.base + row * dy.rowStride
      let second = symmetric ? first : first + columns
      let difference = second + columns
      let product = difference + columns
      let (ca, cb, cc) = PairLengths(a, b, columns).gradient(Double(product[columns]))
      for column in 0..<columns {
        let distance = a[column] - b[column]
        let slope = distance > 0 ? difference[column] : distance < 0 ? -difference[column] : 0
        let (x, y) = (Double(a[column]), Double(b[column]))
        da[column] = first[column] + slope + product[column] * b[column] + Float(cc * y + ca * x)
        db[column] = second[column] - slope + product[column] * a[column] + Float(cc * x + cb * y)
      }
    }
  }

  public func cosines(_ u: Tensor, _ v: Tensor, into y: Tensor) {
    precondition(u.rows == v.rows && u.columns == v.columns && y.rows == u.rows && y.columns == 1, "shapes differ")
    for row in 0..<u.rows {
      y.base[row * y.rowStride] = Float(
        PairLengths(u.base + row * u.rowStride, v.base + row * v.rowStride, u.columns).cosine)
    }
  }

  public func cosinesGradient(_ u: Tensor, _ v: Tensor, dy: Tensor, into du: Tensor, _ dv: Tensor) {
    precondition(u.rows == v.rows && u.columns == v.columns && dy.rows == u.rows && dy.columns == 1, "shapes differ")
    precondition(du.rows == u.rows && du.columns == u.columns && dv.rows == u.rows && dv.columns == u.columns, "shapes")
    for row in 0..<u.rows {
      let (a, b) = (u.base + row * u.rowStride, v.base + row * v.rowStride)
      let (da, db) = (du.base + row * du.rowStride, dv.base + row * dv.rowStride)
      let (ca, cb, cc) = PairLengths(a, b, u.columns).gradient(Double(dy.base[row * dy.rowStride]))
      for column in 0..<u.columns {
        let (x, y) = (Double(a[column]), Double(b[column]))
        da[column] = Float(cc * y + ca * x)
        db[column] = Float(cc * x + cb * y)
      }
    }
  }

  public func contrastiveLoss(
    _ cosines: Tensor, labels: IndexTensor, margin: Float, scale: Float, losses: Tensor, into dx: Tensor
  ) {
    precondition(cosines.columns == 1 && labels.count == cosines.rows && losses.count == cosines.rows, "shapes differ")
    precondition(losses.isContiguous && dx.rows == cosines.rows && dx.columns == 1, "shapes differ")
    for row in 0..<cosines.rows {
      let distance = 1 - cosines.base[row * cosines.rowStride]
      // How far the pair is from where it should be; the distance falls as the cosine rises.
      let excess: Float
      let slope: Float
      switch labels.base[row] {
      case 1: (excess, slope) = (distance, -distance)
      case 0: (excess, slope) = (max(0, margin - distance), max(0, margin - distance))
      default: (excess, slope) = (0, 0)
      }
      losses.base[row] = excess * excess / 2
      dx.base[row * dx.rowStride] = slope * scale
    }
  }

  public func sigmoidSquaredError(_ x: Tensor, targets: Tensor, scale: Float, losses: Tensor, into dx: Tensor) {
    precondition(x.columns == 1 && targets.count == x.rows && losses.count == x.rows, "shapes differ")
    precondition(losses.isContiguous && targets.isContiguous && dx.rows == x.rows && dx.columns == 1, "shapes differ")
    for row in 0..<x.rows {
      let value = 1 / (1 + exp(-Double(x.base[row * x.rowStride])))
      let error = value - Double(targets.base[row])
      losses.base[row] = Float(error * error)
      dx.base[row * dx.rowStride] = Float(2 * error * value * (1 - value)) * scale
    }
  }
}

/// Inner product and squared lengths of two vectors, in double and in order.
private struct PairLengths {
  /// Squared length below which a vector has no direction.
  private static let shortest = 1e-20

  private let product: Double
  private let first: Double
  private let second: Double

  init(_ a: UnsafeMutablePointer<Float>, _ b: UnsafeMutablePointer<Float>, _ columns: Int) {
    var (product, first, second) = (0.0, 0.0, 0.0)
    for column in 0..<columns {
      let (x, y) = (Double(a[column]), Double(b[column]))
      product += x * y
      first += x * x
      second += y * y
    }
    (self.product, self.first, self.second) = (product, first, second)
  }

  private var hasDirections: Bool { first > Self.shortest && second > Self.shortest }

  /// 0 with a vector of zeros.
  var cosine: Double {
    guard hasDirections else { return 0 }
    return min(max(product / (first.squareRoot() * second.squareRoot()), -1), 1)
  }

  /// `dy` times the derivatives of the cosine: da = cc b + ca a and db = cc a + cb b.
  func gradient(_ dy: Double) -> (ca: Double, cb: Double, cc: Double) {
    guard hasDirections, dy != 0 else { return (0, 0, 0) }
    let cosine = cosine
    return (-dy * cosine / first, -dy * cosine / second, dy / (first.squareRoot() * second.squareRoot()))
  }
}
