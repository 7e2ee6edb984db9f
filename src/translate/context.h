// Where the segments of a call are from.
#pragma once
#include <string>

#include "base/language.h"

namespace kabar::translate {

struct Context {
  Language source = Language::id;
  std::string section;
  bool continuous = true;  // the segments follow each other in one article; else each stands alone
  int year = 0;            // of publication, completes dates such as "(6/8)"; 0 = unknown
};

}  // namespace kabar::translate
