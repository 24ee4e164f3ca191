#include "RecordingViewModel.hpp"

#include <Catch.hpp>

using namespace tutti;

namespace {

struct Shown {
  app::Wishes wishes;
  app::RecordingViewModel recording{wishes, [] { return HostTime{}; }};
  jam::JamSnapshot snapshot;

  /// No folder: nothing is recorded.
  void show(const std::string& folder, const std::string& problem = {})
  {
    snapshot.recordingTo.reset();
    if (!folder.empty()) snapshot.recordingTo.emplace(folder);
    snapshot.recordingProblem = problem;
    recording.show(snapshot);
  }
};

} // namespace

SCENARIO("After a recording its folder is told, until it is dismissed")
{
  Shown shown;
  shown.show("/music/take");
  CHECK(shown.recording.notice().isEmpty());
  shown.show("");
  CHECK(shown.recording.notice() == "The recording is in /music/take");
  shown.show("");
  shown.recording.dismissNotice();
  shown.show("");
  CHECK(shown.recording.notice().isEmpty());
}

SCENARIO("What goes wrong is told once, and again when it is tried again")
{
  Shown shown;
  shown.show("/music/take", "The disk is nearly full");
  CHECK(shown.recording.notice() == "The disk is nearly full");
  shown.recording.dismissNotice();
  shown.show("/music/take", "The disk is nearly full");
  CHECK(shown.recording.notice().isEmpty());
  shown.show("", "The disk is full");
  CHECK(shown.recording.notice() == "The disk is full");
  shown.recording.toggle();
  CHECK(shown.recording.notice().isEmpty());
  shown.show("", "The disk is full");
  CHECK(shown.recording.notice() == "The disk is full");
}
