#include "translate/names.h"

#include <algorithm>

#include "base/one_of.h"
#include "base/utf8.h"
#include "text/title_case.h"
#include "text/words.h"

namespace kabar::translate {
namespace {

using text::Word;

// Capitalised in running text without being a name, or only the kind of thing that a name follows.
// Sorted by theme for people; looked up through a set.
constexpr std::string_view kCommonWords[] = {
    // offices and forms of address
    "Presiden",
    "Wakil",
    "Menteri",
    "Gubernur",
    "Bupati",
    "Wali",
    "Walikota",
    "Camat",
    "Lurah",
    "Kepala",
    "Ketua",
    "Sekretaris",
    "Bendahara",
    "Direktur",
    "Jenderal",
    "Utama",
    "Umum",
    "Deputi",
    "Komisaris",
    "Kapolri",
    "Kapolda",
    "Kapolres",
    "Kapolsek",
    "Jaksa",
    "Agung",
    "Hakim",
    "Panglima",
    "Kolonel",
    "Letkol",
    "Mayor",
    "Kapten",
    "Sersan",
    "Inspektur",
    "Ajun",
    "Kombes",
    "Pol",
    "AKBP",
    "Komjen",
    "Irjen",
    "Brigjen",
    "Kompol",
    "Iptu",
    "Ipda",
    "Aiptu",
    "Aipda",
    "Bripka",
    "Brigadir",
    "Bripda",
    "Letjen",
    "Mayjen",
    "Serka",
    "Serda",
    "Pratu",
    "AKP",
    "Bapak",
    "Ibu",
    "Pak",
    "Bu",
    "Saudara",
    "Haji",
    "Hajah",
    "Profesor",
    "Rektor",
    "Dekan",
    "Dosen",
    "Prof",
    "Dr",
    "Ir",
    "Drs",
    "Dra",
    "Raja",
    "Sultan",
    "Ratu",
    "Paus",
    "Nyi",
    "Nyai",
    "Kiai",
    "Ustaz",
    "Perdana",
    "Duta",
    "Besar",
    "Juru",
    "Bicara",
    "Pelatih",
    "Manajer",
    "Calon",
    "Mantan",
    // bodies
    "Badan",
    "Dinas",
    "Kementerian",
    "Komisi",
    "Komite",
    "Lembaga",
    "Dewan",
    "Majelis",
    "Mahkamah",
    "Pengadilan",
    "Kejaksaan",
    "Kepolisian",
    "Polisi",
    "Tentara",
    "Angkatan",
    "Direktorat",
    "Sekretariat",
    "Kantor",
    "Balai",
    "Biro",
    "Satuan",
    "Gugus",
    "Tugas",
    "Tim",
    "Panitia",
    "Partai",
    "Fraksi",
    "Koalisi",
    "Organisasi",
    "Yayasan",
    "Ikatan",
    "Asosiasi",
    "Persatuan",
    "Perhimpunan",
    "Serikat",
    "Koperasi",
    "Perusahaan",
    "Bank",
    "Bursa",
    "Pusat",
    "Institut",
    "Universitas",
    "Sekolah",
    "Akademi",
    "Rumah",
    "Sakit",
    "Puskesmas",
    "Posko",
    "Museum",
    "Perpustakaan",
    "Masjid",
    "Gereja",
    "Pura",
    "Keraton",
    "Istana",
    "Stadion",
    "Bandara",
    "Bandar",
    "Udara",
    "Pelabuhan",
    "Stasiun",
    "Terminal",
    "Hotel",
    "Pasar",
    "Pabrik",
    "Kedutaan",
    "Konsulat",
    "Pemerintah",
    "Pemilihan",
    "Pengawas",
    "Pemilu",
    "Nasional",
    "Negara",
    "Republik",
    "Kerajaan",
    "Federasi",
    "Uni",
    "Perserikatan",
    "Bangsa",
    "Keamanan",
    "Kesehatan",
    "Pendidikan",
    "Keuangan",
    "Perhubungan",
    "Pertanian",
    "Perdagangan",
    "Perindustrian",
    "Pertahanan",
    "Luar",
    "Dalam",
    "Negeri",
    "Hukum",
    "Sosial",
    "Agama",
    "Lingkungan",
    "Hidup",
    "Kehutanan",
    "Energi",
    "Kajian",
    "Ekonomi",
    "Statistik",
    "Penanggulangan",
    "Bencana",
    "Daerah",
    "Meteorologi",
    "Klimatologi",
    "Geofisika",
    "Gempa",
    "Bumi",
    "Tsunami",
    "Kereta",
    "Api",
    "Indonesia",
    "Pengelola",
    "Petani",
    "Rakyat",
    "Perwakilan",
    "Permusyawaratan",
    "Konstitusi",
    "Pemberantasan",
    "Korupsi",
    "Tindak",
    "Pidana",
    "Informasi",
    "Hari",
    "Buruh",
    "Wartawan",
    "Guru",
    "Dokter",
    // places: the kind, not the name
    "Provinsi",
    "Kabupaten",
    "Kota",
    "Kecamatan",
    "Kelurahan",
    "Desa",
    "Dusun",
    "Kampung",
    "Jalan",
    "Jl",
    "Gang",
    "Sungai",
    "Danau",
    "Laut",
    "Selat",
    "Teluk",
    "Pulau",
    "Kepulauan",
    "Gunung",
    "Bukit",
    "Pantai",
    "Tanjung",
    "Waduk",
    "Bendungan",
    "Jembatan",
    "Tol",
    "Gedung",
    "Lapangan",
    "Taman",
    "Hutan",
    "Utara",
    "Selatan",
    "Barat",
    "Timur",
    "Tengah",
    "Tenggara",
    "Daya",
    "Raya",
    "Ibu",
    "Wilayah",
    "Kawasan",
    "Zona",
    // times and feasts
    "Senin",
    "Selasa",
    "Rabu",
    "Kamis",
    "Jumat",
    "Jum'at",
    "Jum’at",
    "Sabtu",
    "Minggu",
    "Ahad",
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
    "Lebaran",
    "Idul",
    "Fitri",
    "Adha",
    "Ramadan",
    "Natal",
    "Nyepi",
    "Waisak",
    "Imlek",
    "Kemerdekaan",
    "Waktu",
    // languages, peoples, religions used as adjectives
    "Inggris",
    "Arab",
    "Jepang",
    "China",
    "Tionghoa",
    "Belanda",
    "Jerman",
    "Prancis",
    "Rusia",
    "Spanyol",
    "Portugis",
    "Italia",
    "Korea",
    "Amerika",
    "Eropa",
    "Asia",
    "Afrika",
    "Australia",
    "Jawa",
    "Sunda",
    "Batak",
    "Minang",
    "Bugis",
    "Islam",
    "Kristen",
    "Katolik",
    "Hindu",
    "Buddha",
    "Konghucu",
    "Latin",
    "Muslim",
    "Allah",
    "Tuhan",
    "Indonesian",
    // things that are written with capitals
    "Undang",
    "Peraturan",
    "Keputusan",
    "Pasal",
    "Ayat",
    "Nomor",
    "No",
    "Piala",
    "Liga",
    "Dunia",
    "Olimpiade",
    "Final",
    "Indeks",
    "Harga",
    "Saham",
    "Gabungan",
    "Rp",
    "Catatan",
    "Redaksi",
    "Foto",
    "Anda",
    // kinds of things, and numbers, inside longer names
    "Badai",
    "Topan",
    "Siklon",
    "Tropis",
    "Perang",
    "Kuil",
    "Candi",
    "Segitiga",
    "Samudra",
    "Samudera",
    "Terumbu",
    "Karang",
    "Tuan",
    "Nyonya",
    "Nona",
    "Revolusi",
    "Perjanjian",
    "Konferensi",
    "Festival",
    "Kejuaraan",
    "Turnamen",
    "Klub",
    "Abad",
    "Dinasti",
    "Kekaisaran",
    "Kesultanan",
    "Kuno",
    "Suci",
    "Kecil",
    "Pertama",
    "Kedua",
    "Ketiga",
    "Keempat",
    "Satu",
    "Dua",
    "Tiga",
    "Empat",
    "Lima",
    "Enam",
    "Tujuh",
    "Delapan",
    "Sembilan",
    "Sepuluh",
    "Puluh",
    "Belas",
    "Ratus",
    "Ribu",
    "Tahun",
    "Bulan",
    "Matahari",
    "Planet",
    "Galaksi",
    "Utusan",
    "Khusus",
    "Dana",
    "Moneter",
    "Internasional",
    "Pembangunan",
    "Program",
    "Proyek",
    "Operasi",
    "Misi",
    "Gerakan",
    "Pasukan",
    "Parlemen",
    "Kongres",
    "Senat",
    "Kabinet",
    "Deklarasi",
    "Resolusi",
    "Piagam",
    "Konvensi",
    "Protokol",
    "Hak",
    "Asasi",
    "Manusia",
    "Sidang",
    "Tinggi",
    "Muda",
    "Madya",
    "Kapal",
    "Pesawat",
    "Truk",
    "Mobil",
    "Menara",
    "Benteng",
    "Katedral",
    "Vihara",
    "Pesantren",
    "Kampus",
    "Fakultas",
    "Jurnal",
    "Majalah",
    "Harian",
    "Televisi",
    "Radio",
    "Cagar",
    "Alam",
    "Kebun",
    "Binatang",
    "Terjun",
    "Lembah",
    "Gurun",
    "Semenanjung",
    "Benua",
    "Kutub",
    "Khatulistiwa",
    "Sirkuit",
    "Medali",
    "Perlombaan",
    "Antariksa",
    "Zaman",
    "Era",
    "Bahasa",
    "Alkitab",
    "Quran",
    "Al-Quran",
    "Injil",
    "Kitab",
    "Nabi",
    "Rasul",
    "Santo",
    "Santa",
    "Biara",
    "Kardinal",
    "Uskup",
    "Pendeta",
    "Biksu",
    "Kaisar",
    "Pangeran",
    "Putri",
    "Adipati",
};

// Sentence openers that a name may follow at once: "Menurut Bima", "Kata Andi".
constexpr std::string_view kOpeners[] = {
    "Menurut",   "Kata",    "Ujar",      "Namun",     "Tetapi",  "Sementara", "Adapun",    "Selain",   "Bagi",
    "Untuk",     "Dari",    "Di",        "Ke",        "Dengan",  "Pada",      "Setelah",   "Sebelum",  "Saat",
    "Ketika",    "Jika",    "Bila",      "Karena",    "Oleh",    "Bahkan",    "Hanya",     "Sejak",    "Hingga",
    "Sampai",    "Kini",    "Dulu",      "Para",      "Si",      "Sang",      "Warga",     "Nelayan",  "Pengamat",
    "Analis",    "Kiper",   "Gelandang", "Penyerang", "Penjaga", "Korban",    "Tersangka", "Terdakwa", "Saksi",
    "Pengacara", "Aktivis", "Penyanyi",  "Aktor",     "Aktris",  "Tokoh",     "Antara",    "Melalui",  "Lewat",
    "Atas",      "Bersama", "Tanpa",     "Begitu",    "Jadi",    "Lalu"};

const NameWords& common_words() {
  static const NameWords words = [] {
    NameWords all(std::begin(kCommonWords), std::end(kCommonWords));
    all.insert(std::begin(kOpeners), std::end(kOpeners));
    return all;
  }();
  return words;
}

// Small words inside names: "Nguyen van Tho", "Umar bin Khattab".
constexpr std::string_view kParticles[] = {"bin", "binti", "van", "von", "de", "da", "der", "al", "el", "la"};

// What a place is: before it a word of the language may well be its name ("Stasiun Gambir", "Kabupaten Batang").
constexpr std::string_view kPlaceKinds[] = {"Provinsi", "Kabupaten", "Kota",      "Kecamatan", "Kelurahan", "Desa",
                                            "Dusun",    "Kampung",   "Jalan",     "Jl",        "Gang",      "Sungai",
                                            "Danau",    "Laut",      "Selat",     "Teluk",     "Pulau",     "Gunung",
                                            "Bukit",    "Pantai",    "Tanjung",   "Waduk",     "Jembatan",  "Stasiun",
                                            "Terminal", "Bandara",   "Pelabuhan", "Stadion",   "Lapangan",  "Taman"};

// Behind these a word is a name, whatever it means ("Kecamatan Bukit"), but for the kinds of villages.
constexpr std::string_view kDistricts[] = {"Kabupaten", "Kecamatan", "Kelurahan", "Desa", "Dusun", "Distrik", "Nagari"};
constexpr std::string_view kKindsOfVillages[] = {"Wisata", "Adat", "Budaya", "Persiapan", "Setempat"};

// Small words behind which a name of a place comes: "di Kelapa Gading".
constexpr std::string_view kWhere[] = {"di", "ke", "dari", "menuju", "asal", "sekitar", "kawasan", "daerah"};

// Also said twice: "Undang-Undang".
bool is_common(const Word& word) {
  const std::string_view text = word.text;
  const size_t hyphen = text.find('-');
  const bool doubled = hyphen != std::string_view::npos && text.substr(0, hyphen) == text.substr(hyphen + 1);
  return common_words().contains(doubled ? text.substr(0, hyphen) : text);
}

// "al-Zaidi" too: the article of an Arabic name is often small.
bool begins_a_name(const Word& word) {
  static constexpr std::string_view kArticles[] = {"al-", "el-", "an-", "ar-", "as-", "at-", "ad-", "ash-", "asy-"};
  return word.capital || std::any_of(std::begin(kArticles), std::end(kArticles), [&](std::string_view article) {
           return word.text.starts_with(article) && word.text.size() > article.size() &&
                  word.text[article.size()] >= 'A' && word.text[article.size()] <= 'Z';
         });
}

bool is_particle(const Word& word) { return is_one_of(word.text, kParticles); }

size_t count_words(const std::vector<Word>& words, Span span) {
  return static_cast<size_t>(
      std::count_if(words.begin(), words.end(), [&](const Word& word) { return span.contains(word.span); }));
}

// "Kedokteran", "Pemasyarakatan", "Imigrasi": derived as no name is.
bool is_derived(std::string_view word) {
  constexpr size_t kLong = 8;
  const bool circumfix = (word.starts_with("Pe") || word.starts_with("Ke")) && word.ends_with("an");
  return (circumfix && word.size() >= kLong) || word.ends_with("asi") || word.ends_with("isme") ||
         word.ends_with("itas");
}

// The words of a text and what tells names from words there.
struct Reader {
  const std::vector<Word>& words;
  BlockType block;
  const NameWords& known;  // what the article uses as names elsewhere
  const IsWord& is_word;

