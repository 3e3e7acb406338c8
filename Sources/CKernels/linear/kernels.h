// What the sets of linear models share with each other but not with callers.
#ifndef CKERNELS_LINEAR_INTERNAL_H
#define CKERNELS_LINEAR_INTERNAL_H

#include "../kernels.h"
#include "CKernelsDescent.h"
#include "CKernelsNgrams.h"

typedef struct {
  void (*descend)(const ck_descent *, const uint32_t *, size_t, const int32_t *, const float *, float *);
  void (*values)(const ck_descent *, size_t, double *, double *);
  void (*begin)(const ck_descent *, size_t, float *);
  void (*margins)(const ck_descent *, float *, size_t, size_t);
  void (*add_byte_rows)(const int8_t *, size_t, const uint8_t *, const float *, const int32_t *, const float *, size_t,
                        float *);
} ck_linear_kernels;

extern const ck_linear_kernels ck_linear_plain;
#if defined(CK_HAS_X86)
extern const ck_linear_kernels ck_linear_avx2;
extern const ck_linear_kernels ck_linear_avx512;
#endif

#endif
