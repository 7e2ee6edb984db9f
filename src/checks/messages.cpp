#include "checks/messages.h"

#include <algorithm>

#include "base/result.h"

namespace kabar::checks {
namespace {

struct Message {
  std::string_view key;
  std::string_view indonesian;
  std::string_view english;
};

constexpr Message kMessages[] = {
    {"language.empty", "Terjemahan kosong.", "The translation is empty."},
    {"language.script", "Terjemahan tidak ditulis dalam aksara bahasa tujuan.",
     "The translation is not written in the script of its language."},
    {"language.wrong", "Terjemahan tampaknya dalam bahasa lain ({0}).",
     "The translation seems to be in another language ({0})."},
    {"leftover.words", "Kata sumber tertinggal: «{0}».", "Source words were left untranslated: “{0}”."},
    {"leftover.copy", "Terjemahan sama dengan sumbernya.", "The translation is the source itself."},
    {"repetition.loop", "«{0}» berulang-ulang dalam terjemahan.", "“{0}” is said again and again in the translation."},
    {"garbled.word", "«{0}» bukan kata dalam bahasa ini.", "“{0}” is no word of this language."},
    {"garbled.unknown", "«{0}» tidak ada dalam daftar kata; mungkin bukan kata.",
     "“{0}” stands in no list of words; it may be none."},
    {"garbled.marks", "Terjemahan memuat tanda atau jarak yang rusak.", "The translation holds broken marks or gaps."},
    {"placeholder.leak", "Tanda pengganti «{0}» tertinggal dalam terjemahan.",
     "The placeholder “{0}” was left in the translation."},
    {"fact.changed", "Sumber menulis «{0}», terjemahan «{1}».", "The source says “{0}”, the translation “{1}”."},
    {"fact.lost", "«{0}» tidak ada dalam terjemahan.", "“{0}” is missing in the translation."},
    {"fact.added", "«{0}» tidak ada dalam sumber.", "“{0}” is not in the source."},
    {"weekday.changed", "Hari berbeda: «{0}» menjadi «{1}».", "The weekday differs: “{0}” became “{1}”."},
    {"weekday.calendar", "Hari dan tanggal «{0}» tidak cocok menurut kalender, juga dalam sumber.",
     "The weekday of “{0}” does not fit the calendar, in the source as well."},
    {"time.zone", "Zona waktu berbeda: «{0}» menjadi «{1}».", "The time zone differs: “{0}” became “{1}”."},
    {"unit.changed", "Satuan berbeda: «{0}» menjadi «{1}».", "The unit differs: “{0}” became “{1}”."},
    {"concept.lost", "Sumber menulis «{0}»; maknanya tidak ada dalam terjemahan.",
     "The source says “{0}”; the translation lacks its meaning."},
    {"concept.added", "Terjemahan menulis «{0}»; sumber tidak menyatakannya.",
     "The translation says “{0}”; the source does not."},
    {"concept.opposite", "Makna terbalik: «{0}» menjadi «{1}».", "The meaning is turned round: “{0}” became “{1}”."},
    {"roles.turned", "Pelaku dan sasaran tampaknya tertukar: «{0}» berbuat terhadap «{1}».",
     "Who acts seems to be exchanged: “{0}” acts on “{1}”."},
    {"direction.turned", "Arah tampaknya terbalik: dari «{0}» ke «{1}».",
     "From and to seem to be exchanged: from “{0}” to “{1}”."},
    {"negation.lost", "Penyangkalan «{0}» hilang dalam terjemahan.", "The denial “{0}” is lost in the translation."},
    {"negation.added", "Terjemahan menyangkal («{0}»), sumber tidak.",
     "The translation denies (“{0}”), the source does not."},
    {"negation.count", "Jumlah penyangkalan berbeda: periksa «{0}».", "The number of denials differs: see “{0}”."},
    {"loaded.added", "Kata peka «{0}» tidak ada padanannya dalam sumber.",
     "The loaded word “{0}” has no counterpart in the source."},
    {"nation.added", "Negara atau bangsa «{0}» tidak disebut dalam sumber.", "The source does not mention “{0}”."},
    {"nation.changed", "Negara berbeda: «{0}» menjadi «{1}».", "The country differs: “{0}” became “{1}”."},
    {"nation.lost", "«{0}» tidak ada dalam terjemahan.", "“{0}” is missing in the translation."},
    {"agency.added", "Sumber tidak menyebut «{0}»; kantor berita tidak boleh ditambahkan.",
     "The source does not name “{0}”; no agency may be added."},
    {"agency.lost", "Sumber menyebut «{0}»; terjemahan tidak.", "The source names “{0}”; the translation does not."},
    {"institution.changed", "Lembaga berbeda: «{0}» menjadi «{1}».", "The institution differs: “{0}” became “{1}”."},
    {"institution.added", "Lembaga «{0}» tidak disebut dalam sumber.",
     "The source does not mention the institution “{0}”."},
    {"term.wrong", "«{0}» tidak boleh diterjemahkan «{1}».", "“{0}” must not be rendered “{1}”."},
    {"term.missing", "«{0}» seharusnya diterjemahkan «{1}».", "“{0}” should be rendered “{1}”."},
    {"sense.wrong", "«{0}» di sini tidak berarti «{1}».", "“{0}” does not mean “{1}” here."},
    {"idiom.literal", "Ungkapan «{0}» diterjemahkan kata demi kata: «{1}».",
     "The idiom “{0}” is rendered word by word: “{1}”."},
    {"compound.literal", "«{0}» tampaknya diterjemahkan kata demi kata: «{1}».",
     "“{0}” seems to be rendered word by word: “{1}”."},
    {"name.lost", "Nama «{0}» tidak ada dalam terjemahan.", "The name “{0}” is missing in the translation."},
    {"name.changed", "Nama berubah: «{0}» menjadi «{1}».", "The name changed: “{0}” became “{1}”."},
    {"name.added", "Nama «{0}» tidak ada dalam sumber.", "The name “{0}” is not in the source."},
    {"pronoun.gender", "«{1}» tidak cocok dengan {0}.", "“{1}” does not fit {0}."},
    {"quote.count", "Jumlah kutipan berbeda: {0} dalam sumber, {1} dalam terjemahan.",
     "The number of quotations differs: {0} in the source, {1} in the translation."},
    {"quote.speaker", "Kutipan di sumber milik «{0}», di terjemahan milik «{1}».",
     "The quotation is by “{0}” in the source, by “{1}” in the translation."},
    {"quote.unbalanced", "Tanda kutip tidak berpasangan.", "A quotation mark has no partner."},
    {"markup.lost", "Tanda «{0}» hilang dalam terjemahan.", "The mark “{0}” is lost in the translation."},
    {"markup.added", "Tanda «{0}» tidak ada dalam sumber.", "The mark “{0}” is not in the source."},
    {"omission.short", "Terjemahan jauh lebih pendek daripada biasanya.",
     "The translation is much shorter than usual."},
    {"omission.gap", "Bagian «{0}» tampaknya tidak diterjemahkan.", "“{0}” seems not to be translated."},
    {"omission.words", "Kata yang tampaknya hilang atau salah diterjemahkan: {0}.",
     "Words that seem to be lost or mistranslated: {0}."},
    {"addition.long", "Terjemahan jauh lebih panjang daripada biasanya.", "The translation is much longer than usual."},
    {"typography.mark", "«{0}» bukan tanda baca bahasa ini; pakai «{1}».",
     "“{0}” is not how this language is set; use “{1}”."},
    {"consistency.two", "«{0}» diterjemahkan dengan dua cara: «{1}».", "“{0}” is rendered in two ways: “{1}”."},
    {"sibling.outlier", "Versi ini berbeda dari versi lain: «{0}».", "This version differs from the others: “{0}”."},
    {"sibling.lacks", "Versi lain menyebut «{0}», versi ini tidak.", "The others say “{0}”, this version does not."},
    {"lint.weekday", "{0} bukan hari {1}.", "{0} is not a {1}."},
    {"lint.sum", "Bagian-bagiannya berjumlah {1}, bukan {0}.", "The parts add up to {1}, not {0}."},
    {"lint.percent", "Persentase berjumlah {0}.", "The percentages add up to {0}."},
    {"lint.spelling", "«{0}» mudah disalahpahami mesin; maksudnya «{1}»?", "Machines misread “{0}”; is “{1}” meant?"},
    {"lint.two-values", "«{0}» dan «{1}» dalam satu artikel: mana yang benar?",
     "“{0}” and “{1}” in one article: which is right?"},
};

}  // namespace

std::string message(std::string_view key, Language editor, std::string_view first, std::string_view second) {
  const auto found =
      std::find_if(std::begin(kMessages), std::end(kMessages), [&](const Message& item) { return item.key == key; });
  KABAR_CHECK(found != std::end(kMessages));
  const std::string_view pattern = editor == Language::id ? found->indonesian : found->english;
  std::string out;
  for (size_t at = 0; at < pattern.size(); ++at) {
    if (pattern.substr(at, 3) == "{0}" || pattern.substr(at, 3) == "{1}") {
      out += pattern[at + 1] == '0' ? first : second;
      at += 2;
    } else {
      out += pattern[at];
    }
  }
  return out;
}

}  // namespace kabar::checks
