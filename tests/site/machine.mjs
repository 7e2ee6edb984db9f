// What machines read of a published site: links, hreflang, structured data, feeds, sitemaps. Reads the files with other
// people's parsers and vocabularies (parse5, xmldom, the schema.org types of schema-dts, the XSD of sitemaps.org) and
// knows nothing of how they were written.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { DOMParser, onErrorStopParsing } from "@xmldom/xmldom";
import { parse, parseFragment } from "parse5";

const packages = join(dirname(fileURLToPath(import.meta.url)), "node_modules");
export const kPageBytesMax = 60 * 1024; // compressed, with sheet and script, without pictures
export const kScriptBytesMax = 10 * 1024;

function* elements(node) {
  for (const child of node.childNodes ?? []) {
    if (child.tagName) yield child;
    yield* elements(child);
    if (child.content) yield* elements(child.content);
  }
}
const attribute = (element, name) => element.attrs.find((one) => one.name === name)?.value;
const textOf = (node) => node.nodeName === "#text" ? node.value : (node.childNodes ?? []).map(textOf).join("");

// A page as its readers' software sees it.
function readPage(path, bytes) {
  const page = { path, ids: new Set(), links: [], alternates: new Map(), feeds: [], structured: [], loaded: [], noindex: false,
    moved: /^<!doctype html><!--moved /i.test(bytes), gone: bytes.slice(0, 60).includes("<!--gone-->"), notices: 0 };
  for (const element of elements(parse(bytes))) {
    const id = attribute(element, "id");
    if (id) page.ids.add(id);
    const [name, href, rel] = [element.tagName, attribute(element, "href"), attribute(element, "rel") ?? ""];
    if (name === "html") [page.lang, page.dir] = [attribute(element, "lang"), attribute(element, "dir")];
    if (name === "a" && href) page.links.push(href);
    if (name === "a" && rel.split(" ").includes("original")) page.original = href;
    if (name === "form") page.links.push(attribute(element, "action"));
    if ((attribute(element, "class") ?? "").split(" ").includes("notice")) page.notices += 1;
    if (name === "meta" && attribute(element, "name") === "robots") page.noindex = attribute(element, "content").includes("noindex");
    if (name === "meta" && attribute(element, "property") === "og:image") page.links.push(attribute(element, "content"));
    if (name === "link" && rel === "canonical") page.canonical = href;
    if (name === "link" && rel === "alternate" && attribute(element, "hreflang")) page.alternates.set(attribute(element, "hreflang"), href);
    if (name === "link" && !["canonical", "alternate"].includes(rel)) page.loaded.push(href);
    if (name === "link" && rel === "alternate" && attribute(element, "type")) page.feeds.push(href);
    if (["img", "script", "source", "video", "audio", "iframe"].includes(name) && attribute(element, "src")) page.loaded.push(attribute(element, "src"));
    for (const one of (attribute(element, "srcset") ?? "").split(",")) if (one.trim()) page.loaded.push(one.trim().split(/\s+/)[0]);
    if (name === "script" && attribute(element, "type") === "application/ld+json") page.structured.push(textOf(element));
  }
  return page;
}

