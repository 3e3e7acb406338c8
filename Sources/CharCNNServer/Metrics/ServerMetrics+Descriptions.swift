#if Server
extension ServerMetrics {
  /// What there is to say of each name, and the buckets of those that are no times.
  package static let descriptions: [String: PrometheusMetrics.Description] = [
    "charcnn_requests_total": .init(
      "Requests by protocol, what was asked, and status; \"connection\" for what was refused before it was a request."),
    "charcnn_request_duration_seconds": .init("Time from the head of a request to its response."),
    "charcnn_texts_total": .init("Texts, or pairs of them, that a model answered."),
    "charcnn_characters_total": .init("Characters of those texts."),
    "charcnn_unknown_total": .init("Texts whose label a model did not know."),
    "charcnn_labels_total": .init("Labels that a model gave; of tags, types of spans."),
    "charcnn_queue_duration_seconds": .init("Time that a request waited for its first batch."),
    "charcnn_batch_texts": .init("Texts that were answered together.", buckets: PrometheusMetrics.sizes),
    "charcnn_batch_bytes": .init("Bytes of texts that were answered together.", buckets: PrometheusMetrics.sizes),
    "charcnn_queue_texts": .init("Texts that wait."),
    "charcnn_queue_bytes": .init("Bytes of texts that wait."),
    "charcnn_connections": .init("Connections that are open."),
    "charcnn_model_ready": .init("Whether a model answers."),
    "charcnn_model_loads_total": .init("Bundles that changed, were loaded or unloaded, and what became of them."),
    "charcnn_build_info": .init("The version of the server."),
    "process_cpu_seconds_total": .init("Processor time of the process."),
    "process_resident_memory_bytes": .init("Memory of the process."),
    "process_open_fds": .init("Files and connections that the process has open."),
    "te_request_count": .init("Requests."),
    "te_request_success": .init("Requests that were answered."),
    "te_request_failure": .init("Requests that were not answered, and why."),
    "te_predict_count": .init("Texts to predict."),
    "te_predict_success": .init("Texts that were predicted."),
    "te_embed_count": .init("Texts to turn into vectors."),
    "te_embed_success": .init("Texts that were turned into vectors."),
    "te_request_duration": .init("Time of a request in seconds."),
    "te_request_tokenization_duration": .init("Time for tokens, of which a model of characters has none."),
    "te_request_queue_duration": .init("Time that a request waited in seconds."),
    "te_request_inference_duration": .init("Time that a request was computed in seconds."),
    "te_request_input_length": .init("Characters of a request.", buckets: PrometheusMetrics.sizes),
    "te_batch_next_size": .init("Texts of a batch.", buckets: PrometheusMetrics.sizes),
    "te_batch_next_tokens": .init("Bytes of a batch.", buckets: PrometheusMetrics.sizes),
    "te_queue_size": .init("Texts that wait."),
  ]
}
#endif
