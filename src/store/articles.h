// Articles, their revisions and the segments of each revision. Functions here and in the rest of store/ only read
// and write rows: the caller holds the transaction and knows what a step means.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "article/article.h"
#include "base/clock.h"
#include "db/connection.h"

namespace kabar::store {

struct ArticleRow {
  std::string id;
  std::string site;       // as Article::site; never changes
  int revision = 0;       // number of the newest one, from 1
  int segments_made = 0;  // the highest number in a segment id so far: ids are never used twice
  Time created;
  std::optional<Time> withdrawn;
  std::string withdrawal_reason;
};

// An immutable snapshot of the main-language text.
struct Revision {
  int number = 0;
  Time received;
  std::string fingerprint;  // of everything in `article`
  std::string change;       // life/change.h: "first", "typo", "substance"; empty until segmented
  std::string change_reason;
  Article article;
};

struct StoredSegment {
  Segment segment;
  std::string predecessor;  // id of the changed sentence of the revision before that this one replaces; or empty
};

Result<std::optional<ArticleRow>> find_article(db::Connection& connection, std::string_view id);
// All ids in alphabetical order.
Result<void> each_article(db::Connection& connection, const std::function<Result<void>(const std::string&)>& take);
// Ids of one site in order of the first publication of the main language, for those that readers may know of.
Result<void> each_public_article(db::Connection& connection, std::string_view site,
                                 const std::function<Result<void>(const std::string&)>& take);

// Makes the article if it is new, in the site that it names; the revision's number must be one above the newest.
Result<void> put_revision(db::Connection& connection, const Revision& revision);
Result<std::optional<Revision>> find_revision(db::Connection& connection, std::string_view article, int number);
Result<std::optional<std::string>> find_fingerprint(db::Connection& connection, std::string_view article, int number);
// Another article whose revision says just what the newest one of this article says, if there is one.
Result<std::optional<std::string>> find_twin(db::Connection& connection, std::string_view article);
Result<void> set_change(db::Connection& connection, std::string_view article, int number, std::string_view change,
                        std::string_view reason);

// Also raises segments_made.
Result<void> put_segments(db::Connection& connection, std::string_view article, int revision,
                          const std::vector<StoredSegment>& segments, int segments_made);
// The newest revision before `revision` that has segments; 0 if there is none. A revision that was replaced before the
// worker came to it has none.
Result<int> previous_segmented_revision(db::Connection& connection, std::string_view article, int revision);
// In the order of the text; empty if there are none yet.
Result<std::vector<StoredSegment>> load_segments(db::Connection& connection, std::string_view article, int revision);
// The source text of one segment; empty if there is no such segment.
Result<std::string> segment_text(db::Connection& connection, std::string_view article, int revision,
                                 std::string_view id);

Result<void> set_withdrawn(db::Connection& connection, std::string_view article, Time at, std::string_view reason);

}  // namespace kabar::store
