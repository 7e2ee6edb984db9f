// Checks a published site by code that is not ours: what machines read (machine.mjs), HTML validity (html-validate),
// accessibility (axe-core, WCAG 2.2 AA) in Chromium at desk and phone size, light and dark, in both directions, no
// request to other hosts, no layout shift, and the whole story without scripts.
//   node check.mjs PUBLIC_FOLDER [--all]     --all: every page in every mode instead of one of each kind
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { HtmlValidate } from "html-validate";
import { chromium } from "playwright-core";
import { checkMachines } from "./machine.mjs";

const folder = process.argv[2];
const everything = process.argv.includes("--all");
if (!folder) {
  console.error("usage: node check.mjs PUBLIC_FOLDER [--all]");
  process.exit(2);
}
const faults = [];
const fault = (place, text) => faults.push(`${place}: ${text}`);
const read = (path) => readFileSync(join(folder, path, "index.html"), "utf8");

const pages = readdirSync(folder, { recursive: true }).filter((name) => /(^|\/)index\.html$/.test(name))
  .map((name) => "/" + name.replace(/index\.html$/, "")).filter((path) => !read(path).startsWith("<!doctype html><!--moved"));

// One page of each kind in each language, preferably of the longest story.
const kindOf = (path) => {
  const kind = /<body class="([^"]*)"/.exec(read(path))?.[1] ?? "";
  return kind === "text-page" ? path.split("/").at(-2) : kind;
};
const languageOf = (path) => path.split("/")[1];
const sample = new Map();
for (const path of pages) {
  const key = `${languageOf(path)} ${kindOf(path).replace(/^\d+$/, "month")}`;
  if (!sample.has(key) || path.includes("badminton")) sample.set(key, path);
}
const chosen = everything ? pages : [...sample.values()];

function timed(what, start) {
  console.log(`   ${what}: ${((Date.now() - start) / 1000).toFixed(0)} s`);
}

async function checkHtml() {
  const validator = new HtmlValidate({
    extends: ["html-validate:standard"],
    rules: { "no-trailing-whitespace": "off", "void-style": "off", "long-title": "off", "no-inline-style": "error",
      "require-sri": "off", "script-type": "error", "attribute-boolean-style": "off", "doctype-style": "off",
      "no-raw-characters": "off", "text-content": "error", "prefer-native-element": "off" },
  });
  for (const path of chosen) {
    const report = await validator.validateFile(join(folder, path, "index.html"));
    for (const { messages } of report.results) {
      for (const message of messages) fault(path, `${message.line}:${message.column} ${message.ruleId}: ${message.message}`);
    }
  }
}

// Serves the folder with the policy that the pages name.
async function serveFolder() {
  const policy = /content="(default-src[^"]*)"/.exec(read("/en/"))[1].replaceAll("&#39;", "'");
  const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml",
    ".png": "image/png", ".webp": "image/webp", ".json": "application/json", ".xml": "application/xml", ".webmanifest": "application/manifest+json" };
  const server = createServer((request, response) => {
    let path = decodeURIComponent(new URL(request.url, "http://x").pathname);
    if (path.endsWith("/")) path += "index.html";
    const file = join(folder, path);
    if (path.includes("..") || !existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, { "Content-Type": types[extname(file)] || "application/octet-stream", "Content-Security-Policy": policy });
    response.end(readFileSync(file));
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return server;
}

// Six languages and eight kinds of page make the sample; --all takes everything.
const kinds = ["front-page", "listing", "article", "comparison", "search-page", "preparation", "withdrawn", "corrections"];
const few = (path) => ["front-page", "article"].includes(kindOf(path)) && ["en", "ar", "ja"].includes(languageOf(path));
const modes = [
  { name: "desk, light", viewport: { width: 1280, height: 900 }, colorScheme: "light", takes: (path) => kinds.includes(kindOf(path)) },
  { name: "phone, dark", viewport: { width: 375, height: 760 }, colorScheme: "dark", takes: (path) => kinds.includes(kindOf(path)) },
  { name: "desk, dark", viewport: { width: 1280, height: 900 }, colorScheme: "dark", takes: few },
  { name: "phone, light", viewport: { width: 375, height: 760 }, colorScheme: "light", takes: few },
];
const axe = readFileSync(new URL("./node_modules/axe-core/axe.min.js", import.meta.url), "utf8");

const layoutShift = () => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => { sum += entry.value; })).observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
});

