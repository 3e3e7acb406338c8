// Registers of AVX2: 8 floats each, 16 of them, so tiles of 6 rows x 16 columns.
#define CK_LANES 8
#define CK_TILE_ROWS 6
#define CK_TILE_VECTORS 2
// Measured on Sapphire Rapids: a group's part of a panel fits the first-level cache beside the rows it meets.
#define CK_GROUP_CHANNELS 384
#define CK_BLOCK_TILES 42
#define CK_CHANNEL_TILES 20
#define CK_GRADIENT_ROWS 192
#define CK_EACH_TILE(X) \
  X(1, 1) X(1, 2) \
  X(2, 1) X(2, 2) \
  X(3, 1) X(3, 2) \
  X(4, 1) X(4, 2) \
  X(5, 1) X(5, 2) \
  X(6, 1) X(6, 2)
// Panels of up to half the width have room for twice as many rows.
#define CK_EACH_TALL_TILE(X) \
  X(7, 1) X(8, 1) X(9, 1) X(10, 1) X(11, 1) X(12, 1)
