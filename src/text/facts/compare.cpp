#include "text/facts/compare.h"

#include <algorithm>

#include "base/utf8.h"
#include "text/facts/decimal.h"

namespace kabar::text {
namespace {

constexpr int64_t kSmallWordMax = 12;

bool is_pair(const Fact& fact) { return fact.kind == FactKind::score || fact.kind == FactKind::range; }

// 0 is "not stated".
bool agree(int a, int b) { return a == 0 || b == 0 || a == b; }

bool same_date(const Fact& a, const Fact& b) {
  if (!agree(a.year, b.year) || !agree(a.month, b.month) || !agree(a.day, b.day) || !agree(a.weekday, b.weekday)) {
    return false;
  }
  const auto shared = [](int x, int y) { return x != 0 && x == y; };
  // The year alone does not make 6 August and 2026 one date.
  return shared(a.day, b.day) || (shared(a.weekday, b.weekday)) ||
         (shared(a.month, b.month) && (a.day == 0 || b.day == 0));
}

bool same_link(const Fact& a, const Fact& b) { return fold_case(a.text) == fold_case(b.text); }

// What a fact comes to when it is written in parts.
struct Atom {
  FactKind kind = FactKind::number;  // number, percent, money or date (a weekday or month)
  Decimal value;
  std::string_view currency;
  bool soft = false;
  auto operator<=>(const Atom&) const = default;
};

// Whether a good translation may lack it. `whole_max`: integers up to this may be said without a numeral.
bool is_soft(const Fact& fact, int64_t whole_max) {
  if (fact.kind == FactKind::number || fact.kind == FactKind::money) {
    if (fact.value.scale == 0 && fact.value.digits <= whole_max && fact.value.digits > 0) return true;
    if (fact.spelled && is_integer(fact.value, 1'000)) return true;  // "langkah seribu"
    if (fact.approximate) return true;
    if (fact.kind == FactKind::money) return false;
    return fact.spelled && (fact.ordinal || fact.value.scale > 0 || fact.value.digits <= kSmallWordMax);
  }
  // 三成 may render "a third", and "fully" a hundred percent.
  if (fact.kind == FactKind::percent) return fact.approximate || is_integer(fact.value, 100);
  return fact.kind == FactKind::date && fact.day == 0 && fact.year == 0;
}

std::vector<Atom> atoms_of(const Fact& fact, int64_t whole_max) {
  std::vector<Atom> atoms;
  const bool soft = is_soft(fact, whole_max);
  const auto number = [&](int64_t value, bool soft_too) {
    atoms.push_back({FactKind::number, {value, 0}, {}, soft || soft_too});
  };
  switch (fact.kind) {
    case FactKind::percent:
    case FactKind::money:
      atoms.push_back({fact.kind, fact.value, fact.currency, soft});
      if (fact.value2 != Decimal{}) atoms.push_back({fact.kind, fact.value2, fact.currency, soft});
      break;
    case FactKind::number:
      atoms.push_back({FactKind::number, fact.value, {}, soft});
      break;
    case FactKind::score:
    case FactKind::range:
      atoms.push_back({FactKind::number, fact.value, {}, is_integer(fact.value, 1)});
      atoms.push_back({FactKind::number, fact.value2, {}, is_integer(fact.value2, 1)});
      break;
    case FactKind::date:
      if (fact.year != 0 && !fact.year_completed) number(fact.year, false);
      if (fact.month != 0) atoms.push_back({FactKind::date, {fact.month, 0}, {}, true});
      if (fact.day != 0) number(fact.day, fact.day == 1);
      if (fact.weekday != 0) atoms.push_back({FactKind::date, {100 + fact.weekday, 0}, {}, true});
      break;
    case FactKind::time:
      number(fact.hour, false);
      if (fact.minute > 0) number(fact.minute, false);
      break;
    default:
      break;
  }
  return atoms;
}

struct AtomOf {
  Atom atom;
  int fact = 0;                // -1 for one that no fact answers for
  const Fact* next = nullptr;  // the fact behind it
  bool used = false;
};

std::vector<AtomOf> all_atoms(std::span<const Fact> facts, const std::vector<bool>& used, int64_t whole_max) {
  std::vector<AtomOf> atoms;
  for (size_t i = 0; i < facts.size(); ++i) {
    if (used[i]) continue;
    const Fact* next = i + 1 < facts.size() ? &facts[i + 1] : nullptr;
    for (const Atom& atom : atoms_of(facts[i], whole_max)) atoms.push_back({atom, static_cast<int>(i), next});
  }
  return atoms;
}

// In "from 70,000 to 42,500 rupiah" the first number is money too.
bool takes_kind(const AtomOf& a, const Atom& b) {
  return a.atom.kind == FactKind::number && a.next != nullptr && a.next->kind == b.kind &&
         a.next->currency == b.currency;
}

bool same_atom(const AtomOf& a, const AtomOf& b) {
  if (a.atom.value != b.atom.value) return false;
  return (a.atom.kind == b.atom.kind && a.atom.currency == b.atom.currency) || takes_kind(a, b.atom) ||
         takes_kind(b, a.atom);
}

// What one side of a matched pair of dates states and the other does not may stand elsewhere in its sentence.
void add_spare(const Fact& from, const Fact& other, std::vector<AtomOf>& atoms) {
  const auto add = [&](int value) { atoms.push_back({{FactKind::number, {value, 0}, {}, true}, -1}); };
  if (from.year != 0 && other.year == 0) add(from.year);
  if (from.day != 0 && other.day == 0) add(from.day);
}

// A value that the other side has in a matched fact as well was only said again.
bool is_repeated(const Atom& atom, std::span<const Fact> others) {
  return std::any_of(others.begin(), others.end(), [&](const Fact& other) {
    const std::vector<Atom> parts = atoms_of(other, 0);
    return std::any_of(parts.begin(), parts.end(), [&](const Atom& part) {
      return part.kind == atom.kind && part.value == atom.value && part.currency == atom.currency;
    });
  });
}

// Facts with an atom that is neither matched nor soft.
std::vector<int> left_over(const std::vector<AtomOf>& atoms, std::span<const Fact> others) {
  std::vector<int> facts;
  for (const AtomOf& atom : atoms) {
    if (atom.used || atom.atom.soft || (!facts.empty() && facts.back() == atom.fact)) continue;
    if (!is_repeated(atom.atom, others)) facts.push_back(atom.fact);
  }
  return facts;
}

// "puluhan" that became "hundreds": each side has one order of magnitude left, and they differ.
void pair_magnitudes(std::span<const Fact> source, std::span<const Fact> target,
                     const std::vector<AtomOf>& source_atoms, const std::vector<AtomOf>& target_atoms,
                     FactComparison& result) {
  const auto unmatched = [](std::span<const Fact> facts, const std::vector<AtomOf>& atoms) {
    std::vector<int> found;
    for (const AtomOf& atom : atoms) {
      const bool number = atom.atom.kind == FactKind::number || atom.atom.kind == FactKind::money;
      if (!atom.used && number && atom.fact >= 0 && facts[static_cast<size_t>(atom.fact)].approximate) {
        found.push_back(atom.fact);
      }
    }
    return found;
  };
  const std::vector<int> a = unmatched(source, source_atoms);
  const std::vector<int> b = unmatched(target, target_atoms);
  if (a.size() != 1 || b.size() != 1) return;
  const Decimal from = source[static_cast<size_t>(a[0])].value;
  const Decimal to = target[static_cast<size_t>(b[0])].value;
  // Within one order of magnitude words are loose: "dozens" for "belasan", "des dizaines".
  const std::optional<Decimal> ten_from = multiply(from, 10);
  const std::optional<Decimal> ten_to = multiply(to, 10);
  if ((ten_from && compare(*ten_from, to) <= 0) || (ten_to && compare(*ten_to, from) <= 0)) {
    result.changed.push_back({a[0], b[0]});
  }
}

bool is_link(const Fact& fact) {
  return fact.kind == FactKind::url || fact.kind == FactKind::email || fact.kind == FactKind::handle ||
         fact.kind == FactKind::hashtag;
}

void pair_same(std::span<const Fact> source, std::span<const Fact> target, FactComparison& result,
               std::vector<bool>& source_used, std::vector<bool>& target_used) {
  for (size_t i = 0; i < source.size(); ++i) {
    for (size_t j = 0; j < target.size(); ++j) {
      if (target_used[j] || !same_fact(source[i], target[j])) continue;
      result.same.push_back({static_cast<int>(i), static_cast<int>(j)});
      source_used[i] = target_used[j] = true;
      break;
    }
  }
}

void pair_changed(std::span<const Fact> source, std::span<const Fact> target, const std::vector<bool>& target_used,
                  FactComparison& result) {
  // Half of a wrong result may be right: "3-1" that became "1-1".
  for (const int lost : result.lost) {
    if (source[static_cast<size_t>(lost)].kind != FactKind::score) continue;
    for (size_t j = 0; j < target.size(); ++j) {
      const int added = static_cast<int>(j);
      const bool known = std::find(result.added.begin(), result.added.end(), added) != result.added.end();
      if (!target_used[j] && target[j].kind == FactKind::score && !known) result.added.push_back(added);
    }
  }
  for (auto lost = result.lost.begin(); lost != result.lost.end();) {
    const auto added = std::find_if(result.added.begin(), result.added.end(), [&](int j) {
      return source[static_cast<size_t>(*lost)].kind == target[static_cast<size_t>(j)].kind;
    });
    if (added == result.added.end()) {
      ++lost;
      continue;
    }
    result.changed.push_back({*lost, *added});
    lost = result.lost.erase(lost);
    result.added.erase(added);
  }
}

}  // namespace

bool same_fact(const Fact& a, const Fact& b) {
  if (is_pair(a) && is_pair(b)) return a.value == b.value && a.value2 == b.value2;
  if (a.kind != b.kind) return false;
  switch (a.kind) {
    case FactKind::number:
      return a.value == b.value && a.approximate == b.approximate;
    case FactKind::percent:
      return a.value == b.value && a.value2 == b.value2;
    case FactKind::money:
      return a.value == b.value && a.value2 == b.value2 && a.currency == b.currency;
    case FactKind::date:
      return same_date(a, b);
    case FactKind::time:
      return a.hour % 24 == b.hour % 24 && a.minute == b.minute &&
             (a.zone.empty() || b.zone.empty() || a.zone == b.zone);
    default:
      return same_link(a, b);
  }
}

FactComparison compare_facts(std::span<const Fact> source, std::span<const Fact> target, Language target_language) {
  FactComparison result;
  const int64_t whole_max = target_language == Language::ar || target_language == Language::ja ? 2 : 1;
  std::vector<bool> source_used(source.size());
  std::vector<bool> target_used(target.size());
  pair_same(source, target, result, source_used, target_used);

  std::vector<AtomOf> source_atoms = all_atoms(source, source_used, whole_max);
  std::vector<AtomOf> target_atoms = all_atoms(target, target_used, whole_max);
  for (const FactPair& pair : result.same) {
    const Fact& a = source[static_cast<size_t>(pair.source)];
    const Fact& b = target[static_cast<size_t>(pair.target)];
    add_spare(a, b, source_atoms);
    add_spare(b, a, target_atoms);
  }
  for (AtomOf& a : source_atoms) {
    for (AtomOf& b : target_atoms) {
      if (b.used || !same_atom(a, b)) continue;
      a.used = b.used = true;
      break;
    }
  }
  result.lost = left_over(source_atoms, target);
  result.added = left_over(target_atoms, source);
  for (size_t i = 0; i < source.size(); ++i) {
    if (!source_used[i] && is_link(source[i])) result.lost.push_back(static_cast<int>(i));
  }
  for (size_t j = 0; j < target.size(); ++j) {
    if (!target_used[j] && is_link(target[j])) result.added.push_back(static_cast<int>(j));
  }
  pair_changed(source, target, target_used, result);
  pair_magnitudes(source, target, source_atoms, target_atoms, result);
  return result;
}

}  // namespace kabar::text
