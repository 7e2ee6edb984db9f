// All instruction sets, in order of preference.
#pragma once
#include <span>

#include "kernels/kernels.h"

namespace kabar::kernels {

extern const Kernels kPlain;
#if defined(__x86_64__)
extern const Kernels kAvx2;
extern const Kernels kAvxVnni;
extern const Kernels kAvx512Vnni;
#elif defined(__aarch64__)
extern const Kernels kNeon;
#endif

std::span<const Kernels* const> all_kernels();

}  // namespace kabar::kernels
