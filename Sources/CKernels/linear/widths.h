// The descent in every width, for the target that the including file has set.
#include "kernels.h"

// Vectors wider than the registers are passed between functions that are always inlined, so that no calling convention matters.
#pragma clang diagnostic ignored "-Wpsabi"

// No fused multiply-adds: every instruction set gives the same bits.
#pragma STDC FP_CONTRACT OFF

/// Entries whose weights are fetched ahead of their turn: the table is larger than the caches and read in no order.
#define AHEAD 8

#define LANES 1
#define NAMED(x) x##_1
#include "lanes.h"
#define LANES 4
#define NAMED(x) x##_4
#include "lanes.h"
#define LANES 8
#define NAMED(x) x##_8
#include "lanes.h"
#define LANES 16
#define NAMED(x) x##_16
#include "lanes.h"
