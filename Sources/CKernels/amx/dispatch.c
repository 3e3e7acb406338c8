// For syscall, which no standard of C declares.
#define _GNU_SOURCE

#include "../kernels.h"

#if defined(CK_HAS_X86) && defined(__linux__)
#include <cpuid.h>
#include <sys/syscall.h>
#include <unistd.h>

// The state of the tiles is large, so Linux wants to be asked before they are used (arch_prctl, ARCH_REQ_XCOMP_PERM). What
// it grants holds for all threads, and for good.
bool ck_has_tiles(unsigned products) {
  const unsigned tiles = 1u << 24;
  unsigned a, b, c, d;
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d) || (d & tiles) == 0 || (d & products) == 0) return false;
  const long request = 0x1023, tile_data = 18;
  return syscall(SYS_arch_prctl, request, tile_data) == 0;
}
#elif defined(CK_HAS_X86)
bool ck_has_tiles(unsigned products) {
  (void)products;
  return false;
}
#endif
