// Checks the sample site as readers' software sees it: HTML validity, and accessibility (axe-core, WCAG 2.2 AA) in
// Chromium at desktop and phone size, light and dark, in both directions, with scripts on and off.
//   node check.mjs PUBLIC_FOLDER [--all]
import { createServer } from "node:http";
import { readFileSync, readdirSync, existsSync, statSync } from "node:fs";
import { join, extname } from "node:path";
import { chromium } from "playwright-core";
import { HtmlValidate } from "html-validate";

const folder = process.argv[2];
const everything = process.argv.includes("--all");
if (!folder) {
  console.error("usage: node check.mjs PUBLIC_FOLDER [--all]");
  process.exit(2);
}
const faults = [];
const fault = (place, text) => faults.push(`${place}: ${text}`);

const pages = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith("index.html"))
  .map((name) => "/" + name.replace(/index\.html$/, ""))
  .filter((path) => !readFileSync(join(folder, path, "index.html"), "utf8").startsWith("<!doctype html><!--moved"));

// A page weighs little: one sheet, one small script.
const assets = readdirSync(join(folder, "assets"));
const script = assets.find((name) => name.endsWith(".js"));
if (statSync(join(folder, "assets", script)).size > 10 * 1024) fault(script, "larger than 10 KiB");
if (assets.filter((name) => name.endsWith(".css")).length !== 1) fault("assets", "more than one style sheet");

// A server with the same policy as kabar serve.
const policy = /content="(default-src[^"]*)"/.exec(readFileSync(join(folder, "id/index.html"), "utf8"))[1]
  .replaceAll("&#39;", "'");
const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml",
  ".json": "application/json", ".xml": "application/xml", ".webmanifest": "application/manifest+json" };
const server = createServer((request, response) => {
  let path = decodeURIComponent(new URL(request.url, "http://x").pathname);
  if (path.endsWith("/")) path += "index.html";
  const file = join(folder, path);
  if (path.includes("..") || !existsSync(file)) return response.writeHead(404).end();
  response.writeHead(200, { "Content-Type": types[extname(file)] || "application/octet-stream", "Content-Security-Policy": policy });
  response.end(readFileSync(file));
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const base = `http://127.0.0.1:${server.address().port}`;

// One page of each kind in each language; all of them with --all.
const kind = (path) => path.split("/").map((part, i) => (i === 1 ? "*" : part)).slice(0, 4).join("/");
const chosen = new Map();
for (const path of pages) {
  const language = path.split("/")[1];
  const deep = path.split("/").length;
  const key = everything ? path : `${language} ${deep > 5 ? "article" + (path.endsWith("/compare/") ? " compare" : "") : kind(path)}`;
  if (!chosen.has(key) || (deep > 5 && path.includes("badminton"))) chosen.set(key, path);
}
const small = everything ? [...chosen.values()] : [...chosen.entries()]
  .filter(([key]) => /(article|compare|\*\/$|\*\/ekonomi\/$|\*\/search\/$|\*\/corrections\/$)/.test(key)).map(([, path]) => path);

// HTML.
const validator = new HtmlValidate({
  extends: ["html-validate:standard"],
  rules: { "no-trailing-whitespace": "off", "void-style": "off", "long-title": "off", "no-inline-style": "error",
    "require-sri": "off", "script-type": "error", "attribute-boolean-style": "off", "doctype-style": "off",
    "no-raw-characters": "off", "text-content": "error", "prefer-native-element": "off" },
});
for (const path of everything ? pages : chosen.values()) {
  const report = await validator.validateFile(join(folder, path, "index.html"));
  for (const result of report.results) {
    for (const message of result.messages) fault(path, `${message.line}:${message.column} ${message.ruleId}: ${message.message}`);
  }
}

const modes = [
  { name: "desk, light", viewport: { width: 1280, height: 900 }, colorScheme: "light" },
  { name: "phone, dark", viewport: { width: 375, height: 760 }, colorScheme: "dark" },
];
const axe = readFileSync(new URL("./node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
for (const mode of modes) {
  const context = await browser.newContext({ viewport: mode.viewport, colorScheme: mode.colorScheme, bypassCSP: false });
  const page = await context.newPage();
  let where = "";
  page.on("console", (message) => { if (message.type() === "error") fault(where, `${mode.name}: console: ${message.text()}`); });
  page.on("pageerror", (error) => fault(where, `${mode.name}: script: ${error.message}`));
  page.on("request", (request) => { if (!request.url().startsWith(base) && !request.url().startsWith("data:")) fault(where, `request to ${request.url()}`); });
  for (const path of small) {
    where = path;
    await page.goto(base + encodeURI(path), { waitUntil: "load" });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
    if (wide) fault(path, `${mode.name}: wider than the screen`);
    await page.evaluate(axe);
    const result = await page.evaluate(() => window.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }));
    for (const violation of result.violations) {
      fault(path, `${mode.name}: ${violation.id}: ${violation.nodes.slice(0, 2).map((node) => node.html.slice(0, 160)).join(" | ")}`);
    }
  }
  await context.close();
}

// The conveniences work, and without scripts the story is whole.
{
  const page = await (await browser.newContext()).newPage();
  const path = small.find((name) => name.startsWith("/en/") && name.includes("badminton") && !name.endsWith("/compare/"));
  await page.goto(base + encodeURI(path));
  await page.click("[data-s]");
  await page.waitForSelector(".origin p[lang=id]", { timeout: 5000 }).catch(() => fault(path, "a tapped sentence shows no original"));
  await page.goto(base + "/en/search/?q=badminton");
  const found = await page.waitForSelector("#results li a", { timeout: 5000 }).catch(() => null);
  if (!found) fault("/en/search/", "finds nothing");
  await page.goto(base + "/zh/search/?q=" + encodeURIComponent("利率"));
  if (!(await page.waitForSelector("#results li a", { timeout: 5000 }).catch(() => null))) fault("/zh/search/", "finds nothing");
  const plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await plain.goto(base + encodeURI(path));
  if ((await plain.locator(".notice").count()) !== 2) fault(path, "without scripts the notices are not both there");
  await plain.emulateMedia({ media: "print" });
  for (const notice of await plain.locator(".notice").all()) {
    if (!(await notice.isVisible())) fault(path, "a notice is missing on paper");
  }
}
await browser.close();
server.close();

for (const line of faults) console.error(line);
console.log(`${everything ? pages.length : chosen.size} pages validated, ${small.length * modes.length} seen in Chromium, ${faults.length} faults`);
process.exit(faults.length ? 1 : 0);
