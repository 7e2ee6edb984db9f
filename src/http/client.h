// Posts to other servers' addresses over HTTP and HTTPS.
#pragma once
#include <chrono>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/result.h"

namespace kabar::http {

struct ClientOptions {
  std::string user_agent = "Kabar";
  std::chrono::seconds connect_max{5};
  std::chrono::seconds answer_max{20};  // for the whole exchange
};

struct Answer {
  int status = 0;
  std::chrono::seconds retry_after{0};  // what the server asks for; 0: nothing
};

// Keeps connections open between calls. One thread at a time.
class Client {
 public:
  explicit Client(ClientOptions options = {});
  Client(Client&&) noexcept;
  Client& operator=(Client&&) noexcept;
  ~Client();

  // Certificates are checked; a redirect is not followed but is the answer; what the answer holds is not read.
  // `url` begins with http:// or https://, else unsupported. Errors: io if there was no answer, cancelled.
  Result<Answer> post(const std::string& url, std::string_view content_type, std::string_view body,
                      const std::stop_token& stop);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace kabar::http
