#include "text/facts/currency.h"

namespace kabar::text {
namespace {

// Where one name serves two countries (dolar, rupee, franc), the longer forms decide; the bare one goes to the
// currency that an Indonesian newsroom means by it. Names that are rather something else after a number
// ("pounds" of weight, "won" a match) are missing on purpose.
constexpr Currency kCurrencies[] = {
    {"IDR", "rp.|rp|idr", "rupiah", "rupiah|rupiah|rupiahs|indonesian rupiah",
     "roupie|roupies|roupies indonésiennes|roupie indonésienne|rupiahs|rupiah", "印尼盾|印尼卢比|印度尼西亚盾|盾",
     "ルピア|インドネシアルピア|インドネシア・ルピア", "روبية|روبيات|روبية إندونيسية|روبيتين"},
    {"USD", "us$|usd|$|us $", "dolar AS|dolar Amerika Serikat|dolar Amerika|dolar|dollar",
     "US dollar|US dollars|u.s. dollar|u.s. dollars|american dollars|dollar|dollars",
     "dollar|dollars|dollars américains|dollar américain|dollars us|dollars des états-unis", "美元|美金",
     "ドル|米ドル|アメリカドル", "دولار|دولارات|دولار أمريكي|دولار أميركي|دولارا|دولارا أمريكيا|دولارين"},
    {"EUR", "€|eur", "euro", "euro|euros", "euro|euros", "欧元", "ユーロ", "يورو|يورو"},
    {"GBP", "£|gbp", "pound sterling|poundsterling", "pound sterling|pounds sterling|british pounds",
     "livre sterling|livres sterling", "英镑", "英ポンド|スターリングポンド",
     "جنيه إسترليني|جنيهات إسترلينية|جنيها إسترلينيا"},
    {"JPY", "¥|jpy", "yen", "yen|yen", "yen|yens", "日元", "円", "ين|ينات"},
    {"CNY", "cny|rmb", "yuan|renminbi", "yuan|yuan|renminbi", "yuan|yuans", "元|人民币|元人民币", "元|人民元",
     "يوان|يوانات"},
    {"SGD", "s$|sgd", "dolar Singapura", "Singapore dollar|Singapore dollars",
     "dollar de Singapour|dollars de Singapour|dollars singapouriens", "新加坡元|新元",
     "シンガポールドル|シンガポール・ドル", "دولار سنغافوري|دولارات سنغافورية"},
    {"AUD", "a$|aud", "dolar Australia", "Australian dollar|Australian dollars",
     "dollar australien|dollars australiens", "澳元|澳大利亚元", "豪ドル|オーストラリアドル",
     "دولار أسترالي|دولارات أسترالية"},
    {"CAD", "c$|cad", "dolar Kanada", "Canadian dollar|Canadian dollars", "dollar canadien|dollars canadiens", "加元",
     "カナダドル", "دولار كندي|دولارات كندية"},
    {"NZD", "nz$|nzd", "dolar Selandia Baru", "New Zealand dollar|New Zealand dollars",
     "dollar néo-zélandais|dollars néo-zélandais", "新西兰元|纽元", "ニュージーランドドル|ＮＺドル",
     "دولار نيوزيلندي|دولارات نيوزيلندية"},
    {"HKD", "hk$|hkd", "dolar Hong Kong", "Hong Kong dollar|Hong Kong dollars",
     "dollar de Hong Kong|dollars de Hong Kong", "港元|港币", "香港ドル", "دولار هونغ كونغ|دولارات هونغ كونغ"},
    {"TWD", "nt$|twd", "dolar Taiwan", "Taiwan dollar|Taiwan dollars", "dollar de Taïwan|dollars de Taïwan", "新台币",
     "台湾ドル", "دولار تايواني|دولارات تايوانية"},
    {"MYR", "rm|myr", "ringgit|ringgit Malaysia", "ringgit|ringgit", "ringgit|ringgits", "林吉特|令吉|马币",
     "リンギット|リンギ", "رينغيت|رينغيت"},
    {"THB", "฿|thb", "baht", "baht|baht", "baht|bahts", "泰铢", "バーツ", "بات تايلاندي|بات تايلاندي"},
    {"PHP", "₱|php", "peso Filipina|peso", "Philippine peso|Philippine pesos|pesos|peso",
     "peso philippin|pesos philippins|pesos", "菲律宾比索|比索", "フィリピンペソ|ペソ", "بيزو فلبيني|بيزو فلبيني|بيزو"},
    {"VND", "₫|vnd", "dong", "dong|dong", "dong|dongs", "越南盾", "ドン", "دونغ|دونغ"},
    {"INR", "₹|inr", "rupee|rupee India|rupe", "rupee|rupees|indian rupees", "roupie indienne|roupies indiennes",
     "印度卢比|卢比", "ルピー|インドルピー", "روبية هندية|روبيات هندية"},
    {"KRW", "₩|krw", "won|won Korea", "South Korean won|South Korean won|korean won", "won|wons", "韩元", "ウォン",
     "وون|وون"},
    {"SAR", "sar", "riyal|riyal Saudi|riyal Arab Saudi", "riyal|riyals|saudi riyals", "riyal|riyals|riyals saoudiens",
     "里亚尔|沙特里亚尔", "リヤル|サウジリヤル", "ريال|ريالات|ريال سعودي|ريالا"},
    {"AED", "aed", "dirham", "dirham|dirhams", "dirham|dirhams", "迪拉姆", "ディルハム", "درهم|دراهم|درهما"},
    {"KWD", "kwd", "dinar Kuwait", "Kuwaiti dinar|Kuwaiti dinars", "dinar koweïtien|dinars koweïtiens", "科威特第纳尔",
     "クウェートディナール", "دينار كويتي|دنانير كويتية"},
    {"EGP", "egp", "pound Mesir", "Egyptian pound|Egyptian pounds", "livre égyptienne|livres égyptiennes", "埃及镑",
     "エジプトポンド", "جنيه مصري|جنيهات مصرية|جنيه|جنيهات|جنيها"},
    {"IRR", "irr", "rial Iran|rial", "rial|rials", "rial|rials", "伊朗里亚尔", "イランリアル|リアル",
     "ريال إيراني|ريالات إيرانية"},
    {"CHF", "chf", "franc Swiss", "Swiss franc|Swiss francs", "franc suisse|francs suisses", "瑞士法郎", "スイスフラン",
     "فرنك سويسري|فرنكات سويسرية"},
    {"RUB", "₽|rub", "rubel|rubel Rusia", "ruble|rubles|rouble|roubles", "rouble|roubles", "卢布", "ルーブル",
     "روبل|روبلات"},
    {"TRY", "₺|try", "lira Turki|lira", "Turkish lira|Turkish lira|lira", "livre turque|livres turques",
     "土耳其里拉|里拉", "トルコリラ|リラ", "ليرة تركية|ليرات تركية|ليرة|ليرات"},
    {"BRL", "r$|brl", "real Brasil", "Brazilian real|Brazilian reais", "real brésilien|reals brésiliens",
     "巴西雷亚尔|雷亚尔", "レアル", "ريال برازيلي|ريالات برازيلية"},
    {"ZAR", "zar", "rand", "rand|rand", "rand|rands", "兰特", "ランド", "راند|راند"},
    {"SEK", "sek", "krona Swedia", "Swedish krona|Swedish kronor", "couronne suédoise|couronnes suédoises", "瑞典克朗",
     "スウェーデンクローナ", "كرونة سويدية|كرونات سويدية"},
    {"PKR", "pkr", "rupee Pakistan", "Pakistani rupee|Pakistani rupees", "roupie pakistanaise|roupies pakistanaises",
     "巴基斯坦卢比", "パキスタンルピー", "روبية باكستانية|روبيات باكستانية"},
    {"BDT", "bdt", "taka", "taka|taka", "taka|takas", "塔卡", "タカ", "تاكا|تاكا"},
};

}  // namespace

std::span<const Currency> currencies() { return kCurrencies; }

const Currency* find_currency(std::string_view code) {
  for (const Currency& currency : kCurrencies) {
    if (currency.code == code) return &currency;
  }
  return nullptr;
}

std::string_view currency_forms(const Currency& currency, Language language) {
  if (language == Language::id) return currency.id;
  if (language == Language::en) return currency.en;
  if (language == Language::fr) return currency.fr;
  if (language == Language::zh) return currency.zh;
  if (language == Language::ja) return currency.ja;
  if (language == Language::ar) return currency.ar;
  return {};
}

std::vector<Words> currency_words(Language language) {
  std::vector<Words> words;
  for (const Currency& currency : kCurrencies) {
    words.push_back({currency.signs, Sense::currency_sign, 0, currency.code});
    // Codes and signs also follow the value: "500 USD", "12 €".
    words.push_back({currency.signs, Sense::currency, 0, currency.code});
    const std::string_view names = currency_forms(currency, language);
    if (!names.empty()) words.push_back({names, Sense::currency, 0, currency.code});
  }
  return words;
}

}  // namespace kabar::text
