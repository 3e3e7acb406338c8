// Registers of AVX-512 beside the tiles of AMX.
#define CK_LANES 16
