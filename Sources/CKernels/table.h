// The table of one instruction set; the including file has defined every function under its plain name.
{
  .name = CK_SET_NAME, .instructions = CK_SET, .lanes = CK_LANES, .packed_weights_size = packed_weights_size,
  .pack_weights_items = pack_weights_items, .pack_weights = pack_weights, .pack_weights_transposed = pack_weights_transposed, .convolve = convolve,
  .packed_rows_size = packed_rows_size, .pack_rows_items = pack_rows_items, .pack_rows = pack_rows,
  .weight_gradient_items = weight_gradient_items, .weight_gradient_scratch = weight_gradient_scratch,
  .weight_gradient = weight_gradient, .gather_convolve = gather_convolve, .scatter_gradient = scatter_gradient,
  .gather_rows = gather_rows, .scatter_rows = scatter_rows, .gate = gate, .gate_gradient = gate_gradient,
  .activate = activate, .activate_gradient = activate_gradient, .layer_norm = layer_norm,
  .layer_norm_gradient = layer_norm_gradient, .layer_norm_parameter_gradient = layer_norm_parameter_gradient,
  .column_moments = column_moments, .batch_norm = batch_norm,
  .batch_norm_parameter_gradient = batch_norm_parameter_gradient, .batch_norm_gradient = batch_norm_gradient,
  .window_pool = window_pool, .window_pool_gradient = window_pool_gradient, .segment_pool = segment_pool,
  .segment_pool_gradient = segment_pool_gradient, .softmax = softmax, .cross_entropy = cross_entropy, .fill = fill,
  .axpy = axpy, .axpby = axpby, .add_rows = add_rows, .copy_rows = copy_rows, .column_sums = column_sums,
  .sum_of_squares = sum_of_squares, .has_non_finite = has_non_finite, .dropout = dropout, .adamw = adamw,
#if CK_LANES > 1
  .filtering_points = filtering_points, .packed_filter_size = packed_filter_size,
  .packed_filter_scratch = packed_filter_scratch, .pack_filter = pack_filter, .filtering_scratch = filtering_scratch,
  .filter = filter, .filtering_gradient_items = filtering_gradient_items,
  .filtering_gradient_sums = filtering_gradient_sums, .filtering_gradient_scratch = filtering_gradient_scratch,
  .filtering_gradient = filtering_gradient, .fold_filtering_gradient = fold_filtering_gradient,
#endif
  .sgd = sgd, .adadelta = adadelta, .limit_norms = limit_norms, .peak = peak,
}
