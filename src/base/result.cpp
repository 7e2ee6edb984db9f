#include "base/result.h"

namespace kabar {

std::string Error::text() const { return place.empty() ? message : place + ": " + message; }

int exit_code(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::usage:
      return 2;
    case ErrorKind::bad_input:
      return 3;
    case ErrorKind::not_found:
      return 4;
    case ErrorKind::limit:
      return 5;
    case ErrorKind::conflict:
      return 6;
    case ErrorKind::unsupported:
      return 7;
    case ErrorKind::io:
      return 8;
    case ErrorKind::cancelled:
      return 9;
  }
  return 1;
}

}  // namespace kabar
