// A newsroom is a folder with kabar.toml, a database and the published site.
#pragma once
#include <filesystem>

#include "app/command.h"
#include "app/settings.h"

namespace kabar::app {

struct Newsroom {
  std::filesystem::path dir;
  Settings settings;

  std::filesystem::path database() const { return dir / "kabar.db"; }
  std::filesystem::path site() const { return dir / "public"; }
};

// The folder of --dir, else the nearest one upwards from here that holds kabar.toml; not_found if there is none.
Result<Newsroom> open_newsroom(const Program& program);

}  // namespace kabar::app
