// Where the files are that come with the program: data/, models/, themes/.
#pragma once
#include <filesystem>

namespace kabar::app {

// The folder that holds them: $KABAR_SHARE, else share/kabar beside the program's folder (installed), else the nearest
// folder upwards from the program that holds data/termbase (a checkout: build/kabar).
const std::filesystem::path& share_folder();

}  // namespace kabar::app
