// The table of one set of bfloat16; the including file has defined every function under its plain name.
{
  .name = CK_SET_NAME, .instructions = CK_SET, .round_rows = round_rows, .packed_weights_size = packed_weights_size,
  .pack_weights_items = pack_weights_items, .pack_weights = pack_weights,
  .pack_weights_transposed = pack_weights_transposed, .convolve = convolve, .packed_rows_size = packed_rows_size,
  .pack_rows_items = pack_rows_items, .pack_rows = pack_rows, .weight_gradient_items = weight_gradient_items,
  .weight_gradient_scratch = weight_gradient_scratch, .weight_gradient = weight_gradient,
  .peak = peak,
}
