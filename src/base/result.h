// Expected failure is a value: Result<T> holds a T or an Error that says where and what.
// A broken assumption of our own is not an Error but an assertion (KABAR_CHECK).
#pragma once
#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace kabar {

// The kinds are the exit codes of the program (base/result.cpp: exit_code) and never change their meaning.
enum class ErrorKind {
  usage,        // the command line is wrong
  bad_input,    // a file or text that we were given is wrong
  not_found,    // a file, article, model or language that does not exist
  limit,        // larger, deeper or more than we accept
  conflict,     // the state does not allow this (already published, wrong revision, locked)
  unsupported,  // well-formed, but a variant that we do not implement
  io,           // the system refused: disk full, no permission
  cancelled,
};

struct Error {
  ErrorKind kind = ErrorKind::bad_input;
  std::string place;    // "article.md:14", a file name, a setting; empty if there is none
  std::string message;  // one clear sentence without a full stop

  // "place: message", or the message alone.
  std::string text() const;
};

template <typename T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(ErrorKind kind, std::string place, std::string message) {
  return tl::unexpected<Error>(Error{kind, std::move(place), std::move(message)});
}

int exit_code(ErrorKind kind);

}  // namespace kabar

#define KABAR_CONCAT_INNER(a, b) a##b
#define KABAR_CONCAT(a, b) KABAR_CONCAT_INNER(a, b)

// KABAR_TRY(expression): returns the error of a Result<...> from the calling function.
#define KABAR_TRY(expression)                                                   \
  do {                                                                          \
    if (auto kabar_result = (expression); !kabar_result) {                      \
      return ::tl::unexpected<::kabar::Error>(std::move(kabar_result).error()); \
    }                                                                           \
  } while (false)

// KABAR_ASSIGN(Type name, expression): takes the value out of a Result or returns its error.
#define KABAR_ASSIGN(declaration, expression) \
  KABAR_ASSIGN_INNER(KABAR_CONCAT(kabar_result_, __LINE__), declaration, expression)
#define KABAR_ASSIGN_INNER(result, declaration, expression)             \
  auto result = (expression);                                           \
  if (!result) {                                                        \
    return ::tl::unexpected<::kabar::Error>(std::move(result).error()); \
  }                                                                     \
  declaration = std::move(*result)

// Stops the program when an assumption of ours is wrong, in every build.
#define KABAR_CHECK(condition)                                                                \
  do {                                                                                        \
    if (!(condition)) {                                                                       \
      std::fprintf(stderr, "%s:%d: assumption failed: %s\n", __FILE__, __LINE__, #condition); \
      std::abort();                                                                           \
    }                                                                                         \
  } while (false)
