#include "db/migrations.h"

namespace kabar::db {
namespace {

// Times are UTC seconds since 1970. Columns named like lists or maps hold JSON (store/json.h). Languages are codes.
// STRICT is SQLite's word for "columns have types"; every other word here is also PostgreSQL's.
constexpr Migration kMigrations[] = {
    {1, "articles, versions and what follows from them", R"sql(
CREATE TABLE article (
  id TEXT NOT NULL PRIMARY KEY,
  revision INTEGER NOT NULL,
  segments_made INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  withdrawn_at INTEGER,
  withdrawal_reason TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE revision (
  article_id TEXT NOT NULL REFERENCES article (id),
  number INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  fingerprint TEXT NOT NULL,
  language TEXT NOT NULL,
  format TEXT NOT NULL,
  section TEXT NOT NULL,
  date INTEGER,
  head TEXT NOT NULL,
  change TEXT NOT NULL DEFAULT '',
  change_reason TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (article_id, number)
) STRICT;

CREATE TABLE block (
  article_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  position INTEGER NOT NULL,
  id TEXT NOT NULL,
  type TEXT NOT NULL,
  text TEXT NOT NULL,
  tags TEXT NOT NULL,
  attributes TEXT NOT NULL,
  PRIMARY KEY (article_id, revision, position),
  FOREIGN KEY (article_id, revision) REFERENCES revision (article_id, number)
) STRICT;

CREATE TABLE segment (
  article_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  position INTEGER NOT NULL,
  id TEXT NOT NULL,
  block_id TEXT NOT NULL,
  block_type TEXT NOT NULL,
  text TEXT NOT NULL,
  tags TEXT NOT NULL,
  gap TEXT NOT NULL,
  predecessor TEXT NOT NULL,
  PRIMARY KEY (article_id, revision, id),
  FOREIGN KEY (article_id, revision) REFERENCES revision (article_id, number)
) STRICT;

CREATE TABLE version (
  article_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  language TEXT NOT NULL,
  state TEXT NOT NULL,
  due_at INTEGER,
  attempts INTEGER NOT NULL DEFAULT 0,
  fault TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT '',
  score REAL,
  reviewed_by TEXT NOT NULL DEFAULT '',
  reviewed_at INTEGER,
  PRIMARY KEY (article_id, revision, language),
  FOREIGN KEY (article_id, revision) REFERENCES revision (article_id, number)
) STRICT;

CREATE INDEX version_due ON version (due_at, article_id);

CREATE TABLE translation (
  article_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  language TEXT NOT NULL,
  segment_id TEXT NOT NULL,
  source TEXT NOT NULL,
  text TEXT NOT NULL,
  tags TEXT NOT NULL,
  origin TEXT NOT NULL,
  model TEXT NOT NULL,
  editor TEXT NOT NULL,
  stale INTEGER NOT NULL,
  proposal TEXT NOT NULL,
  score REAL,
  findings TEXT NOT NULL,
  alignment TEXT NOT NULL,
  PRIMARY KEY (article_id, language, segment_id, revision),
  FOREIGN KEY (article_id, revision, language) REFERENCES version (article_id, revision, language),
  FOREIGN KEY (article_id, revision, segment_id) REFERENCES segment (article_id, revision, id)
) STRICT;

CREATE TABLE translation_history (
  id INTEGER PRIMARY KEY,
  article_id TEXT NOT NULL REFERENCES article (id),
  language TEXT NOT NULL,
  segment_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  at INTEGER NOT NULL,
  text TEXT NOT NULL,
  origin TEXT NOT NULL,
  model TEXT NOT NULL,
  editor TEXT NOT NULL
) STRICT;

CREATE INDEX translation_history_of ON translation_history (article_id, language, segment_id);

CREATE TABLE publication (
  article_id TEXT NOT NULL REFERENCES article (id),
  language TEXT NOT NULL,
  revision INTEGER NOT NULL,
  published_at INTEGER NOT NULL,
  modified_at INTEGER NOT NULL,
  reviewed_by TEXT NOT NULL,
  reviewed_at INTEGER,
  score REAL,
  content TEXT NOT NULL,
  PRIMARY KEY (article_id, language),
  FOREIGN KEY (article_id, revision, language) REFERENCES version (article_id, revision, language)
) STRICT;

CREATE TABLE site_change (
  article_id TEXT NOT NULL PRIMARY KEY REFERENCES article (id),
  number INTEGER NOT NULL
) STRICT;

CREATE TABLE correction (
  article_id TEXT NOT NULL REFERENCES article (id),
  number INTEGER NOT NULL,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  what TEXT NOT NULL,
  wrong_value TEXT NOT NULL,
  right_value TEXT NOT NULL,
  editor TEXT NOT NULL,
  PRIMARY KEY (article_id, number)
) STRICT;

CREATE TABLE correction_notice (
  article_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  language TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (article_id, number, language),
  FOREIGN KEY (article_id, number) REFERENCES correction (article_id, number)
) STRICT;

CREATE TABLE memory (
  source_language TEXT NOT NULL,
  target_language TEXT NOT NULL,
  source TEXT NOT NULL,
  target TEXT NOT NULL,
  editor TEXT NOT NULL,
  article_id TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (source_language, target_language, source)
) STRICT;

CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  action TEXT NOT NULL,
  article_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  language TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;

CREATE INDEX audit_of ON audit (article_id, id);

CREATE TABLE backup_file (
  name TEXT NOT NULL PRIMARY KEY,
  content TEXT NOT NULL
) STRICT;
)sql"},
    {2, "what readers report", R"sql(
CREATE TABLE report (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  article_id TEXT NOT NULL REFERENCES article (id),
  language TEXT NOT NULL,
  segment_id TEXT NOT NULL,
  source TEXT NOT NULL,
  target TEXT NOT NULL,
  comment TEXT NOT NULL,
  closed_at INTEGER,
  closed_by TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX report_open ON report (closed_at, id);
)sql"},
    {3, "which site an article belongs to", R"sql(
ALTER TABLE article ADD COLUMN site TEXT NOT NULL DEFAULT '';
)sql"},
    {4, "what other servers have to be told", R"sql(
CREATE TABLE ping (
  service TEXT NOT NULL,
  address TEXT NOT NULL,
  number INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  PRIMARY KEY (service, address)
) STRICT;

CREATE INDEX ping_number ON ping (number);
)sql"},
    {5, "what an editor keeps from readers, and what must not wait", R"sql(
CREATE TABLE hold (
  article_id TEXT NOT NULL REFERENCES article (id),
  language TEXT NOT NULL,
  at INTEGER NOT NULL,
  editor TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (article_id, language)
) STRICT;

ALTER TABLE site_change ADD COLUMN urgent INTEGER NOT NULL DEFAULT 0;

CREATE INDEX version_quick ON version (due_at, article_id) WHERE state IN ('received', 'approved');

CREATE INDEX revision_fingerprint ON revision (fingerprint);
)sql"},
    {6, "a backup is an archive of files, none of them in the database", R"sql(
DROP TABLE backup_file;
)sql"},
    {7, "the newsroom's own terms", R"sql(
CREATE TABLE term (
  id TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  term TEXT NOT NULL,
  forms TEXT NOT NULL,
  acronyms TEXT NOT NULL,
  gender TEXT NOT NULL,
  context TEXT NOT NULL,
  scope TEXT NOT NULL,
  since INTEGER NOT NULL,
  until INTEGER NOT NULL,
  note TEXT NOT NULL,
  example TEXT NOT NULL,
  renderings TEXT NOT NULL,
  added_by TEXT NOT NULL,
  added_on TEXT NOT NULL
) STRICT;
)sql"},
};

}  // namespace

std::span<const Migration> migrations() { return kMigrations; }

}  // namespace kabar::db
