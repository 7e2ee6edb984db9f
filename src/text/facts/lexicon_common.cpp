#include "text/facts/lexicon.h"

namespace kabar::text {
namespace {

constexpr Words kWords[] = {
    {"%", Sense::percent},          {"wib", Sense::zone, 0, "WIB"}, {"wita", Sense::zone, 0, "WITA"},
    {"wit", Sense::zone, 0, "WIT"}, {"gmt", Sense::zone, 0, "GMT"}, {"utc", Sense::zone, 0, "UTC"},
};

}  // namespace

std::span<const Words> common_words() { return kWords; }

}  // namespace kabar::text
