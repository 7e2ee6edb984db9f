#include "kernels/cpu_x86.h"

#if defined(__x86_64__)
#include <cpuid.h>

namespace kabar::kernels {
namespace {

struct Leaf {
  unsigned eax = 0, ebx = 0, ecx = 0, edx = 0;
};

Leaf leaf(unsigned number, unsigned sub) {
  Leaf result;
  if (!__get_cpuid_count(number, sub, &result.eax, &result.ebx, &result.ecx, &result.edx)) return {};
  return result;
}

bool bit(unsigned word, int place) { return (word >> place & 1u) != 0; }

// The registers whose content the system saves when it switches threads (Intel SDM vol. 1, 13.3).
unsigned saved_registers() {
  if (!bit(leaf(1, 0).ecx, 27)) return 0;  // OSXSAVE: xgetbv exists
  unsigned low = 0, high = 0;
  __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return low;
}

constexpr unsigned kSavedYmm = 0x06;
constexpr unsigned kSavedZmm = 0xe6;

}  // namespace

bool cpu_has_avx2() {
  return (saved_registers() & kSavedYmm) == kSavedYmm && bit(leaf(1, 0).ecx, 12) && bit(leaf(7, 0).ebx, 5);
}

bool cpu_has_avx_vnni() { return cpu_has_avx2() && leaf(7, 0).eax >= 1 && bit(leaf(7, 1).eax, 4); }

bool cpu_has_avx512_vnni() {
  const Leaf features = leaf(7, 0);
  return (saved_registers() & kSavedZmm) == kSavedZmm && cpu_has_avx2() && bit(features.ebx, 16) &&
         bit(features.ebx, 17) && bit(features.ebx, 30) && bit(features.ebx, 31) && bit(features.ecx, 11);
}

}  // namespace kabar::kernels
#endif
