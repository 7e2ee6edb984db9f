// SHA-256 (FIPS 180-4), for checksums of files and for addresses of content.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace kabar {

std::array<uint8_t, 32> sha256(std::span<const std::byte> bytes);
// 64 small hexadecimal digits.
std::string sha256_hex(std::span<const std::byte> bytes);
std::string sha256_hex(std::string_view bytes);

}  // namespace kabar