// The properties of each schema.org type, and the members of its lists of values, from their TypeScript declarations.
function readVocabulary() {
  const text = readFileSync(join(packages, "schema-dts/dist/schema.d.ts"), "utf8");
  const own = new Map();
  for (const [, name, parents, body] of text.matchAll(/^interface (\w+) (?:extends ([^{]+?) )?\{\n([\s\S]*?)^\}/gm)) {
    own.set(name, { parents: (parents ?? "").split(",").map((one) => one.trim()).filter(Boolean),
      properties: [...body.matchAll(/^ {4}"?([@\w]+)"?\??:/gm)].map((match) => match[1]) });
  }
  const all = (name, into = new Set()) => {
    for (const property of own.get(name)?.properties ?? []) into.add(property);
    for (const parent of own.get(name)?.parents ?? []) all(parent, into);
    return into;
  };
  return { known: (type) => own.has(type + "Leaf") || own.has(type + "Base"),
    properties: (type) => new Set([...all(type + "Leaf"), ...all(type + "Base")]),
    value: (address) => text.includes(`"${address}"`) };
}

export function checkMachines(folder, base) {
  const faults = [];
  const fault = (place, text) => faults.push(`${place}: ${text}`);
  const files = readdirSync(folder, { recursive: true }).map((name) => "/" + name)
    .filter((name) => statSync(join(folder, name)).isFile() && !/\.(br|gz)$/.test(name));
  const present = new Set(files);
  const pages = new Map();
  for (const file of files.filter((name) => name.endsWith(".html"))) {
    const path = file.replace(/index\.html$/, "");
    pages.set(path, readPage(path, readFileSync(join(folder, file), "utf8")));
  }
  // The file of a link on the own host; null for other hosts. Text after "#" comes second.
  const resolve = (link, from) => {
    const url = new URL(link, base + encodeURI(from));
    if (url.origin !== new URL(base).origin) return [null, ""];
    const path = decodeURIComponent(url.pathname);
    return [path.endsWith("/") ? path + "index.html" : path, decodeURIComponent(url.hash.slice(1))];
  };
  const pageOf = (link, from = "/") => {
    const [file] = resolve(link, from);
    return file && pages.get(file.replace(/index\.html$/, ""));
  };
  const state = { folder, base, fault, files, present, pages, resolve, pageOf };
  checkLinks(state);
  checkHreflang(state);
  checkStructured(state);
  for (const file of files) {
    if (file.endsWith("feed.xml")) checkRss(state, file);
    if (file.endsWith("atom.xml")) checkAtom(state, file);
    if (file.endsWith("feed.json")) checkJsonFeed(state, file);
  }
  checkSitemaps(state);
  checkFixed(state);
  checkWeight(state);
  return { faults, pages: pages.size, files: files.length };
}

function checkLinks({ fault, pages, present, resolve }) {
  for (const page of pages.values()) {
    for (const link of page.links) {
      if (/^(mailto|tel):/.test(link)) continue;
      const [file, fragment] = resolve(link, page.path);
      if (file === null || file.startsWith("/api/")) continue;
      if (!present.has(file)) fault(page.path, `link to ${link}, which is not there`);
      const target = pages.get(file.replace(/index\.html$/, ""));
      if (fragment && target && !target.ids.has(fragment)) fault(page.path, `link to ${link}: no such place in the page`);
    }
    for (const link of [...page.loaded, ...page.feeds]) {
      const [file] = resolve(link, page.path);
      if (file === null) fault(page.path, `loads ${link} from another host`);
      else if (!present.has(file)) fault(page.path, `loads ${link}, which is not there`);
    }
    const language = page.path.split("/")[1];
    if (!page.lang || (/^[a-z]{2}$/.test(language) && new Intl.Locale(page.lang).language !== language)) fault(page.path, `lang ${page.lang}`);
    if (!page.moved && page.dir !== (["ar", "he", "fa", "ur"].includes(new Intl.Locale(page.lang ?? "und").language) ? "rtl" : "ltr")) fault(page.path, `dir ${page.dir}`);
  }
}

function checkHreflang({ base, fault, pages, pageOf }) {
  for (const page of pages.values()) {
    if (page.canonical && pageOf(page.canonical) !== page && !page.moved) fault(page.path, `canonical ${page.canonical} is another page`);
    if (page.noindex && page.alternates.size) fault(page.path, "noindex, but with alternates");
    if (page.alternates.size && page.alternates.get(page.lang) !== page.canonical) fault(page.path, "does not name itself among its alternates");
    for (const [code, href] of page.alternates) {
      if (!href.startsWith(base + "/")) fault(page.path, `alternate ${href} is not absolute`);
      const other = pageOf(href);
      if (!other) { fault(page.path, `alternate ${href} is not there`); continue; }
      if (other.moved || other.gone || other.noindex) fault(page.path, `alternate ${href} is no page to be indexed`);
      if (code === "x-default") continue;
      if (Intl.getCanonicalLocales(code)[0] !== code || other.lang !== code) fault(page.path, `alternate ${href}: ${code} for ${other.lang}`);
      if (other.alternates.get(page.lang) !== page.canonical) fault(page.path, `alternate ${href} does not point back`);
    }
  }
}

// A story may know only its day.
const isDay = (text) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));
const isDate = (text) => /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))$/.test(text) && !Number.isNaN(Date.parse(text));

