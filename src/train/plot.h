// A training log as a picture.
#pragma once
#include <string>
#include <string_view>

#include "base/result.h"

namespace kabar::train {

// SVG of the loss of every head over CPU-hours. Starts of the program that were logged one after the other are
// joined: their hours add up. bad_input with the line of what is no log.
Result<std::string> plot_log(std::string_view log, std::string_view name);

}  // namespace kabar::train
