// Every kernel, for the lanes, tile and target that the including file has set.
#include "types.h"
//
#include "functions.h"
//
#include "elements.h"
//
#include "activation.h"
#include "convolution.h"
#include "dropout.h"
#include "loss.h"
#include "normalization.h"
#include "pooling.h"
#include "table.h"
#include "../updates.h"
#include "vectors.h"
//
#include "gradient_rows.h"
#include "weight_gradient.h"
//
#include "points.h"
//
#include "filtering.h"
//
#include "filtering_gradient.h"