function checkStructured({ fault, pages, present, resolve, pageOf }) {
  const vocabulary = readVocabulary();
  const walk = (page, value, path) => {
    if (Array.isArray(value)) value.forEach((one) => walk(page, one, path));
    if (value === null || typeof value !== "object" || Array.isArray(value)) return;
    if (!vocabulary.known(value["@type"])) return fault(page.path, `JSON-LD ${path}: unknown type ${value["@type"]}`);
    const allowed = vocabulary.properties(value["@type"]);
    for (const [name, inner] of Object.entries(value)) {
      if (!name.startsWith("@") && !allowed.has(name)) fault(page.path, `JSON-LD ${path}: ${value["@type"]} has no ${name}`);
      if (/^date/.test(name) && !isDate(inner) && !(name === "datePublished" && isDay(inner))) fault(page.path, `JSON-LD ${path}.${name}: ${inner}`);
      if (["url", "mainEntityOfPage", "isBasedOn", "image", "publishingPrinciples", "correctionsPolicy"].includes(name) && typeof inner === "string") {
        const [file] = resolve(inner, "/");
        if (file !== null && !present.has(file)) fault(page.path, `JSON-LD ${path}.${name}: ${inner} is not there`);
      }
      walk(page, inner, `${path}.${name}`);
    }
  };
  for (const page of pages.values()) {
    const article = page.alternates.size > 0 && /^\/([a-z]{2}\/)?[^/]+\/[^/]+\/[^/]+\/$/.test(page.path) && !/\/(tag|penulis|author|archive|page)\//.test(page.path);
    if (article && page.structured.length !== 1 && page.notices > 0) fault(page.path, "an article without structured data");
    for (const text of page.structured) {
      const data = JSON.parse(text);
      if (data["@context"] !== "https://schema.org") fault(page.path, "JSON-LD: context");
      walk(page, data, "");
      if (data.inLanguage !== page.lang) fault(page.path, `JSON-LD: inLanguage ${data.inLanguage}`);
      if (pageOf(data["@id"]) !== page) fault(page.path, "JSON-LD: @id is another page");
      if (data.dateModified < data.datePublished) fault(page.path, "JSON-LD: modified before it was published");
      if ((data.digitalSourceType || data.translationOfWork) && !vocabulary.value(data.digitalSourceType)) fault(page.path, `JSON-LD: digitalSourceType ${data.digitalSourceType}`);
      for (const other of [data.workTranslation ?? []].flat()) {
        const theirs = JSON.parse(pageOf(other["@id"])?.structured[0] ?? "{}");
        if (theirs.translationOfWork?.["@id"] !== data["@id"]) fault(page.path, `JSON-LD: ${other["@id"]} is not its translation`);
      }
      if (data.translationOfWork) {
        const source = JSON.parse(pageOf(data.translationOfWork["@id"])?.structured[0] ?? "{}");
        if (![source.workTranslation ?? []].flat().some((one) => one["@id"] === data["@id"])) fault(page.path, "JSON-LD: the original does not name it");
        if (!data.creditText) fault(page.path, "JSON-LD: a translation without creditText");
        if (page.notices < 2) fault(page.path, "a translation without its notice at the top and at the end");
        if (pageOf(page.original ?? "") !== pageOf(data.translationOfWork["@id"])) fault(page.path, "the notice links to another page than JSON-LD");
      }
    }
  }
}

// A document, or null with its faults noted.
function readXml({ folder, fault }, file) {
  try {
    return new DOMParser({ onError: onErrorStopParsing }).parseFromString(readFileSync(join(folder, file), "utf8"), "application/xml");
  } catch (error) {
    fault(file, String(error.message).split("\n")[0]);
    return null;
  }
}
const childrenOf = (node, name) => [...node.childNodes].filter((one) => one.nodeName === name);
const childText = (node, name) => childrenOf(node, name)[0]?.textContent;

// Content of an item: HTML that any reader may show, with absolute links, beginning with what it is.
function checkContent({ fault, present, resolve }, place, html) {
  for (const element of elements(parseFragment(html))) {
    if (["script", "style", "form", "iframe"].includes(element.tagName)) fault(place, `<${element.tagName}> in the content`);
    for (const name of ["href", "src"]) {
      const link = attribute(element, name);
      if (!link || link.startsWith("mailto:")) continue;
      if (!/^https?:/.test(link)) fault(place, `relative link ${link} in the content`);
      else if (resolve(link, "/")[0] !== null && !present.has(resolve(link, "/")[0])) fault(place, `link to ${link}, which is not there`);
    }
  }
}