async function checkMode(browser, base, mode) {
  const context = await browser.newContext({ viewport: mode.viewport, colorScheme: mode.colorScheme });
  const page = await context.newPage();
  let where = "";
  page.on("console", (message) => { if (message.type() === "error") fault(where, `${mode.name}: console: ${message.text()}`); });
  page.on("pageerror", (error) => fault(where, `${mode.name}: script: ${error.message}`));
  page.on("request", (request) => { if (!request.url().startsWith(base) && !request.url().startsWith("data:")) fault(where, `request to ${request.url()}`); });
  let seen = 0;
  for (const path of chosen.filter((one) => everything || mode.takes(one))) {
    where = path;
    seen += 1;
    await page.goto(base + encodeURI(path), { waitUntil: "load" });
    if (await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)) fault(path, `${mode.name}: wider than the screen`);
    const shift = await page.evaluate(layoutShift);
    if (shift > 0.02) fault(path, `${mode.name}: layout shift of ${shift.toFixed(3)}`);
    if (kindOf(path) === "article" && mode.viewport.width > 1000) await checkSides(page, path);
    await page.evaluate(axe);
    const result = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }));
    for (const violation of result.violations) {
      fault(path, `${mode.name}: ${violation.id}: ${violation.nodes.slice(0, 2).map((node) => node.html.slice(0, 160)).join(" | ")}`);
    }
  }
  await context.close();
  return seen;
}

// The column beside the text stands where reading ends: on the left in Arabic.
async function checkSides(page, path) {
  const left = await page.evaluate(() => document.querySelector(".rail").getBoundingClientRect().x < document.querySelector(".body").getBoundingClientRect().x);
  if (left !== (languageOf(path) === "ar")) fault(path, "the side column is on the wrong side");
}

async function checkConveniences(browser, base) {
  const page = await (await browser.newContext()).newPage();
  const path = pages.find((name) => name.startsWith("/en/") && name.includes("badminton") && kindOf(name) === "article");
  await page.goto(base + encodeURI(path));
  await page.click("[data-s]");
  await page.waitForSelector(".origin p[lang=id]", { timeout: 10000 }).catch(() => fault(path, "a tapped sentence shows no original"));
  for (const [search, word] of [["/en/search/", "badminton"], ["/zh/search/", "利率"], ["/ar/search/", "اندونيسيا"]]) {
    await page.goto(`${base}${search}?q=${encodeURIComponent(word)}`);
    await page.waitForSelector("#results li a", { timeout: 10000 }).catch(() => fault(search, `finds nothing for ${word}`));
  }
  const plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await plain.goto(base + encodeURI(path));
  if ((await plain.locator(".notice").count()) !== 2) fault(path, "without scripts the notices are not both there");
  if (!(await plain.locator("#story [data-s]").first().isVisible())) fault(path, "without scripts there is no text");
  await plain.emulateMedia({ media: "print" });
  for (const notice of await plain.locator(".notice").all()) {
    if (!(await notice.isVisible())) fault(path, "a notice is missing on paper");
  }
  await plain.emulateMedia({ media: "screen" });
  await plain.locator(".notice a[href$='compare/']").first().click();
  if ((await plain.locator(".pair p[lang=id]").count()) < 5) fault(path, "without scripts there is no comparison");
}

let start = Date.now();
const machine = checkMachines(folder, "http://127.0.0.1:8080");
faults.push(...machine.faults);
timed(`links, hreflang, structured data, feeds, sitemaps of ${machine.pages} pages`, start);
start = Date.now();
await checkHtml();
timed(`HTML of ${chosen.length} pages`, start);
start = Date.now();
const server = await serveFolder();
const base = `http://127.0.0.1:${server.address().port}`;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const seen = await Promise.all(modes.map((mode) => checkMode(browser, base, mode)));
await checkConveniences(browser, base);
await browser.close();
server.close();
timed(`${seen.reduce((a, b) => a + b, 0)} views in Chromium`, start);

for (const line of faults) console.error(line);
console.log(`${faults.length} faults`);
process.exit(faults.length ? 1 : 0);
