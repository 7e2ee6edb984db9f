#include "life/policy.h"

#include <gtest/gtest.h>

namespace kabar::life {
namespace {

TEST(Policies, TheFirstRuleThatFitsCounts) {
  const Policies policies =
      Policies::parse("publish", {"hukum/ar: hold always", "hukum/*: hold on findings", "*/ja: hold always"}).value();
  EXPECT_EQ(policies.of("hukum", Language::ar), Policy::hold_always);
  EXPECT_EQ(policies.of("hukum", Language::en), Policy::hold_on_findings);
  EXPECT_EQ(policies.of("olahraga", Language::ja), Policy::hold_always);
  EXPECT_EQ(policies.of("olahraga", Language::en), Policy::publish);
}

TEST(Policies, AFaultNamesTheRule) {
  EXPECT_EQ(Policies::parse("perhaps", {}).error().place, "policy.default");
  EXPECT_EQ(Policies::parse("publish", {"hukum: publish"}).error().place, "policy.rules \"hukum: publish\"");
  EXPECT_EQ(Policies::parse("publish", {"*/*: never"}).error().kind, ErrorKind::bad_input);
  EXPECT_EQ(Policies::parse("publish", {"*/EN: publish"}).error().message, "\"EN\" is no language");
}

Case with(Policy policy, std::optional<Severity> severity, bool blocking = false) {
  Case version{.policy = policy};
  version.segments.resize(1);
  version.segments[0].id = "s1";
  if (severity) version.segments[0].findings = {{.check = "c", .severity = *severity, .blocking = blocking}};
  return version;
}

TEST(Decide, EachPolicy) {
  EXPECT_TRUE(decide(with(Policy::publish, Severity::error)).approved);
  EXPECT_FALSE(decide(with(Policy::publish, Severity::error, true)).approved);
  EXPECT_TRUE(decide(with(Policy::hold_on_findings, std::nullopt)).approved);
  EXPECT_TRUE(decide(with(Policy::hold_on_findings, Severity::info)).approved);
  EXPECT_FALSE(decide(with(Policy::hold_on_findings, Severity::warning)).approved);
  EXPECT_FALSE(decide(with(Policy::hold_always, std::nullopt)).approved);
}

TEST(Decide, ALowScoreHoldsWhatAMachineWrote) {
  Case version = with(Policy::publish, std::nullopt);
  version.segments[0].score = kPublishScoreMin - 0.01f;
  EXPECT_FALSE(decide(version).approved);
  version.segments[0].score = kFindingsScoreMin - 0.01f;
  EXPECT_TRUE(decide(version).approved);
  version.policy = Policy::hold_on_findings;
  EXPECT_FALSE(decide(version).approved);
  version.segments[0].origin = Origin::human;
  EXPECT_TRUE(decide(version).approved);
}

TEST(Decide, AReviewIsStrongerThanThePolicyButNotThanABlockingFinding) {
  Case version = with(Policy::hold_always, Severity::error);
  version.reviewed_by = "Rina";
  EXPECT_TRUE(decide(version).approved);
  version.segments[0].findings[0].blocking = true;
  EXPECT_FALSE(decide(version).approved);
}

TEST(Decide, AStaleSentenceHoldsWhateverWasReviewed) {
  Case version = with(Policy::publish, std::nullopt);
  version.reviewed_by = "Rina";
  version.segments[0].stale = true;
  EXPECT_FALSE(decide(version).approved);
}

TEST(Decide, AHoldIsStrongerThanAReview) {
  Case version = with(Policy::publish, std::nullopt);
  version.reviewed_by = "Rina";
  version.held = "held by Budi: nama salah";
  EXPECT_FALSE(decide(version).approved);
  EXPECT_EQ(decide(version).reason, version.held);
}

}  // namespace
}  // namespace kabar::life
