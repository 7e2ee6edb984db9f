// What a model file may ask for at most. Every reader checks against these before it allocates anything.
#pragma once
#include <cstddef>

namespace kabar::mt {

inline constexpr size_t kModelFileBytesMax = size_t{4} << 30;
inline constexpr size_t kVocabularyFileBytesMax = size_t{64} << 20;
inline constexpr size_t kShortlistFileBytesMax = size_t{512} << 20;
inline constexpr size_t kVocabularyMax = 1'000'000;  // pieces
inline constexpr int kWidthMax = 8192;               // width and inner width of a layer
inline constexpr int kInnerMax = 65536;
inline constexpr int kLayersMax = 64;
inline constexpr int kTensorsMax = 10'000;  // per file

}  // namespace kabar::mt
