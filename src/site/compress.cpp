#include "site/compress.h"

#include <algorithm>
#include <chrono>
#include <mutex>
#include <string>
#include <vector>

#include <brotli/encode.h>
#include <zlib.h>

namespace kabar::site {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kEndings[] = {".html", ".css", ".js", ".xml", ".json", ".svg", ".txt", ".webmanifest"};
constexpr size_t kBytesMin = 512;
constexpr size_t kBytesMax = 64 << 20;
// Higher levels are ten times slower for two per cent.
constexpr int kBrotliQuality = 9;
// 64 KiB hold any page of ours. With a wider window brotli prepares tables of many megabytes for every file: a page
// then takes 12 ms instead of 0.5 and is not a tenth of a per cent smaller.
constexpr int kBrotliWindow = 16;
constexpr int kBatch = 64;

std::string to_brotli(std::string_view bytes) {
  size_t size = BrotliEncoderMaxCompressedSize(bytes.size());
  std::string out(size, '\0');
  const bool done = BrotliEncoderCompress(kBrotliQuality, kBrotliWindow, BROTLI_MODE_TEXT, bytes.size(),
                                          reinterpret_cast<const uint8_t*>(bytes.data()), &size,
                                          reinterpret_cast<uint8_t*>(out.data())) == BROTLI_TRUE;
  out.resize(done ? size : 0);
  return out;
}

std::string to_gzip(std::string_view bytes) {
  z_stream stream{};
  constexpr int kGzipWindow = 15 + 16;  // zlib: 16 asks for a gzip header
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, kGzipWindow, 9, Z_DEFAULT_STRATEGY) != Z_OK) return "";
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const bool done = deflate(&stream, Z_FINISH) == Z_STREAM_END;
  out.resize(done ? stream.total_out : 0);
  deflateEnd(&stream);
  return out;
}

}  // namespace

bool lacks_compressed_forms(const fs::directory_entry& file) {
  std::error_code error;
  const std::string ending = file.path().extension().string();
  if (!file.is_regular_file(error) || std::ranges::find(kEndings, ending) == std::end(kEndings)) return false;
  const auto size = file.file_size(error);
  if (error || size < kBytesMin || size > kBytesMax) return false;
  return !fs::exists(file.path().string() + ".br", error);
}

Result<CompressReport> compress_file(const fs::path& path, FileSystem& files) {
  CompressReport report;
  const Result<std::string> bytes = read_file(path, kBytesMax);
  if (!bytes) return report;  // removed meanwhile
  const std::string brotli = to_brotli(*bytes);
  const std::string gzip = to_gzip(*bytes);
  if (!gzip.empty() && gzip.size() < bytes->size()) KABAR_TRY(files.write(path.string() + ".gz", gzip));
  // The brotli form last: its presence says that both are there.
  if (!brotli.empty()) KABAR_TRY(files.write(path.string() + ".br", brotli));
  // If the file was published anew meanwhile, its forms are already old.
  const Result<std::string> again = read_file(path, kBytesMax);
  if (!again || *again != *bytes) {
    for (const char* ending : {".br", ".gz"}) KABAR_TRY(files.remove(path.string() + ending));
  }
  report.files = 1;
  report.bytes_before = static_cast<int64_t>(bytes->size());
  report.bytes_after = static_cast<int64_t>(brotli.size());
  return report;
}

Result<CompressReport> compress_missing(const fs::path& folder, FileSystem& files, ThreadPool& pool,
                                        std::stop_token stop) {
  const auto start = std::chrono::steady_clock::now();
  CompressReport report;
  std::mutex mutex;
  Result<void> result;
  std::vector<fs::path> batch;
  const auto compress_one = [&](int i) {
    const Result<CompressReport> one = compress_file(batch[static_cast<size_t>(i)], files);
    const std::lock_guard lock(mutex);
    if (!one) {
      result = tl::unexpected(one.error());
      return;
    }
    report.files += one->files;
    report.bytes_before += one->bytes_before;
    report.bytes_after += one->bytes_after;
  };
  std::error_code error;
  for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end && result; it.increment(error)) {
    if (!lacks_compressed_forms(*it)) continue;
    batch.push_back(it->path());
    if (batch.size() < kBatch) continue;
    if (stop.stop_requested()) return fail(ErrorKind::cancelled, folder.string(), "compression was stopped");
    pool.run(static_cast<int>(batch.size()), compress_one);
    batch.clear();
  }
  pool.run(static_cast<int>(batch.size()), compress_one);
  if (!result) return tl::unexpected(result.error());
  report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return report;
}

}  // namespace kabar::site
