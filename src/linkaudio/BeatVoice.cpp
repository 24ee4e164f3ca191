#include "BeatVoice.hpp"

#include <algorithm>
#include <cmath>

namespace tutti::linkaudio {
namespace {

constexpr double kFar = 20e-3;      // s; what is further off is jumped to (link-audio 7.2)
constexpr double kMoved = 0.25e-3;  // s; the same, when beats or tempo have just moved: that is no drift
constexpr double kMostBend = 0.005; // of the speed
constexpr double kProportion = 1.0; // 1/s; time constant about 1 s, critically damped
constexpr double kIntegral = 0.25;  // 1/s²
constexpr double kMostDrift = 0.001;
constexpr double kTakeOver = 5e-3; // s; from one head to another
constexpr double kReplay = 0.25;   // s that may be heard again, where the beats went back by so little
constexpr int kMostTurns = 256;    // in a block; more are made by nobody who plays music
constexpr double kGap = 1.0;       // s; a longer silence is an end, not a gap

} // namespace

Source::BeatVoice::BeatVoice(const Kind& kind, int beats)
  : Voice{kind}
  , beats_{beats}
  , window_{kind.channels, kind.sender}
{}

void Source::BeatVoice::receive(std::span<const PlacedChunk> chunks, HostTime /*arrived*/, HostTime /*now*/)
{
  const auto channels = kind().channels;
  for (const auto& placed : chunks) {
    const auto upb = static_cast<double>(placed.chunk.tempo.microsPerBeat());
    const double each = microBeatsPerFrame(kind().sender, upb);
    for (std::size_t done = 0; done < placed.chunk.frames; done += BeatWindow::Piece::kFrames) {
      const auto frames = std::min(BeatWindow::Piece::kFrames, placed.chunk.frames - done);
      piece_.sequence = placed.order;
      piece_.first = placed.first + static_cast<std::int64_t>(done);
      piece_.begin = later(placed.chunk.begin, static_cast<double>(done) * each);
      piece_.microsPerBeat = upb;
      piece_.session = placed.session;
      piece_.frames = static_cast<std::uint32_t>(frames);
      std::copy_n(placed.samples.begin() + static_cast<std::ptrdiff_t>(done * channels), frames * channels,
                  piece_.samples.begin());
      if (!pieces_.tryPush(piece_)) return; // no blocks are rendered: nobody misses it
    }
  }
}

Source::Voice::Report Source::BeatVoice::report(std::int64_t /*newest*/)
{
  const auto& heard = heard_.read();
  Report report;
  report.played = heard.played;
  report.late = heard.late;
  report.concealed = heard.concealed;
  report.gaps = heard.gaps;
  report.leaps = heard.leaps;
  report.lagMicroBeats = heard.lag;
  report.isSounding = heard.isSounding;
  return report;
}

void Source::BeatVoice::render(std::span<const std::span<float>> output, const Moment& moment) noexcept
  TUTTI_NONBLOCKING
{
  for (const auto& channel : output) std::ranges::fill(channel, 0.0F);
  takeIn();
  const int beats = beats_.load(std::memory_order_relaxed);
  const bool isOtherDelay = beats != heardBeats_;
  const bool hasMoved = isOtherDelay || haveBeatsMoved(moment);
  if (isOtherDelay) spent_ = INT64_MIN; // a longer delay wants to hear again what was heard
  heardBeats_ = beats;
  grid_ = moment.grid;
  const auto block = blockOf(output, moment);
  const auto leaving = leavingCount_;
  leavingCount_ = 0;
  for (std::size_t i = 0; i < leaving; ++i) {
    auto head = leaving_[i];
    soundLeaving(head, block, 0);
    if (head.gain > 0) leaving_[leavingCount_++] = head;
  }
  if (isSounding_) steer(block, hasMoved);
  play(block);
  tell(block);
}

/// More than a clock that is being corrected does.
bool Source::BeatVoice::haveBeatsMoved(const Moment& moment) const noexcept TUTTI_NONBLOCKING
{
  if (moment.grid == grid_) return false;
  const double off = distance(grid_.beatAt(moment.audible), moment.grid.beatAt(moment.audible));
  const auto upb = static_cast<double>(moment.grid.timeline.tempo.microsPerBeat());
  return moment.grid.session != grid_.session || std::abs(off) * upb * 1e-12 > kMoved;
}

void Source::BeatVoice::takeIn() noexcept TUTTI_NONBLOCKING
{
  while (const auto piece = pieces_.tryPop()) {
    const double each = microBeatsPerFrame(kind().sender, piece->microsPerBeat);
    const bool isLate = hasSounded_ && piece->session == grid_.session &&
                        distance(piece->begin, last_) >= static_cast<double>(piece->frames) * each;
    if (isLate) told_.late += piece->frames;
    window_.put(*piece);
  }
}

Source::BeatVoice::Block Source::BeatVoice::blockOf(std::span<const std::span<float>> output,
                                                    const Moment& moment) const noexcept TUTTI_NONBLOCKING
{
  const auto delay = time::Beats::fromMicroBeats(std::int64_t{1'000'000} * heardBeats_);
  const auto upb = static_cast<double>(moment.grid.timeline.tempo.microsPerBeat());
  const auto frames = output.front().size();
  return {moment.grid.session,
          moment.grid.beatAt(moment.audible) - delay,
          microBeatsPerFrame(kind().device, upb),
          frames,
          static_cast<double>(frames) / kind().device.hertz(),
          output};
}

/// How fast the sender's frames are to pass, for its beats there to be ours here.
double Source::BeatVoice::speedIn(std::size_t run, const Block& block) const noexcept TUTTI_NONBLOCKING
{
  return block.each / window_.microBeatsEach(window_.run(run));
}

double Source::BeatVoice::gainStep(double seconds) const noexcept TUTTI_NONBLOCKING
{
  return 1 / (seconds * kind().device.hertz());
}

void Source::BeatVoice::steer(const Block& block, bool hasMoved) noexcept TUTTI_NONBLOCKING
{
  const auto due = window_.find(block.session, block.begin, spent_);
  if (!due) {
    if (hasMoved || stranded_ > kFar) letGo(kEdge, block, 0);
    stranded_ += block.seconds;
    return;
  }
  stranded_ = 0;
  const double late = (due->frame - head_.place) / (speedIn(due->run, block) * kind().device.hertz()); // s
  if (std::abs(late) <= (hasMoved ? kMoved : kFar)) return correct(late, block);
  letGo(kTakeOver, block, 0);
  begin(due->frame, kTakeOver);
}

void Source::BeatVoice::correct(double late, const Block& block) noexcept TUTTI_NONBLOCKING
{
  drift_ = std::clamp(drift_ + kIntegral * late * block.seconds, -kMostDrift, kMostDrift);
  bend_ = std::clamp(kProportion * late + drift_, -kMostBend, kMostBend);
}

void Source::BeatVoice::play(const Block& block) noexcept TUTTI_NONBLOCKING
{
  std::size_t done = 0;
  for (int turns = 0; done < block.frames && turns < kMostTurns; ++turns) {
    if (!isSounding_) {
      done += waitForSound(block, done);
      continue;
    }
    const auto run = window_.runOf(head_.place);
    if (!run) { // what it read is forgotten: it was stopped for long
      letGo(kEdge, block, done);
      continue;
    }
    const auto course = courseOf(*run, block);
    const double left = std::ceil((course.end - head_.place) / course.speed);
    const auto frames =
      static_cast<std::size_t>(std::clamp(left, 0.0, static_cast<double>(block.frames - done)));
    sound(head_, course, block, done, frames);
    done += frames;
    if (head_.place >= course.end) turn(course, block, done);
  }
  if (isSounding_) spent_ = std::max(spent_, floorOf(head_.place - kReplay * kind().sender.hertz()));
}

/// Returns for how many frames there is nothing; begins if it is none.
std::size_t Source::BeatVoice::waitForSound(const Block& block, std::size_t done) noexcept TUTTI_NONBLOCKING
{
  const auto now = later(block.begin, static_cast<double>(done) * block.each);
  if (const auto due = window_.find(block.session, now, spent_)) {
    begin(due->frame, kEdge);
    return 0;
  }
  const auto next = window_.nextBegin(block.session, now, spent_);
  const double until = next ? std::ceil(distance(now, *next) / block.each) : 1e9;
  const auto left = static_cast<double>(block.frames - done);
  const auto frames = static_cast<std::size_t>(std::clamp(until, 1.0, left));
  silence_ += static_cast<double>(frames) / kind().device.hertz();
  if (hasSounded_ && silence_ < kGap) told_.concealed += frames;
  return frames;
}

Source::BeatVoice::Course Source::BeatVoice::courseOf(std::size_t run, const Block& block) const noexcept
  TUTTI_NONBLOCKING
{
  const auto& here = window_.run(run);
  Course course;
  course.run = run;
  course.speed = speedIn(run, block) * (1 + bend_);
  course.end = static_cast<double>(here.end);
  if (run + 1 < window_.size() && window_.run(run + 1).session == here.session) {
    const auto& next = window_.run(run + 1);
    const double step = window_.stepAfter(run); // s
    if (window_.goesOn(run)) {
      course.then = Course::Then::goOn;
    } else if (step < -BeatWindow::kWander && next.begin >= here.begin) { // newer wins from where it begins
      course.then = Course::Then::takeOver;
      course.end =
        static_cast<double>(here.first) + distance(here.begin, next.begin) / window_.microBeatsEach(here);
    } else if (std::abs(step) <= BeatWindow::kWander) {
      course.then = Course::Then::takeOver;
    }
  }
  course.silent = silenceFrom(head_, course, block);
  return course;
}

/// At the end of its course.
void Source::BeatVoice::turn(const Course& course, const Block& block, std::size_t done) noexcept
  TUTTI_NONBLOCKING
{
  if (course.then == Course::Then::goOn) return;
  if (course.then == Course::Then::takeOver) {
    const double beyond = head_.place - course.end;
    const auto first = static_cast<double>(window_.run(course.run + 1).first);
    letGo(kTakeOver, block, done);
    return begin(first + beyond, kTakeOver);
  }
  ++told_.gaps;
  letGo(kEdge, block, done);
  spent_ = std::max(spent_, floorOf(course.end));
}

void Source::BeatVoice::tell(const Block& block) noexcept TUTTI_NONBLOCKING
{
  last_ = later(block.begin, static_cast<double>(block.frames) * block.each);
  told_.isSounding = isSounding_;
  if (isSounding_)
    if (const auto run = window_.runOf(head_.place))
      told_.lag = distance(window_.beatOf({*run, head_.place}), last_) + 1e6 * heardBeats_;
  heard_.write(told_);
}

} // namespace tutti::linkaudio
