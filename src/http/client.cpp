#include "http/client.h"

#include <algorithm>
#include <mutex>

#include <curl/curl.h>
#include <fmt/format.h>

namespace kabar::http {
namespace {

// The body of an answer is of no use to us, but a connection can only be used again when it was read to its end.
size_t ignore(char*, size_t, size_t count, void*) { return count; }

int stop_asked(void* stop, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<const std::stop_token*>(stop)->stop_requested() ? 1 : 0;
}

struct EndList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

}  // namespace

struct Client::State {
  ClientOptions options;
  CURL* curl = nullptr;

  explicit State(ClientOptions the_options) : options(std::move(the_options)) {
    static std::once_flag once;  // libcurl's own start is not thread-safe
    std::call_once(once, [] { KABAR_CHECK(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK); });
    curl = curl_easy_init();
    KABAR_CHECK(curl != nullptr);
  }
  ~State() { curl_easy_cleanup(curl); }
};

Client::Client(ClientOptions options) : state_(std::make_unique<State>(std::move(options))) {}
Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;
Client::~Client() = default;

Result<Answer> Client::post(const std::string& url, std::string_view content_type, std::string_view body,
                            const std::stop_token& stop) {
  constexpr curl_off_t kAnswerBytesMax = 1 << 20;
  CURL* curl = state_->curl;
  curl_easy_reset(curl);  // keeps connections
  const std::unique_ptr<curl_slist, EndList> headers(
      curl_slist_append(nullptr, fmt::format("Content-Type: {}", content_type).c_str()));
  char reason[CURL_ERROR_SIZE] = "";
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, reason);
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);  // time-outs of name look-ups must not use signals beside threads
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, static_cast<long>(state_->options.connect_max.count()));
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, static_cast<long>(state_->options.answer_max.count()));
  curl_easy_setopt(curl, CURLOPT_MAXFILESIZE_LARGE, kAnswerBytesMax);
  curl_easy_setopt(curl, CURLOPT_USERAGENT, state_->options.user_agent.c_str());
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(curl, CURLOPT_POST, 1L);
  curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.data());
  curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, ignore);
  curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, stop_asked);
  curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &stop);
  const CURLcode code = curl_easy_perform(curl);
  if (code == CURLE_ABORTED_BY_CALLBACK) return fail(ErrorKind::cancelled, url, "stopped");
  if (code == CURLE_UNSUPPORTED_PROTOCOL) return fail(ErrorKind::unsupported, url, "only http:// and https://");
  if (code != CURLE_OK) return fail(ErrorKind::io, url, *reason != 0 ? reason : curl_easy_strerror(code));
  long status = 0;
  curl_off_t retry_after = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &retry_after);
  return Answer{static_cast<int>(status), std::chrono::seconds(std::max<curl_off_t>(0, retry_after))};
}

}  // namespace kabar::http
