// Loads the generated configuration in nginx and Caddy and asks both what readers ask: node servers.mjs FOLDER, where
// FOLDER holds public/, nginx.conf and Caddyfile as site_preview writes them. A server that is not installed is skipped.
import { spawn, spawnSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";

const folder = process.argv[2];
const faults = [];
const read = (name) => readFileSync(join(folder, name), "utf8");

const get = (port, path, headers = {}) => new Promise((done, failed) => {
  const call = request({ port, host: "127.0.0.1", path: encodeURI(path), headers: { Host: "127.0.0.1:8080", ...headers } }, (answer) => {
    const parts = [];
    answer.on("data", (part) => parts.push(part));
    answer.on("end", () => done({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts).toString() }));
  });
  call.on("error", failed);
  call.end();
});

// What every server must answer; pages are found in the folder, not in the configuration.
async function ask(name, port) {
  const fault = (text) => faults.push(`${name}: ${text}`);
  const pages = readdirSync(join(folder, "public"), { recursive: true }).filter((path) => path.endsWith("index.html"));
  const begin = (path) => readFileSync(join(folder, "public", path), "utf8").slice(0, 400);
  const address = (path) => "/" + path.replace(/index\.html$/, "");
  const page = address(pages.find((path) => path.startsWith("en/") && begin(path).startsWith("<!DOCTYPE") && path.split("/").length === 5 && !begin(path).includes("<!--gone-->")));
  const gone = address(pages.find((path) => begin(path).includes("<!--gone-->")));

  const plain = await get(port, page);
  if (plain.status !== 200 || !/^text\/html; charset=utf-8/i.test(plain.headers["content-type"])) fault(`${page}: ${plain.status} ${plain.headers["content-type"]}`);
  for (const header of ["content-security-policy", "x-content-type-options", "referrer-policy", "cache-control", "etag"]) {
    if (!plain.headers[header]) fault(`${page}: no ${header}`);
  }
  if (plain.headers["content-language"] !== "en") fault(`${page}: Content-Language ${plain.headers["content-language"]}`);
  const packed = await get(port, page, { "Accept-Encoding": "gzip" });
  if (packed.headers["content-encoding"] !== "gzip" || !/accept-encoding/i.test(packed.headers.vary ?? "")) fault(`${page}: not compressed`);
  const again = await get(port, page, { "If-None-Match": plain.headers.etag });
  if (again.status !== 304) fault(`${page}: ${again.status} for its own ETag`);
  const withdrawn = await get(port, gone);
  if (withdrawn.status !== 410 || !withdrawn.body.includes("<!--gone-->")) fault(`${gone}: ${withdrawn.status}, or without its page`);
  const missing = await get(port, "/ja/tidak-ada/");
  if (missing.status !== 404 || !missing.body.includes('lang="ja"')) fault(`/ja/tidak-ada/: ${missing.status}, or not in Japanese`);
  const front = await get(port, "/");
  if (front.status !== 302 || !front.headers.location.endsWith("/id/")) fault(`/: ${front.status} ${front.headers.location}`);
  const css = readdirSync(join(folder, "public/assets")).find((file) => file.endsWith(".css"));
  const sheet = await get(port, "/assets/" + css);
  if (!/immutable/.test(sheet.headers["cache-control"])) fault(`${css}: ${sheet.headers["cache-control"]}`);
}

async function run(name, program, options, port) {
  const server = spawn(program, options, { stdio: ["ignore", "ignore", "pipe"] });
  const before = faults.length;
  let log = "";  // Caddy reports every step of its start; only a fault makes it worth reading
  server.stderr.on("data", (part) => (log = (log + part).slice(-20000)));
  try {
    for (let i = 0; i < 100; ++i) {
      if (await get(port, "/robots.txt").then(() => true, () => false)) break;
      await new Promise((wait) => setTimeout(wait, 100));
    }
    await ask(name, port);
  } catch (error) {
    faults.push(`${name}: ${error.message}`);
  }
  server.kill();
  if (faults.length > before) console.error(`What ${name} wrote:\n${log}`);
}

const installed = (program, option) => spawnSync(program, [option]).status === 0;
if (installed("nginx", "-v")) {
  writeFileSync(join(folder, "wrapped.conf"), `daemon off; master_process off; pid ${folder}/nginx.pid; error_log stderr error;
events { worker_connections 64; }
http { access_log off; client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/fastcgi;
uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
${read("nginx.conf").replace("listen 80;", "listen 127.0.0.1:8093;").replace("root public;", `root ${folder}/public;`)}
}`);
  const tested = spawnSync("nginx", ["-t", "-q", "-c", join(folder, "wrapped.conf")]);
  if (tested.status !== 0) faults.push(`nginx -t: ${tested.stderr}`);
  else await run("nginx", "nginx", ["-c", join(folder, "wrapped.conf")], 8093);
} else console.log("nginx is not installed: skipped");
if (installed("caddy", "version")) {
  writeFileSync(join(folder, "Caddyfile.test"), "{\n\tadmin off\n\tauto_https off\n}\n" +
    read("Caddyfile").replace("http://127.0.0.1:8080 {", "http://:8094 {\n\tbind 127.0.0.1").replace("root * public", `root * ${folder}/public`));
  await run("caddy", "caddy", ["run", "--config", join(folder, "Caddyfile.test"), "--adapter", "caddyfile"], 8094);
} else console.log("caddy is not installed: skipped");

for (const line of faults) console.error(line);
console.log(`${faults.length} faults in the configuration of other servers`);
process.exit(faults.length ? 1 : 0);
