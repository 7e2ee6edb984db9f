#include "checks/messages.h"

#include <algorithm>

#include "base/result.h"

namespace kabar::checks {
namespace {

struct Message {
  std::string_view key;
  std::string_view id, en, fr, zh, ja, ar;
};

// The French texts hold no-break spaces (U+00A0) inside « » and before : ; ? !
constexpr Message kMessages[] = {
    {"language.empty", "Terjemahan kosong.", "The translation is empty.", "La traduction est vide.", "译文为空。",
     "訳文が空です。", "الترجمة فارغة."},
    {"language.script", "Terjemahan tidak ditulis dalam aksara bahasa tujuan.",
     "The translation is not written in the script of its language.",
     "La traduction n’est pas dans l’écriture de sa langue.", "译文没有使用目标语言的文字。",
     "訳文が翻訳先の言語の文字で書かれていません。", "الترجمة غير مكتوبة بحروف لغتها."},
    {"language.wrong", "Terjemahan tampaknya dalam bahasa lain ({0}).",
     "The translation seems to be in another language ({0}).", "La traduction semble être dans une autre langue ({0}).",
     "译文似乎是另一种语言（{0}）。", "訳文は別の言語（{0}）のようです。", "يبدو أن الترجمة بلغة أخرى ({0})."},
    {"leftover.words", "Kata sumber tertinggal: «{0}».", "Source words were left untranslated: “{0}”.",
     "Mots de l’original laissés tels quels : « {0} ».", "原文中的“{0}”未翻译。",
     "原文の「{0}」が訳されずに残っています。", "بقيت كلمات من الأصل بلا ترجمة: «{0}»."},
    {"leftover.copy", "Terjemahan sama dengan sumbernya.", "The translation is the source itself.",
     "La traduction reproduit l’original tel quel.", "译文与原文完全相同。", "訳文が原文のままです。",
     "الترجمة هي النص الأصلي نفسه."},
    {"repetition.loop", "«{0}» berulang-ulang dalam terjemahan.", "“{0}” is said again and again in the translation.",
     "« {0} » se répète dans la traduction.", "译文中“{0}”重复出现。", "訳文で「{0}」が繰り返されています。",
     "تتكرر عبارة «{0}» في الترجمة."},
    {"garbled.word", "«{0}» bukan kata dalam bahasa ini.", "“{0}” is no word of this language.",
     "« {0} » n’est pas un mot de cette langue.", "“{0}”不是这种语言里的词。",
     "「{0}」という語はこの言語にありません。", "«{0}» ليست كلمة في هذه اللغة."},
    {"garbled.unknown", "«{0}» tidak ada dalam daftar kata; mungkin bukan kata.",
     "“{0}” stands in no list of words; it may be none.",
     "« {0} » ne figure dans aucune liste de mots ; ce n’est peut-être pas un mot.", "词表中查不到“{0}”，可能不是词。",
     "「{0}」は語のリストにありません。存在しない語かもしれません。",
     "«{0}» غير موجودة في قوائم الكلمات، وقد لا تكون كلمة."},
    {"garbled.marks", "Terjemahan memuat tanda atau jarak yang rusak.", "The translation holds broken marks or gaps.",
     "La traduction contient des signes ou des espacements défectueux.", "译文中有乱码或异常空格。",
     "訳文に文字化けや不自然な空白があります。", "في الترجمة رموز أو مسافات مشوّهة."},
    {"placeholder.leak", "Tanda pengganti «{0}» tertinggal dalam terjemahan.",
     "The placeholder “{0}” was left in the translation.",
     "Le code de remplacement « {0} » est resté dans la traduction.", "占位符“{0}”残留在译文中。",
     "差し込み用の記号「{0}」が訳文に残っています。", "بقي الرمز المؤقت «{0}» في الترجمة."},
    {"fact.changed", "Sumber menulis «{0}», terjemahan «{1}».", "The source says “{0}”, the translation “{1}”.",
     "L’original dit « {0} », la traduction « {1} ».", "原文是“{0}”，译文是“{1}”。",
     "原文は「{0}」、訳文は「{1}」です。", "في الأصل «{0}»، وفي الترجمة «{1}»."},
    {"fact.lost", "«{0}» tidak ada dalam terjemahan.", "“{0}” is missing in the translation.",
     "« {0} » manque dans la traduction.", "译文中缺少“{0}”。", "「{0}」が訳文にありません。",
     "لا وجود لـ«{0}» في الترجمة."},
    {"fact.added", "«{0}» tidak ada dalam sumber.", "“{0}” is not in the source.", "« {0} » n’est pas dans l’original.",
     "原文中没有“{0}”。", "「{0}」は原文にありません。", "لا وجود لـ«{0}» في الأصل."},
    {"weekday.changed", "Hari berbeda: «{0}» menjadi «{1}».", "The weekday differs: “{0}” became “{1}”.",
     "Le jour de la semaine diffère : « {0} » est devenu « {1} ».", "星期不一致：“{0}”变成了“{1}”。",
     "曜日が違います。「{0}」が「{1}」になっています。", "تغيّر اليوم من «{0}» إلى «{1}»."},
    {"weekday.calendar", "Hari dan tanggal «{0}» tidak cocok menurut kalender, juga dalam sumber.",
     "The weekday of “{0}” does not fit the calendar, in the source as well.",
     "Le jour et la date de « {0} » ne concordent pas, dans l’original non plus.",
     "“{0}”的星期与日期对不上，原文也是如此。", "「{0}」の曜日と日付が暦と合いません（原文も同じ）。",
     "اليوم والتاريخ في «{0}» لا يتطابقان بحسب التقويم، وكذلك في الأصل."},
    {"time.zone", "Zona waktu berbeda: «{0}» menjadi «{1}».", "The time zone differs: “{0}” became “{1}”.",
     "Le fuseau horaire diffère : « {0} » est devenu « {1} ».", "时区不一致：“{0}”变成了“{1}”。",
     "タイムゾーンが違います。「{0}」が「{1}」になっています。", "تغيّرت المنطقة الزمنية من «{0}» إلى «{1}»."},
    {"unit.changed", "Satuan berbeda: «{0}» menjadi «{1}».", "The unit differs: “{0}” became “{1}”.",
     "L’unité diffère : « {0} » est devenu « {1} ».", "单位不一致：“{0}”变成了“{1}”。",
     "単位が違います。「{0}」が「{1}」になっています。", "تغيّرت الوحدة من «{0}» إلى «{1}»."},
    {"concept.lost", "Sumber menulis «{0}»; maknanya tidak ada dalam terjemahan.",
     "The source says “{0}”; the translation lacks its meaning.",
     "L’original dit « {0} » ; la traduction ne rend pas ce sens.", "原文说“{0}”，译文没有译出这层意思。",
     "原文の「{0}」の意味が訳文に出ていません。", "في الأصل «{0}»، وهذا المعنى غائب عن الترجمة."},
    {"concept.added", "Terjemahan menulis «{0}»; sumber tidak menyatakannya.",
     "The translation says “{0}”; the source does not.", "La traduction dit « {0} » ; l’original ne le dit pas.",
     "译文说“{0}”，原文没有这层意思。", "訳文に「{0}」とありますが、原文はそう述べていません。",
     "في الترجمة «{0}»، والأصل لا يقول ذلك."},
    {"concept.opposite", "Makna terbalik: «{0}» menjadi «{1}».", "The meaning is turned round: “{0}” became “{1}”.",
     "Le sens est inversé : « {0} » est devenu « {1} ».", "意思相反：“{0}”变成了“{1}”。",
     "意味が逆です。「{0}」が「{1}」になっています。", "انقلب المعنى من «{0}» إلى «{1}»."},
    {"roles.turned", "Pelaku dan sasaran tampaknya tertukar: «{0}» berbuat terhadap «{1}».",
     "Who acts seems to be exchanged: “{0}” acts on “{1}”.",
     "Les rôles semblent inversés : dans l’original, « {0} » agit sur « {1} ».",
     "主动与被动似乎颠倒：原文是“{0}”对“{1}”做的。",
     "する側とされる側が逆のようです。原文では「{0}」が「{1}」に対して行っています。",
     "يبدو أن الفاعل والمفعول انعكسا: الفعل في الأصل من «{0}» تجاه «{1}»."},
    {"direction.turned", "Arah tampaknya terbalik: dari «{0}» ke «{1}».",
     "From and to seem to be exchanged: from “{0}” to “{1}”.",
     "La direction semble inversée : dans l’original, de « {0} » à « {1} ».", "方向似乎颠倒：原文是从“{0}”到“{1}”。",
     "向きが逆のようです。原文では「{0}」から「{1}」へです。",
     "يبدو أن الاتجاه انعكس: هو في الأصل من «{0}» إلى «{1}»."},
    {"negation.lost", "Penyangkalan «{0}» hilang dalam terjemahan.", "The denial “{0}” is lost in the translation.",
     "La négation « {0} » a disparu dans la traduction.", "译文漏掉了否定“{0}”。",
     "否定の「{0}」が訳文で抜けています。", "سقط النفي «{0}» من الترجمة."},
    {"negation.added", "Terjemahan menyangkal («{0}»), sumber tidak.",
     "The translation denies (“{0}”), the source does not.",
     "La traduction est négative (« {0} »), l’original ne l’est pas.", "译文有否定（“{0}”），原文没有。",
     "訳文は否定（「{0}」）ですが、原文は違います。", "في الترجمة نفي («{0}») لا وجود له في الأصل."},
    {"negation.count", "Jumlah penyangkalan berbeda: periksa «{0}».", "The number of denials differs: see “{0}”.",
     "Le nombre de négations diffère : vérifiez « {0} ».", "否定的数量不一致：请核对“{0}”。",
     "否定の数が違います。「{0}」を確認してください。", "عدد مرات النفي مختلف: راجع «{0}»."},
    {"loaded.added", "Kata peka «{0}» tidak ada padanannya dalam sumber.",
     "The loaded word “{0}” has no counterpart in the source.",
     "Le mot connoté « {0} » n’a pas d’équivalent dans l’original.", "带有倾向的用词“{0}”在原文中没有对应。",
     "価値判断を含む語「{0}」に当たる語が原文にありません。", "كلمة «{0}» غير محايدة، ولا مقابل لها في الأصل."},
    {"nation.added", "Negara atau bangsa «{0}» tidak disebut dalam sumber.", "The source does not mention “{0}”.",
     "Le pays ou le peuple « {0} » n’est pas mentionné dans l’original.", "原文没有提到“{0}”这个国家或民族。",
     "「{0}」という国や国民は原文に出てきません。", "البلد أو الشعب «{0}» غير مذكور في الأصل."},
    {"nation.changed", "Negara berbeda: «{0}» menjadi «{1}».", "The country differs: “{0}” became “{1}”.",
     "Le pays diffère : « {0} » est devenu « {1} ».", "国家不一致：“{0}”变成了“{1}”。",
     "国が違います。「{0}」が「{1}」になっています。", "تغيّر البلد من «{0}» إلى «{1}»."},
    {"nation.lost", "«{0}» tidak ada dalam terjemahan.", "“{0}” is missing in the translation.",
     "« {0} » manque dans la traduction.", "译文中缺少“{0}”。", "「{0}」が訳文にありません。",
     "لا وجود لـ«{0}» في الترجمة."},
    {"agency.added", "Sumber tidak menyebut «{0}»; kantor berita tidak boleh ditambahkan.",
     "The source does not name “{0}”; no agency may be added.",
     "L’original ne cite pas « {0} » ; il ne faut ajouter aucune agence.", "原文没有提到“{0}”；不得自行添加通讯社。",
     "原文に「{0}」の名はありません。通信社名を加えてはいけません。",
     "لم يذكر الأصل «{0}»، ولا تجوز إضافة وكالة أنباء."},
    {"agency.lost", "Sumber menyebut «{0}»; terjemahan tidak.", "The source names “{0}”; the translation does not.",
     "L’original cite « {0} » ; pas la traduction.", "原文提到“{0}”，译文没有。",
     "原文にある「{0}」の名が訳文にありません。", "ذكر الأصل «{0}»، ولم تذكرها الترجمة."},
    {"institution.changed", "Lembaga berbeda: «{0}» menjadi «{1}».", "The institution differs: “{0}” became “{1}”.",
     "L’institution diffère : « {0} » est devenu « {1} ».", "机构不一致：“{0}”变成了“{1}”。",
     "機関が違います。「{0}」が「{1}」になっています。", "تغيّرت المؤسسة من «{0}» إلى «{1}»."},
    {"institution.added", "Lembaga «{0}» tidak disebut dalam sumber.",
     "The source does not mention the institution “{0}”.",
     "L’institution « {0} » n’est pas mentionnée dans l’original.", "原文没有提到“{0}”这一机构。",
     "「{0}」という機関は原文に出てきません。", "المؤسسة «{0}» غير مذكورة في الأصل."},
    {"term.wrong", "«{0}» tidak boleh diterjemahkan «{1}».", "“{0}” must not be rendered “{1}”.",
     "« {0} » ne se traduit pas par « {1} ».", "“{0}”不能译作“{1}”。", "「{0}」を「{1}」と訳してはいけません。",
     "لا تصح ترجمة «{0}» إلى «{1}»."},
    {"term.missing", "«{0}» seharusnya diterjemahkan «{1}».", "“{0}” should be rendered “{1}”.",
     "« {0} » devrait se traduire par « {1} ».", "“{0}”应译作“{1}”。", "「{0}」は「{1}」と訳してください。",
     "ينبغي أن تُترجم «{0}» إلى «{1}»."},
    {"sense.wrong", "«{0}» di sini tidak berarti «{1}».", "“{0}” does not mean “{1}” here.",
     "Ici, « {0} » ne veut pas dire « {1} ».", "这里的“{0}”不是“{1}”的意思。",
     "ここでの「{0}」は「{1}」の意味ではありません。", "«{0}» هنا لا تعني «{1}»."},
    {"idiom.literal", "Ungkapan «{0}» diterjemahkan kata demi kata: «{1}».",
     "The idiom “{0}” is rendered word by word: “{1}”.", "L’expression « {0} » est traduite mot à mot : « {1} ».",
     "习语“{0}”被逐字直译成“{1}”。", "慣用句「{0}」が「{1}」と直訳されています。",
     "تُرجم التعبير «{0}» كلمة بكلمة: «{1}»."},
    {"compound.literal", "«{0}» tampaknya diterjemahkan kata demi kata: «{1}».",
     "“{0}” seems to be rendered word by word: “{1}”.", "« {0} » semble traduit mot à mot : « {1} ».",
     "“{0}”似乎被逐字直译成“{1}”。", "「{0}」が「{1}」と直訳されているようです。",
     "يبدو أن «{0}» تُرجمت كلمة بكلمة: «{1}»."},
    {"kind.changed", "«{0}» menjadi «{1}»: benda lain dari jenis yang sama.",
     "“{0}” became “{1}”: another thing of the same kind.", "« {0} » est devenu « {1} » : autre chose du même genre.",
     "“{0}”变成了“{1}”：同类，但不是一回事。", "「{0}」が「{1}」になっています。同じ種類の別のものです。",
     "تغيّر «{0}» إلى «{1}»: شيء آخر من النوع نفسه."},
    {"name.lost", "Nama «{0}» tidak ada dalam terjemahan.", "The name “{0}” is missing in the translation.",
     "Le nom « {0} » manque dans la traduction.", "译文中缺少专名“{0}”。", "名前「{0}」が訳文にありません。",
     "الاسم «{0}» غير موجود في الترجمة."},
    {"name.changed", "Nama berubah: «{0}» menjadi «{1}».", "The name changed: “{0}” became “{1}”.",
     "Le nom a changé : « {0} » est devenu « {1} ».", "专名不一致：“{0}”变成了“{1}”。",
     "名前が違います。「{0}」が「{1}」になっています。", "تغيّر الاسم من «{0}» إلى «{1}»."},
    {"name.added", "Nama «{0}» tidak ada dalam sumber.", "The name “{0}” is not in the source.",
     "Le nom « {0} » n’est pas dans l’original.", "原文中没有专名“{0}”。", "名前「{0}」は原文にありません。",
     "الاسم «{0}» غير موجود في الأصل."},
    {"pronoun.gender", "«{1}» tidak cocok dengan {0}.", "“{1}” does not fit {0}.",
     "Le pronom « {1} » ne convient pas à « {0} ».", "“{1}”与“{0}”的性别不符。", "「{1}」は「{0}」の性別と合いません。",
     "الضمير «{1}» لا يناسب «{0}»."},
    {"quote.count", "Jumlah kutipan berbeda: {0} dalam sumber, {1} dalam terjemahan.",
     "The number of quotations differs: {0} in the source, {1} in the translation.",
     "Le nombre de citations diffère : {0} dans l’original, {1} dans la traduction.",
     "引语数量不一致：原文{0}处，译文{1}处。", "引用の数が違います。原文は{0}か所、訳文は{1}か所です。",
     "عدد الاقتباسات مختلف: {0} في الأصل، و{1} في الترجمة."},
    {"quote.speaker", "Kutipan di sumber milik «{0}», di terjemahan milik «{1}».",
     "The quotation is by “{0}” in the source, by “{1}” in the translation.",
     "La citation est de « {0} » dans l’original, de « {1} » dans la traduction.",
     "这句引语在原文中出自“{0}”，在译文中出自“{1}”。", "引用の話し手が、原文では「{0}」、訳文では「{1}」です。",
     "الاقتباس في الأصل لـ«{0}»، وفي الترجمة لـ«{1}»."},
    {"quote.unbalanced", "Tanda kutip tidak berpasangan.", "A quotation mark has no partner.",
     "Il manque un guillemet ouvrant ou fermant.", "引号不成对。", "引用符が対になっていません。",
     "علامة تنصيص ناقصة في أول الاقتباس أو آخره."},
    {"markup.lost", "Tanda «{0}» hilang dalam terjemahan.", "The mark “{0}” is lost in the translation.",
     "La balise « {0} » a disparu dans la traduction.", "译文中缺少标记“{0}”。", "タグ「{0}」が訳文で抜けています。",
     "سقط الوسم «{0}» من الترجمة."},
    {"markup.added", "Tanda «{0}» tidak ada dalam sumber.", "The mark “{0}” is not in the source.",
     "La balise « {0} » n’est pas dans l’original.", "原文中没有标记“{0}”。", "タグ「{0}」は原文にありません。",
     "الوسم «{0}» غير موجود في الأصل."},
    {"omission.short", "Terjemahan jauh lebih pendek daripada biasanya.", "The translation is much shorter than usual.",
     "La traduction est bien plus courte que d’habitude.", "译文比通常短得多。",
     "訳文が普段よりかなり短くなっています。", "الترجمة أقصر بكثير من المعتاد."},
    {"omission.gap", "Bagian «{0}» tampaknya tidak diterjemahkan.", "“{0}” seems not to be translated.",
     "Le passage « {0} » ne semble pas traduit.", "“{0}”这部分似乎没有译出。",
     "「{0}」の部分が訳されていないようです。", "يبدو أن المقطع «{0}» لم يُترجم."},
    {"omission.words", "Kata yang tampaknya hilang atau salah diterjemahkan: {0}.",
     "Words that seem to be lost or mistranslated: {0}.", "Mots qui semblent oubliés ou mal traduits : {0}.",
     "可能漏译或误译的词：{0}。", "訳し漏れか誤訳と思われる語：{0}。", "كلمات يبدو أنها سقطت أو أُسيئت ترجمتها: {0}."},
    {"addition.long", "Terjemahan jauh lebih panjang daripada biasanya.", "The translation is much longer than usual.",
     "La traduction est bien plus longue que d’habitude.", "译文比通常长得多。",
     "訳文が普段よりかなり長くなっています。", "الترجمة أطول بكثير من المعتاد."},
    {"typography.mark", "«{0}» bukan tanda baca bahasa ini; pakai «{1}».",
     "“{0}” is not how this language is set; use “{1}”.",
     "« {0} » ne suit pas l’usage de cette langue ; mettez « {1} ».", "“{0}”不合这种语言的标点用法，请用“{1}”。",
     "「{0}」はこの言語の表記に合いません。「{1}」を使ってください。", "«{0}» ليست من علامات هذه اللغة، استعمل «{1}»."},
    {"consistency.two", "«{0}» diterjemahkan dengan dua cara: «{1}».", "“{0}” is rendered in two ways: “{1}”.",
     "« {0} » est traduit de deux façons : « {1} ».", "“{0}”有两种译法：“{1}”。",
     "「{0}」の訳が二通りあります：「{1}」。", "تُرجمت «{0}» بطريقتين: «{1}»."},
    {"sibling.outlier", "Versi ini berbeda dari versi lain: «{0}».", "This version differs from the others: “{0}”.",
     "Cette version diffère des autres : « {0} ».", "此版本与其他版本不一致：“{0}”。",
     "この版はほかの版と違います：「{0}」。", "هذه النسخة تختلف عن النسخ الأخرى: «{0}»."},
    {"sibling.lacks", "Versi lain menyebut «{0}», versi ini tidak.", "The others say “{0}”, this version does not.",
     "Les autres versions disent « {0} », pas celle-ci.", "其他版本提到“{0}”，此版本没有。",
     "ほかの版にある「{0}」が、この版にはありません。", "تذكر النسخ الأخرى «{0}»، بخلاف هذه النسخة."},
    {"lint.weekday", "{0} bukan hari {1}.", "{0} is not a {1}.", "« {0} » ne tombe pas un « {1} ».",
     "“{0}”不是“{1}”（星期有误）。", "「{0}」の曜日は「{1}」ではありません。", "«{0}» لا يوافق يوم «{1}»."},
    {"lint.sum", "Bagian-bagiannya berjumlah {1}, bukan {0}.", "The parts add up to {1}, not {0}.",
     "Le total des parties est {1}, et non {0}.", "各部分合计为{1}，不是{0}。",
     "内訳の合計は{1}で、{0}ではありません。", "مجموع الأجزاء {1}، وليس {0}."},
    {"lint.percent", "Persentase berjumlah {0}.", "The percentages add up to {0}.",
     "Le total des pourcentages est de {0}.", "百分比合计为{0}。", "割合の合計が{0}になります。",
     "مجموع النسب المئوية {0}."},
    {"lint.spelling", "«{0}» mudah disalahpahami mesin; maksudnya «{1}»?", "Machines misread “{0}”; is “{1}” meant?",
     "Les machines comprennent mal « {0} » ; faut-il lire « {1} » ?", "机器容易误解“{0}”；是指“{1}”吗？",
     "「{0}」は機械が誤解しやすい語です。「{1}」の意味ですか？", "قد تسيء الآلة فهم «{0}»، فهل المقصود «{1}»؟"},
    {"lint.two-values", "«{0}» dan «{1}» dalam satu artikel: mana yang benar?",
     "“{0}” and “{1}” in one article: which is right?", "« {0} » et « {1} » dans le même article : lequel est juste ?",
     "同一篇文章里有“{0}”也有“{1}”：哪个对？", "一つの記事に「{0}」と「{1}」があります。どちらが正しいですか？",
     "«{0}» و«{1}» في خبر واحد: أيهما الصحيح؟"},
};

constexpr int count(std::string_view text, std::string_view piece) {
  int found = 0;
  for (size_t at = text.find(piece); at != text.npos; at = text.find(piece, at + piece.size())) ++found;
  return found;
}

constexpr bool says_the_same_everywhere(const Message& item) {
  for (const std::string_view text : {item.id, item.en, item.fr, item.zh, item.ja, item.ar}) {
    if (text.empty()) return false;
    for (const std::string_view piece : {"{0}", "{1}", "{"}) {
      if (count(text, piece) != count(item.id, piece)) return false;
    }
  }
  return true;
}
static_assert(std::all_of(std::begin(kMessages), std::end(kMessages), says_the_same_everywhere),
              "a text is empty, or its {0} and {1} are not those of the Indonesian one");

constexpr bool keeps_french_marks(const Message& item) {
  if (count(item.fr, "«") != count(item.fr, "«\u00A0")) return false;
  for (const std::string_view mark : {"»", ":", ";", "?", "!"}) {
    for (size_t at = item.fr.find(mark); at != item.fr.npos; at = item.fr.find(mark, at + 1)) {
      if (!item.fr.substr(0, at).ends_with("\u00A0")) return false;
    }
  }
  return true;
}
static_assert(std::all_of(std::begin(kMessages), std::end(kMessages), keeps_french_marks),
              "a French mark stands without its no-break space");

std::string_view text_in(Language language, const Message& item) {
  if (language == Language::id) return item.id;
  if (language == Language::fr) return item.fr;
  if (language == Language::zh) return item.zh;
  if (language == Language::ja) return item.ja;
  if (language == Language::ar) return item.ar;
  return item.en;
}

}  // namespace

std::string message(std::string_view key, Language editor, std::string_view first, std::string_view second) {
  const auto found =
      std::find_if(std::begin(kMessages), std::end(kMessages), [&](const Message& item) { return item.key == key; });
  KABAR_CHECK(found != std::end(kMessages));
  const std::string_view pattern = text_in(editor, *found);
  // In Arabic the isolates keep Latin words and figures in their own direction.
  const bool isolated = editor == Language::ar;
  std::string out;
  for (size_t at = 0; at < pattern.size(); ++at) {
    if (pattern.substr(at, 3) == "{0}" || pattern.substr(at, 3) == "{1}") {
      if (isolated) out += "\u2068";
      out += pattern[at + 1] == '0' ? first : second;
      if (isolated) out += "\u2069";
      at += 2;
    } else {
      out += pattern[at];
    }
  }
  return out;
}

}  // namespace kabar::checks
