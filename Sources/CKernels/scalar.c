// The scalar set: the specification of every kernel. No fused multiply-adds here, so that its bits do not depend
// on the compiler.
#pragma STDC FP_CONTRACT OFF

#include <math.h>

#include "kernels.h"
#include "scalar/activation.h"
#include "scalar/convolution.h"
#include "scalar/loss.h"
#include "scalar/normalization.h"
#include "scalar/pooling.h"
#include "scalar/table.h"
#include "scalar/vectors.h"
#include "updates.h"

#define CK_SET_NAME "scalar"
#define CK_SET CK_SCALAR
#define CK_LANES 1

const ck_kernels ck_scalar_kernels =
#include "table.h"
    ;
