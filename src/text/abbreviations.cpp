#include "text/abbreviations.h"

#include <unordered_map>
#include <unordered_set>

namespace kabar::text {
namespace {

struct Lists {
  std::string_view inner;
  std::string_view before_number;
  std::string_view maybe_last;
  std::string_view starters;
};

// Words divided by spaces.
constexpr Lists kIndonesian = {
    .inner =
        "dr drs dra ir prof h hj kh k.h r ra rm tgk tb bpk sdr sdri yth ny tn jend letjen mayjen brigjen kol letkol "
        "mayor kapt lettu letda serma serka sertu serda komjen irjen kombes pol akbp kompol akp iptu ipda aiptu "
        "aipda bripka brigpol briptu bripda purn laks marsda jl jln gg ds kec kab prov kel kp blok pt cv "
        "ud tbk ust alm almh a.n u.p d.a s.d d.h rsud",
    .before_number =
        "no nomor hal ps ay rp tel telp fax art vol ed bab km rt rw jan feb mar apr jun jul agt agu sep okt nov des",
    .maybe_last =
        "dkk dll dsb dst tsb wib wita wit inc ltd co ph.d m.si s.sos s.pd m.pd s.ip "
        "b.sc m.sc a.md s.kom s.ked sp.a sp.pd lc",
    .starters =
        "ia dia mereka kami kita namun saat ketika menurut selain pada dalam dengan untuk ini itu para sementara "
        "sebelumnya setelah hal adapun tetapi akan kini sejak hingga karena jika apabila sedangkan polisi warga "
        "pemerintah korban petugas sebanyak"};
constexpr Lists kEnglish = {
    .inner =
        "dr mr mrs ms prof gen lt col maj capt sgt cpl adm cmdr sen rep gov pres rev hon st mt ft insp supt sr jr "
        "vs comr adj messrs e.g i.e cf brig",
    .before_number = "no nos fig p pp vol ch art sec jan feb mar apr jun jul aug sept sep oct nov dec tel ext",
    .maybe_last = "a.m p.m etc inc ltd co corp bros ph.d m.d u.s u.k u.n d.c l.a e.u approx al",
    .starters =
        "the he she it they we i you this that these those in on at a an but and however after before when while "
        "as if for there his her their our police officials president prime according some many more most"};
constexpr Lists kFrench = {
    .inner = "m mm mme mlle me dr pr st ste mgr gén col cap lt cf p.ex av bd hab éd",
    .before_number = "n no art p pp vol chap tél janv févr avr juil sept oct nov déc",
    .maybe_last = "etc ltd inc s.a av j.-c",
    .starters =
        "le la les il elle ils elles un une ce cette ces en dans mais après avant selon pour on nous vous je "
        "cependant lors au aux des du son sa ses leur"};

using Kinds = std::unordered_map<std::string_view, Abbreviation>;
using Starters = std::unordered_set<std::string_view>;

template <typename Add>
void each_word(std::string_view words, const Add& add) {
  while (!words.empty()) {
    const size_t end = std::min(words.find(' '), words.size());
    if (end > 0) add(words.substr(0, end));
    words.remove_prefix(std::min(end + 1, words.size()));
  }
}

struct Index {
  explicit Index(const Lists& lists) {
    each_word(lists.inner, [&](std::string_view word) { kinds[word] = Abbreviation::inner; });
    each_word(lists.before_number, [&](std::string_view word) { kinds[word] = Abbreviation::before_number; });
    each_word(lists.maybe_last, [&](std::string_view word) { kinds[word] = Abbreviation::maybe_last; });
    each_word(lists.starters, [&](std::string_view word) { starters.insert(word); });
  }
  Kinds kinds;
  Starters starters;
};

const Index* index_of(Language language) {
  static const Index kId(kIndonesian);
  static const Index kEn(kEnglish);
  static const Index kFr(kFrench);
  return language == Language::id ? &kId : language == Language::en ? &kEn : language == Language::fr ? &kFr : nullptr;
}

}  // namespace

Abbreviation find_abbreviation(std::string_view word, Language language) {
  const Index* index = index_of(language);
  if (index == nullptr) return Abbreviation::none;
  const auto found = index->kinds.find(word);
  return found == index->kinds.end() ? Abbreviation::none : found->second;
}

bool is_sentence_starter(std::string_view word, Language language) {
  const Index* index = index_of(language);
  return index != nullptr && index->starters.contains(word);
}

}  // namespace kabar::text
