// Memory for one pass through a network: handed out by moving an offset, taken back all at once, and kept for the next
// pass, so that a running engine neither allocates nor meets fresh pages.
#pragma once
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <span>
#include <type_traits>
#include <vector>

namespace kabar::nn {

// Not thread-safe: one per worker.
class Arena {
 public:
  Arena() = default;
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  // `count` elements, uninitialised, at the start of a cache line; valid until the next clear() or rewind().
  template <typename T>
  std::span<T> take(size_t count) {
    static_assert(std::is_trivially_destructible_v<T>);
    return {static_cast<T*>(take_bytes(count * sizeof(T))), count};
  }

  struct Mark {
    size_t block = 0;
    size_t used = 0;
  };
  Mark mark() const { return {block_, used_}; }
  // Takes back whatever was handed out since `mark`.
  void rewind(Mark mark);
  void clear() { rewind({}); }
  // Bytes held from the system.
  size_t bytes() const;

 private:
  struct Free {
    void operator()(std::byte* memory) const { std::free(memory); }
  };
  struct Block {
    std::unique_ptr<std::byte[], Free> memory;
    size_t size = 0;
  };
  void* take_bytes(size_t size);

  std::vector<Block> blocks_;
  size_t block_ = 0;  // the one in use
  size_t used_ = 0;   // of it
};

// Takes back at the end of a scope what was taken in it.
class ArenaScope {
 public:
  explicit ArenaScope(Arena& arena) : arena_(arena), mark_(arena.mark()) {}
  ~ArenaScope() { arena_.rewind(mark_); }
  ArenaScope(const ArenaScope&) = delete;
  ArenaScope& operator=(const ArenaScope&) = delete;

 private:
  Arena& arena_;
  Arena::Mark mark_;
};

}  // namespace kabar::nn