function checkItems({ fault, pageOf }, file, items) {
  if (new Set(items.map((item) => item.id)).size !== items.length) fault(file, "two items with one id");
  for (const { id, link, date } of items) {
    if (!id || !pageOf(link) || pageOf(link).moved || pageOf(link).gone) fault(file, `item ${id} leads to ${link}`);
    if (Number.isNaN(Date.parse(date))) fault(file, `item ${id}: date ${date}`);
  }
}

function checkRss(state, file) {
  const channel = readXml(state, file)?.documentElement.getElementsByTagName("channel")[0];
  if (!channel) return;
  for (const name of ["title", "link", "description", "language"]) if (!childText(channel, name)) state.fault(file, `no ${name}`);
  const self = childrenOf(channel, "atom:link").find((link) => link.getAttribute("rel") === "self");
  if (self?.getAttribute("href") !== state.base + encodeURI(file)) state.fault(file, "link to itself");
  checkItems(state, file, childrenOf(channel, "item").map((item) => {
    checkContent(state, file, childText(item, "content:encoded") ?? "");
    const date = childText(item, "pubDate");
    if (!/^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/.test(date)) state.fault(file, `not a date of RFC 822: ${date}`);
    if (!childText(item, "title") || !childText(item, "description")) state.fault(file, "an item without title or description");
    return { id: childText(item, "guid"), link: childText(item, "link"), date };
  }));
}

function checkAtom(state, file) {
  const feed = readXml(state, file)?.documentElement;
  if (!feed) return;
  if (feed.namespaceURI !== "http://www.w3.org/2005/Atom") state.fault(file, "not Atom");
  if (!childText(feed, "id") || !childText(feed, "title") || !isDate(childText(feed, "updated") ?? "")) state.fault(file, "id, title or updated");
  checkItems(state, file, childrenOf(feed, "entry").map((entry) => {
    for (const name of ["updated", "published"]) if (!isDate(childText(entry, name) ?? "")) state.fault(file, `${name} ${childText(entry, name)}`);
    if (!childrenOf(entry, "author").length && !childrenOf(feed, "author").length) state.fault(file, "an entry without author");
    if (!childText(entry, "title")) state.fault(file, "an entry without title");
    for (const content of childrenOf(entry, "content")) checkContent(state, file, content.textContent);
    const link = childrenOf(entry, "link").find((one) => (one.getAttribute("rel") || "alternate") === "alternate");
    return { id: childText(entry, "id"), link: link?.getAttribute("href"), date: childText(entry, "updated") };
  }));
}

function checkJsonFeed(state, file) {
  const feed = JSON.parse(readFileSync(join(state.folder, file), "utf8"));
  if (feed.version !== "https://jsonfeed.org/version/1.1" || !feed.title || !Array.isArray(feed.items)) state.fault(file, "version, title or items");
  if (feed.feed_url !== state.base + encodeURI(file)) state.fault(file, "feed_url");
  checkItems(state, file, feed.items.map((item) => {
    if (!item.content_html && !item.content_text) state.fault(file, "an item without content");
    checkContent(state, file, item.content_html ?? "");
    if (!isDate(item.date_published)) state.fault(file, `date_published ${item.date_published}`);
    return { id: item.id, link: item.url, date: item.date_published };
  }));
}

