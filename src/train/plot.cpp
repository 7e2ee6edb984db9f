#include "train/plot.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace kabar::train {
namespace {

constexpr double kWidth = 800, kHeight = 420, kMargin = 48;
constexpr std::string_view kColours[] = {"#1b6ca8", "#b3261e", "#2e7d32", "#8e5a00", "#6a1b9a", "#37474f"};

struct Curve {
  std::string name;
  std::vector<double> values;
};

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  size_t start = 0;
  for (;;) {
    const size_t end = text.find(separator, start);
    parts.push_back(text.substr(start, end - start));
    if (end == std::string_view::npos) return parts;
    start = end + 1;
  }
}

double number(std::string_view text) { return std::strtod(std::string(text).c_str(), nullptr); }

std::string polyline(const std::vector<double>& hours, const Curve& curve, double least, double most,
                     std::string_view colour) {
  std::string points;
  for (size_t i = 0; i < hours.size(); ++i) {
    const double x = kMargin + (kWidth - 2 * kMargin) * hours[i] / hours.back();
    const double y = kHeight - kMargin - (kHeight - 2 * kMargin) * (curve.values[i] - least) / (most - least);
    points += fmt::format("{:.1f},{:.1f} ", x, y);
  }
  return fmt::format("<polyline fill=\"none\" stroke=\"{}\" stroke-width=\"1.5\" points=\"{}\"/>\n", colour, points);
}

}  // namespace

Result<std::string> plot_log(std::string_view log, std::string_view name) {
  constexpr size_t kHoursColumn = 2, kFirstCurve = 7;  // cpu_hours; loss, then one per head
  std::vector<double> hours;
  std::vector<Curve> curves;
  double before = 0;  // hours of earlier starts
  double last = 0;
  size_t columns = 0;
  size_t line_number = 0;
  for (const std::string_view line : split(log, '\n')) {
    ++line_number;
    if (line.empty()) continue;
    const std::vector<std::string_view> cells = split(line, '\t');
    if (line_number == 1) {
      columns = cells.size();
      for (size_t c = kFirstCurve; c < columns; ++c) curves.push_back({std::string(cells[c]), {}});
      continue;
    }
    if (cells.size() != columns || curves.empty()) {
      return fail(ErrorKind::bad_input, fmt::format("{}:{}", name, line_number), "this is no line of a training log");
    }
    const double now = number(cells[kHoursColumn]);
    if (now < last) before += last;
    last = now;
    hours.push_back(before + now);
    for (size_t c = 0; c < curves.size(); ++c) curves[c].values.push_back(number(cells[kFirstCurve + c]));
  }
  if (hours.size() < 2 || hours.back() <= 0) return fail(ErrorKind::bad_input, std::string(name), "has too few lines");

  double least = curves[0].values[0], most = least;
  for (const Curve& curve : curves) {
    const auto [low, high] = std::minmax_element(curve.values.begin(), curve.values.end());
    least = std::min(least, *low);
    most = std::max(most, *high);
  }
  if (most - least < 1e-9) most = least + 1;
  std::string svg = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" font-family=\"sans-serif\" font-size=\"12\">\n"
      "<rect width=\"{0}\" height=\"{1}\" fill=\"white\"/>\n"
      "<text x=\"{2}\" y=\"20\">Loss (nats per target token) over CPU-hours</text>\n",
      kWidth, kHeight, kMargin);
  for (int i = 0; i <= 4; ++i) {
    const double value = least + (most - least) * i / 4;
    const double y = kHeight - kMargin - (kHeight - 2 * kMargin) * i / 4;
    const double x = kMargin + (kWidth - 2 * kMargin) * i / 4;
    svg += fmt::format(
        "<line x1=\"{0}\" x2=\"{1}\" y1=\"{2:.1f}\" y2=\"{2:.1f}\" stroke=\"#ddd\"/>"
        "<text x=\"6\" y=\"{2:.1f}\">{3:.2f}</text><text x=\"{4:.1f}\" y=\"{5}\">{6:.2f}</text>\n",
        kMargin, kWidth - kMargin, y, value, x, kHeight - 20, hours.back() * i / 4);
  }
  for (size_t c = 0; c < curves.size(); ++c) {
    const std::string_view colour = kColours[c % std::size(kColours)];
    svg += polyline(hours, curves[c], least, most, colour);
    svg += fmt::format("<text x=\"{}\" y=\"{}\" fill=\"{}\">{}</text>\n", kWidth - kMargin + 6, kMargin + 16 * c,
                       colour, curves[c].name);
  }
  return svg + "</svg>\n";
}

}  // namespace kabar::train
