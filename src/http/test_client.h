// For tests: speaks to a server on this machine, byte for byte.
#pragma once
#include <cstdint>
#include <string>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

namespace kabar::http {

// Sends the bytes to 127.0.0.1 and reads until the server closes. Throws if nobody listens on the port.
inline std::string talk_to(uint16_t port, const std::string& bytes) {
  namespace asio = boost::asio;
  asio::io_context context;
  asio::ip::tcp::socket socket(context);
  socket.connect({asio::ip::make_address("127.0.0.1"), port});
  asio::write(socket, asio::buffer(bytes));
  std::string answer;
  boost::system::error_code error;
  asio::read(socket, asio::dynamic_buffer(answer), error);
  return answer;
}

}  // namespace kabar::http
