// What the sets of byte kernels share with each other but not with callers.
#ifndef CKERNELS_INT8_INTERNAL_H
#define CKERNELS_INT8_INTERNAL_H

#include "../kernels.h"
#include "CKernelsInt8.h"

#if defined(CK_HAS_X86)
extern const ck_int8_kernels ck_int8_avx2_kernels;
extern const ck_int8_kernels ck_int8_avx_vnni_kernels;
extern const ck_int8_kernels ck_int8_avx512_kernels;
extern const ck_int8_kernels ck_int8_avx512_vnni_kernels;
extern const ck_int8_kernels ck_int8_amx_kernels;
#elif defined(CK_HAS_NEON)
extern const ck_int8_kernels ck_int8_neon_kernels;
extern const ck_int8_kernels ck_int8_neon_dot_kernels;
#endif

extern const ck_int8_kernels ck_int8_scalar_kernels;

#endif
