#include "kernels/list.h"

#include <cstdlib>

#include <fmt/format.h>

namespace kabar::kernels {
namespace {

// Best first; the first that runs here is taken. A new instruction set is one line here and one file.
constexpr const Kernels* kAll[] = {
#if defined(__x86_64__)
    &kAvx512Vnni,
    &kAvxVnni,
    &kAvx2,
#elif defined(__aarch64__)
    &kNeon,
#endif
    &kPlain,
};

std::string names() {
  std::string list;
  for (const Kernels* kernels : kAll) list += std::string(list.empty() ? "" : ", ") + kernels->name;
  return list;
}

}  // namespace

std::span<const Kernels* const> all_kernels() { return kAll; }

Result<const Kernels*> choose(std::string_view name) {
  for (const Kernels* kernels : kAll) {
    if (name.empty()) {
      if (kernels->runs_here()) return kernels;
    } else if (name == kernels->name) {
      if (kernels->runs_here()) return kernels;
      return fail(ErrorKind::usage, "KABAR_ISA", fmt::format("this machine does not have {}", name));
    }
  }
  return fail(ErrorKind::usage, "KABAR_ISA",
              fmt::format("unknown instruction set \"{}\"; known are {}", name, names()));
}

Result<const Kernels*> choose() {
  static const Result<const Kernels*> chosen = [] {
    const char* name = std::getenv("KABAR_ISA");
    return choose(name == nullptr ? std::string_view() : std::string_view(name));
  }();
  return chosen;
}

}  // namespace kabar::kernels
