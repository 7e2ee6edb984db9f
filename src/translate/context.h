// Where the segments of a call are from.
#pragma once
#include <string>

#include "base/language.h"

namespace kabar::translate {

struct Context {
  Language source = Language::id;
  std::string section;
  int year = 0;  // of publication, completes dates such as "(6/8)"; 0 = unknown
};

}  // namespace kabar::translate
