// Products of bfloat16, for the shape and the target that the including file has set.
#include "../vector/types.h"
//
#include "multiply.h"
//
#include "elements.h"
//
#include "../vector/convolution.h"
//
#include "pairs.h"
//
#include "gradient_rows.h"
//
#include "../vector/weight_gradient.h"
//
#include "peak.h"
