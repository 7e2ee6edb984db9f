#include "train/plot.h"

#include <gtest/gtest.h>

namespace kabar::train {
namespace {

constexpr const char* kHeading = "step\thours\tcpu_hours\ttokens\ttokens_per_second\trate\tgradient_norm\tloss\ten\n";

TEST(PlotLog, DrawsEachCurveAcrossTheWholeWidth) {
  const std::string log = std::string(kHeading) +
                          "50\t0.1\t0.1\t1000\t500\t0.001\t1\t4.0\t2.0\n"
                          "100\t0.2\t0.2\t2000\t500\t0.001\t1\t3.0\t2.0\n";
  const Result<std::string> svg = plot_log(log, "log.tsv");
  ASSERT_TRUE(svg) << svg.error().text();
  // 800 wide with margins of 48: hour 0.1 of 0.2 stands at 400, the end at 752; loss 4 on top (48), 3 in the middle.
  EXPECT_NE(svg->find("points=\"400.0,48.0 752.0,210.0 \""), std::string::npos) << *svg;
  EXPECT_NE(svg->find("points=\"400.0,372.0 752.0,372.0 \""), std::string::npos);
}

TEST(PlotLog, AddsUpTheHoursOfResumedRuns) {
  const std::string log = std::string(kHeading) +
                          "50\t0.3\t0.3\t1000\t500\t0.001\t1\t4.0\t2.0\n"
                          "100\t0.1\t0.1\t2000\t500\t0.001\t1\t3.0\t2.0\n";
  // 0.3 of 0.4 hours: 48 + 704 * 3 / 4.
  EXPECT_NE(plot_log(log, "log.tsv").value().find("points=\"576.0,48.0 752.0"), std::string::npos);
}

TEST(PlotLog, NamesTheLineThatIsWrong) {
  const Result<std::string> svg = plot_log(std::string(kHeading) + "50\t0.3\n", "log.tsv");
  ASSERT_FALSE(svg);
  EXPECT_EQ(svg.error().place, "log.tsv:2");
}

}  // namespace
}  // namespace kabar::train
