#if Server
import CharCNNServer
import CoreMetrics
import Testing

@Suite struct PrometheusMetricsTests {
  @Test func `what was counted is written as Prometheus reads it`() {
    let metrics = PrometheusMetrics(["sizes": .init("Sizes.", buckets: [1, 2, 4])])
    Counter(label: "requests.total", dimensions: [("path", "a\"b\\c\nd")], factory: metrics).increment(by: 3)
    Counter(label: "requests.total", dimensions: [("path", "a\"b\\c\nd")], factory: metrics).increment()
    Meter(label: "level", dimensions: [], factory: metrics).set(1.5)
    let sizes = Recorder(label: "sizes", dimensions: [], aggregate: true, factory: metrics)
    for size in [0.5, 1, 1.5, 4, 9] { sizes.record(size) }
    CoreMetrics.Timer(label: "took", dimensions: [], factory: metrics).recordNanoseconds(20_000)
    let text = metrics.text
    #expect(text.contains("# TYPE requests_total counter\nrequests_total{path=\"a\\\"b\\\\c\\nd\"} 4\n"))
    #expect(text.contains("# TYPE level gauge\nlevel 1.5\n"))
    #expect(
      text.contains(
        """
        # HELP sizes Sizes.
        # TYPE sizes histogram
        sizes_bucket{le="1"} 2
        sizes_bucket{le="2"} 3
        sizes_bucket{le="4"} 4
        sizes_bucket{le="+Inf"} 5
        sizes_sum 16
        sizes_count 5

        """))
    #expect(text.contains("took_bucket{le=\"1.5e-05\"} 0\ntook_bucket{le=\"2.25e-05\"} 1\n"))
    // A name means one thing.
    Meter(label: "requests.total", dimensions: [], factory: metrics).set(7)
    #expect(!metrics.text.contains(" 7\n"))
  }
}
#endif
