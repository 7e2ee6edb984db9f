// What an editor keeps from readers: one language of an article, over all its revisions, until a person lets it go.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/language.h"
#include "db/connection.h"

namespace kabar::store {

struct Hold {
  Time at;
  std::string editor;
  std::string reason;
};

// A newer hold replaces the older one.
Result<void> put_hold(db::Connection& connection, std::string_view article, Language language, const Hold& hold);
Result<std::optional<Hold>> find_hold(db::Connection& connection, std::string_view article, Language language);
Result<void> remove_hold(db::Connection& connection, std::string_view article, Language language);

}  // namespace kabar::store