  bool is_plain(const Word& word) const { return is_word && is_word(word); }
  // A capital that shows its neighbour to be a word: "Kantor Imigrasi", "Bergizi Gratis"; "Menurut Bunga" does not.
  bool is_other_capital(size_t i) const {
    const Word& word = words[i];
    if (!word.capital || is_one_of(word.text, kPlaceKinds) || is_one_of(word.text, kOpeners)) return false;
    return is_common(word) || is_plain(word);
  }

  // "Bunga" alone may be a girl; in "Makan Bergizi Gratis" each word has words beside it. "di Kelapa Gading" is a
  // place.
  bool is_among_words(size_t i) const {
    const bool after = i > 0 && words[i].adjacent && words[i - 1].capital;
    const bool before = i + 1 < words.size() && words[i + 1].adjacent && words[i + 1].capital;
    if (!(after || before) || (after && !is_other_capital(i - 1)) || (before && !is_other_capital(i + 1))) return false;
    size_t first = i;
    while (first > 0 && words[first].adjacent && words[first - 1].capital && !is_common(words[first - 1])) --first;
    return first == 0 || !words[first].adjacent ||
           !(is_one_of(words[first - 1].text, kWhere) || is_one_of(words[first - 1].text, kPlaceKinds));
  }

  // Whether the word is part of a name here.
  bool is_name(size_t i) const {
    const Word& word = words[i];
    if (!begins_a_name(word)) return false;
    const bool district = i > 0 && word.adjacent && is_one_of(words[i - 1].text, kDistricts) && !is_headline(block);
    if (district && !is_one_of(word.text, kKindsOfVillages)) return true;
    if (is_common(word)) return false;
    if (known.contains(word.text)) return true;
    if (is_plain(word) && (is_derived(word.text) || is_among_words(i))) return false;
    return !word.sentence_start && !is_headline(block);
  }
};

}  // namespace

NameWords collect_name_words(std::span<const Segment> segments, const IsWord& is_word) {
  NameWords names;
  for (const Segment& segment : segments) {
    const std::vector<Word> words = text::words_of(decode_utf8(segment.text));
    const BlockType block = text::is_title_case(segment.text, words, is_headline(segment.block_type))
                                ? BlockType::headline
                                : segment.block_type;
    const NameWords none;
    const Reader reader{words, block, none, is_word};
    for (size_t i = 0; i < words.size(); ++i) {
      if (reader.is_name(i) && !words[i].all_capitals) names.insert(words[i].text);
    }
  }
  return names;
}

Read::Read(std::string_view of) : text(of), words(text::words_of(decode_utf8(of))) {}

std::vector<Name> find_names(const Read& read, BlockType block, const NameWords& known, const IsWord& is_word) {
  const std::vector<Word>& words = read.words;
  if (text::is_title_case(read.text, words, is_headline(block))) block = BlockType::headline;
  const Reader reader{words, block, known, is_word};
  std::vector<Name> names;
  for (size_t i = 0; i < words.size(); ++i) {
    if (words[i].all_capitals && !is_common(words[i]) && !is_headline(block)) {
      names.push_back({words[i].span, words[i].text, true});
      continue;
    }
    bool begins = reader.is_name(i);
    // "Putu Gede Ariawan" at the start of a sentence: an unknown capital before a name is its first word.
    if (!begins && words[i].capital && words[i].sentence_start && !is_common(words[i]) && i + 1 < words.size() &&
        words[i + 1].adjacent && !words[i + 1].all_capitals && reader.is_name(i + 1) && !reader.is_plain(words[i])) {
      begins = true;
    }
    if (!begins) continue;
    size_t last = i;
    for (size_t next = i + 1; next < words.size() && words[next].adjacent; ++next) {
      if (is_particle(words[next])) {
        if (next + 1 < words.size() && words[next + 1].adjacent && reader.is_name(next + 1)) continue;
        break;
      }
      if (words[next].all_capitals || !reader.is_name(next)) break;
      last = next;
    }
    const Span span{words[i].span.begin, words[last].span.end};
    names.push_back({span, std::string(slice_points(read.text, span)), false});
    i = last;
  }
  return names;
}

std::vector<Name> cut_names(const Read& read, const std::vector<Name>& names, std::span<const Span> fixed,
                            const IsWord& is_generic) {
  const std::vector<Word>& words = read.words;
  std::vector<Name> cut;
  for (const Name& name : names) {
    // The words of the name that no fixed piece has, in runs.
    std::vector<const Word*> run;
    const auto end_run = [&] {
      const bool name_word = std::any_of(run.begin(), run.end(), [](const Word* word) { return begins_a_name(*word); });
      if (name_word) {
        const Span span{run.front()->span.begin, run.back()->span.end};
        cut.push_back({span, std::string(slice_points(read.text, span)), name.acronym});
      }
      run.clear();
    };
    for (size_t i = 0; i < words.size(); ++i) {
      if (!name.span.contains(words[i].span)) continue;
      const bool held =
          std::any_of(fixed.begin(), fixed.end(), [&](Span span) { return span.overlaps(words[i].span); });
      if (held) {
        end_run();
        continue;
      }
      run.push_back(&words[i]);
      // "Rektor Universitas Paramadina Didik Rachbini": behind an office and a kind of place, the place has one word.
      const bool office = run.size() == 1 && i >= 2 && words[i].adjacent && is_generic(words[i - 1]) &&
                          words[i - 1].adjacent && is_common(words[i - 2]) && words[i - 2].capital;
      if (office && words[i].span.begin == name.span.begin && count_words(words, name.span) >= 3) end_run();
    }
    end_run();
  }
  return cut;
}

bool follows_office(const Read& read, const Name& name, const IsWord& is_title) {
  const std::vector<Word>& words = read.words;
  for (size_t i = 1; i < words.size(); ++i) {
    if (words[i].span.begin != name.span.begin) continue;
    const Word& before = words[i - 1];
    const bool office = before.capital && is_common(before) && !is_one_of(before.text, kOpeners);
    return words[i].adjacent && (office || is_title(before));
  }
  return false;
}

std::vector<Word> plain_capitals(const Read& read, const std::vector<Name>& names, const IsWord& is_word) {
  std::vector<Word> plain;
  for (const Word& word : read.words) {
    if (!word.capital || word.sentence_start || word.all_capitals || is_common(word) || !is_word(word)) continue;
    const auto holds = [&](const Name& name) { return name.span.overlaps(word.span); };
    if (std::none_of(names.begin(), names.end(), holds)) plain.push_back(word);
  }
  return plain;
}

}  // namespace kabar::translate
