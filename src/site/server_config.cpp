// Configuration for nginx and Caddy that does what `kabar serve` does: headers, caching, compressed forms, redirects.
#include <algorithm>

#include <fmt/format.h>

#include "site/edition.h"
#include "site/html.h"
#include "site/site_files.h"

namespace kabar::site {
namespace {

std::string host_of(std::string_view base_url) {
  base_url.remove_prefix(base_url.find("://") + 3);
  return std::string(base_url.substr(0, base_url.find(':')));  // nginx compares names without the port
}

// Our own addresses hold no quotes or control characters; this keeps it so whatever comes in.
std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) >= 0x20) out += c;
  }
  return out + '"';
}

// Variables of nginx are global: each site has its own. Names of sites hold nothing else that a variable may not.
std::string variable_end(std::string name) {
  if (name.empty()) return name;
  std::ranges::replace(name, '-', '_');
  return "_" + name;
}

}  // namespace

std::string nginx_config(const PageContext& context, const Redirects& redirects, const ServedAs& served) {
  std::string out;
  if (served.name.empty()) {
    out += "# Made by kabar. Include in the http block; set root to the public folder.\n";
    out += "# Needs nginx with gzip_static; for brotli the module ngx_brotli (then uncomment brotli_static).\n";
    // Addresses in other scripts are long.
    out += "map_hash_bucket_size 1024;\nmap_hash_max_size 65536;\n";
  }
  const std::string end = variable_end(served.name);
  out += fmt::format("map $uri $kabar_moved{} {{\n  default \"\";\n", end);
  for (const auto& [from, to] : redirects.moved)
    out += fmt::format("  {} {};\n", in_quotes(from), in_quotes(encode_uri(to)));
  out += fmt::format("}}\nmap $uri $kabar_gone{} {{\n  default 0;\n", end);
  for (const std::string& address : redirects.gone) out += fmt::format("  {} 1;\n", in_quotes(address));
  out += fmt::format("}}\nmap $uri $kabar_cache{} {{\n  default \"public, max-age=30, must-revalidate\";\n", end);
  out +=
      "  ~^/(assets/site\\.|images/) \"public, max-age=31536000, immutable\";\n  ~^/(assets|media)/ \"public, "
      "max-age=86400\";\n}\n";
  out += fmt::format("map $uri $kabar_language{} {{\n", end);
  for (const Language language : context.site.languages) {
    const std::string front = context.addresses.front(language);
    out += fmt::format("  {} {};\n", front == "/" ? "default" : "~^" + front, edition_of(language).tag);
  }
  out += "}\n";
  out += fmt::format("server {{\n  listen 80;\n  server_name {};\n  root {};\n  index index.html;\n  charset utf-8;\n",
                     host_of(context.site.base_url), served.folder);
  out += "  types { text/html html; text/css css; text/javascript js; application/json json; application/xml xml;\n";
  out +=
      "    text/plain txt; application/manifest+json webmanifest; image/svg+xml svg; image/png png; image/jpeg jpg "
      "jpeg;\n";
  out += "    image/webp webp; image/avif avif; font/woff2 woff2; }\n";
  out += "  charset_types text/css text/javascript application/json application/xml text/plain;\n";
  out += "  gzip_static on;\n  # brotli_static on;\n  gzip_vary on;\n  etag on;\n";
  for (const auto& [name, value] : security_headers(context.site))
    out += fmt::format("  add_header {} {} always;\n", name, in_quotes(value));
  out += fmt::format("  add_header Cache-Control $kabar_cache{0};\n  add_header Content-Language $kabar_language{0};\n",
                     end);
  out += fmt::format(
      "  if ($kabar_moved{0}) {{ return 301 $kabar_moved{0}; }}\n  if ($kabar_gone{0}) {{ return 410; }}\n", end);
  out += "  error_page 410 @gone;\n  location @gone { try_files ${uri}index.html =404; }\n";
  for (const Language language : context.site.languages) {
    const std::string front = context.addresses.front(language);
    out += fmt::format("  location {} {{ error_page 404 {}404.html; try_files $uri $uri/ =404; }}\n", front, front);
  }
  if (!context.site.main_language_at_root) {
    out += fmt::format("  location = / {{ return 302 {}; }}\n", context.addresses.front(context.site.main_language));
  }
  out += "  error_page 404 /404.html;\n  location ~ \\.(br|gz)$ { return 404; }\n";
  // kabar serve chooses the site by its host, and counts reports by client.
  out +=
      "  # Reports and search; leave out without kabar serve.\n  location /api/ {\n"
      "    proxy_pass http://127.0.0.1:8080;\n    proxy_set_header Host $http_host;\n"
      "    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;\n  }\n";
  return out + "}\n";
}

std::string caddy_config(const PageContext& context, const Redirects& redirects, const ServedAs& served) {
  std::string out = served.name.empty() ? "# Made by kabar. Set root to the public folder.\n" : "";
  out += fmt::format("{} {{\n\troot * {}\n", context.site.base_url, served.folder);
  out += "\theader {\n";
  for (const auto& [name, value] : security_headers(context.site))
    out += fmt::format("\t\t{} {}\n", name, in_quotes(value));
  out += "\t}\n";
  constexpr std::pair<const char*, const char*> kCaching[] = {
      {"path /assets/site.* /images/*", "public, max-age=31536000, immutable"},
      {"path /media/*", "public, max-age=86400"},
      {"not path /assets/site.* /images/* /media/*", "public, max-age=30, must-revalidate"}};
  for (size_t i = 0; i < std::size(kCaching); ++i) {
    out += fmt::format("\t@cache{0} {1}\n\theader @cache{0} Cache-Control \"{2}\"\n", i, kCaching[i].first,
                       kCaching[i].second);
  }
  std::string editions;  // that have a folder
  for (const Language language : context.site.languages) {
    if (const std::string front = context.addresses.front(language); front != "/") editions += " " + front + "*";
  }
  for (const Language language : context.site.languages) {
    const std::string front = context.addresses.front(language);
    const bool rest = front == "/" && !editions.empty();
    const std::string where = rest ? "not path" + editions : "path " + front + "*";
    out += fmt::format("\t@in-{0} {1}\n\theader @in-{0} Content-Language {2}\n", language.view(), where,
                       edition_of(language).tag);
  }
  for (const auto& [from, to] : redirects.moved)
    out += fmt::format("\tredir {} {} 301\n", in_quotes(from), in_quotes(encode_uri(to)));
  if (!redirects.gone.empty()) {
    out += "\t@gone path";
    for (const std::string& address : redirects.gone) out += " " + in_quotes(address);
    out += "\n\thandle @gone {\n\t\tfile_server {\n\t\t\tstatus 410\n\t\t}\n\t}\n";
  }
  if (!context.site.main_language_at_root) {
    out += fmt::format("\tredir / {} 302\n", context.addresses.front(context.site.main_language));
  }
  out += "\treverse_proxy /api/* 127.0.0.1:8080\n\tfile_server {\n\t\tprecompressed br gzip\n\t}\n";
  out += "\thandle_errors {\n";
  for (const Language language : context.site.languages) {
    const std::string front = context.addresses.front(language);
    if (front == "/") continue;
    out +=
        fmt::format("\t\t@{} path {}*\n\t\trewrite @{} {}404.html\n", language.view(), front, language.view(), front);
  }
  return out + "\t\trewrite * /404.html\n\t\tfile_server\n\t}\n}\n";
}

}  // namespace kabar::site