function checkSitemaps(state) {
  const { folder, fault, pages, pageOf } = state;
  const listed = new Set();
  for (const file of state.files.filter((name) => name.startsWith("/sitemap/"))) {
    try {
      if (!file.includes("/news-")) execFileSync("xmllint", ["--noout", "--nonet", "--schema", join(packages, "sitemap/schema/sitemap.xsd"), join(folder, file)], { stdio: "pipe" });
    } catch (error) {
      fault(file, String(error.stderr ?? error).split("\n")[0]);
    }
    const urls = [...(readXml(state, file)?.getElementsByTagName("url") ?? [])];
    if (urls.length > (file.includes("/news-") ? 1000 : 50000)) fault(file, "too many entries");
    for (const url of urls) {
      const link = childText(url, "loc");
      const page = pageOf(link);
      if (!page || page.noindex || page.moved || page.gone || pageOf(page.canonical) !== page) fault(file, `${link} is no page to be indexed`);
      else if (!file.includes("/news-")) listed.add(page);
      for (const news of childrenOf(url, "news:news")) checkNews(fault, file, news, page);
    }
  }
  for (const page of pages.values()) {
    if (page.structured.length && !page.noindex && !listed.has(page)) fault(page.path, "may be indexed, but is in no sitemap");
    if (page.noindex && listed.has(page)) fault(page.path, "noindex, but in a sitemap");
  }
  const index = readXml(state, "/sitemap.xml");
  const named = [...(index?.getElementsByTagName("loc") ?? [])].map((one) => state.resolve(one.textContent, "/")[0]);
  for (const file of state.files.filter((name) => name.startsWith("/sitemap/"))) if (!named.includes(file)) fault(file, "not in the index");
  for (const file of named) if (!state.present.has(file)) fault("/sitemap.xml", `${file} is not there`);
}

// https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap
function checkNews(fault, file, news, page) {
  const publication = childrenOf(news, "news:publication")[0];
  const language = childText(publication, "news:language");
  const wanted = page?.lang === "zh-Hans" ? "zh-cn" : page?.lang;
  if (language !== wanted || !childText(publication, "news:name")) fault(file, `language ${language} for ${page?.lang}`);
  const published = childText(news, "news:publication_date") ?? "";
  if ((!isDate(published) && !isDay(published)) || !childText(news, "news:title")) fault(file, "date or title");
}

function checkFixed(state) {
  const { folder, fault, files, present, resolve } = state;
  const robots = readFileSync(join(folder, "robots.txt"), "utf8");
  const map = /^Sitemap: (.+)$/m.exec(robots)?.[1];
  if (!map || !present.has(resolve(map, "/")[0])) fault("/robots.txt", "names no sitemap");
  if (present.has("/.well-known/security.txt")) {
    const text = readFileSync(join(folder, ".well-known/security.txt"), "utf8");
    if (!/^Contact: (mailto|https):/m.test(text) || !isDate(/^Expires: (.+)$/m.exec(text)?.[1] ?? "")) fault("/.well-known/security.txt", "Contact or Expires");
  }
  for (const file of files.filter((name) => name.endsWith(".webmanifest"))) {
    const manifest = JSON.parse(readFileSync(join(folder, file), "utf8"));
    for (const link of [manifest.start_url, ...manifest.icons.map((icon) => icon.src)]) if (!present.has(resolve(link, file)[0])) fault(file, `${link} is not there`);
  }
  for (const file of files.filter((name) => name.endsWith("opensearch.xml"))) {
    const url = readXml(state, file)?.getElementsByTagName("Url")[0];
    if (!url?.getAttribute("template").includes("{searchTerms}")) fault(file, "no {searchTerms}");
    if ((childText(readXml(state, file).documentElement, "ShortName") ?? "").length > 16) fault(file, "ShortName of more than 16 characters");
  }
}

function checkWeight({ folder, fault, files, pages }) {
  const sheets = files.filter((name) => name.endsWith(".css"));
  const scripts = files.filter((name) => name.endsWith(".js"));
  if (sheets.length !== 1 || scripts.length !== 1) fault("assets", "not one sheet and one script");
  const weigh = (file) => brotliCompressSync(readFileSync(join(folder, file)), { params: { 1: 5 } }).length;
  const common = [...sheets, ...scripts].map(weigh).reduce((a, b) => a + b, 0);
  for (const file of scripts) if (statSync(join(folder, file)).size > kScriptBytesMax) fault(file, "larger than 10 KiB");
  for (const page of pages.values()) {
    const file = page.path.endsWith("/") ? page.path + "index.html" : page.path;
    const size = common + weigh(file);
    if (size > kPageBytesMax) fault(page.path, `${size} bytes compressed`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder, base = "http://127.0.0.1:8080"] = process.argv.slice(2);
  if (!folder || !existsSync(folder)) {
    console.error("usage: node machine.mjs PUBLIC_FOLDER [BASE_URL]");
    process.exit(2);
  }
  const report = checkMachines(folder, base);
  for (const line of report.faults) console.error(line);
  console.log(`${report.pages} pages and ${report.files} files read, ${report.faults.length} faults`);
  process.exit(report.faults.length ? 1 : 0);
}
