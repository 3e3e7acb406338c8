#include "CKernels.h"

void ck_spin_hint(void) {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ __volatile__("yield");
#endif
}

static _Thread_local int works_alone;

int ck_works_alone(void) { return works_alone; }

void ck_set_works_alone(int alone) { works_alone = alone; }
