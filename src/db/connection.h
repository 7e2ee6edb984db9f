// The thin interface to a database. SQLite now (db/sqlite.h); PostgreSQL can come behind the same interface,
// so SQL keeps to what both understand: parameters are $1 … $n, upserts are ON CONFLICT, ids come from RETURNING.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"

namespace kabar::db {

// A parameter. A text is not copied: it must live until the call returns.
class Value {
 public:
  Value(std::nullptr_t) {}
  Value(int value) : value_(int64_t{value}) {}
  Value(int64_t value) : value_(value) {}
  Value(bool value) : value_(int64_t{value}) {}
  Value(double value) : value_(value) {}
  Value(std::string_view text) : value_(text) {}
  Value(const std::string& text) : value_(std::string_view(text)) {}
  Value(const char* text) : value_(std::string_view(text)) {}
  template <typename T>
  Value(const std::optional<T>& value) {
    if (value) *this = Value(*value);
  }
  const std::variant<std::monostate, int64_t, double, std::string_view>& get() const { return value_; }

 private:
  std::variant<std::monostate, int64_t, double, std::string_view> value_;
};

using Values = std::initializer_list<Value>;

// One row of an answer; valid only inside the call that hands it over. Columns count from 0.
class Row {
 public:
  virtual ~Row() = default;
  virtual bool null(int column) const = 0;
  virtual int64_t integer(int column) const = 0;   // 0 for null
  virtual double real(int column) const = 0;       // 0 for null
  virtual std::string text(int column) const = 0;  // empty for null
  int number(int column) const { return static_cast<int>(integer(column)); }
  bool boolean(int column) const { return integer(column) != 0; }
};

// Not thread-safe: one connection per thread.
class Connection {
 public:
  virtual ~Connection() = default;

  // Runs one statement, calls `take` for every row, and returns the number of rows written. A write outside a
  // Transaction is a fault of ours. Errors: io (the database refused: disk full, busy for too long, a broken
  // constraint), or what `take` returns, which also ends the reading.
  virtual Result<int64_t> run(std::string_view sql, Values values,
                              const std::function<Result<void>(const Row&)>& take) = 0;
  Result<int64_t> run(std::string_view sql, Values values = {}) {
    return run(sql, values, [](const Row&) -> Result<void> { return {}; });
  }

  virtual Result<void> begin(bool write) = 0;
  virtual Result<void> commit() = 0;
  virtual void rollback() = 0;  // does nothing outside a transaction

  // A complete copy as of one moment, while others read and write. Replaces `file`; old or new, never half.
  virtual Result<void> backup(const std::filesystem::path& file) = 0;
};

// Everything between begin() and commit() happens or nothing does; leaving the scope without commit() undoes it.
class Transaction {
 public:
  // Waits for another writer, for some seconds at most, then io.
  static Result<Transaction> begin(Connection& connection) { return begin(connection, true); }
  // Reads see one moment; writing is not allowed.
  static Result<Transaction> begin_read(Connection& connection) { return begin(connection, false); }

  Transaction(Transaction&& other) noexcept : connection_(std::exchange(other.connection_, nullptr)) {}
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction() {
    if (connection_ != nullptr) connection_->rollback();
  }

  Result<void> commit() {
    const Result<void> result = connection_->commit();
    if (result) connection_ = nullptr;
    return result;
  }

 private:
  static Result<Transaction> begin(Connection& connection, bool write) {
    KABAR_TRY(connection.begin(write));
    return Transaction(connection);
  }
  explicit Transaction(Connection& connection) : connection_(&connection) {}
  Connection* connection_;
};

// All rows as values; `read` makes a T of a const Row&.
template <typename Read>
auto query(Connection& connection, std::string_view sql, Values values, Read read)
    -> Result<std::vector<decltype(read(std::declval<const Row&>()))>> {
  std::vector<decltype(read(std::declval<const Row&>()))> rows;
  KABAR_TRY(connection.run(sql, values, [&](const Row& row) -> Result<void> {
    rows.push_back(read(row));
    return {};
  }));
  return rows;
}

// The first row, or nothing.
template <typename Read>
auto query_one(Connection& connection, std::string_view sql, Values values, Read read)
    -> Result<std::optional<decltype(read(std::declval<const Row&>()))>> {
  std::optional<decltype(read(std::declval<const Row&>()))> first;
  KABAR_TRY(connection.run(sql, values, [&](const Row& row) -> Result<void> {
    if (!first) first = read(row);
    return {};
  }));
  return first;
}

}  // namespace kabar::db
