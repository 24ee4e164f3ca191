// What reads through the window: it fades in, sounds, and is let go.
#include <algorithm>
#include <cmath>

#include "BeatVoice.hpp"

namespace tutti::linkaudio {
namespace {

constexpr double kNever = 1e18; // frames

} // namespace

void Source::BeatVoice::begin(double place, double fade) noexcept TUTTI_NONBLOCKING
{
  head_ = {place, 1, 0, gainStep(fade)};
  isSounding_ = true;
  hasSounded_ = true;
  silence_ = 0;
  stranded_ = 0;
}

/// It sounds on while it fades, from the next frame of this block on.
void Source::BeatVoice::letGo(double fade, const Block& block, std::size_t done) noexcept TUTTI_NONBLOCKING
{
  isSounding_ = false;
  const auto run = window_.runOf(head_.place);
  auto head = head_;
  head.rise = -gainStep(fade);
  if (head.gain <= 0 || !run) return;
  head.speed = speedIn(*run, block) * (1 + bend_);
  ++told_.leaps;
  soundLeaving(head, block, done);
  if (head.gain <= 0) return;
  if (leavingCount_ == kMostLeaving) {
    std::shift_left(leaving_.begin(), leaving_.end(), 1);
    --leavingCount_;
  }
  leaving_[leavingCount_++] = head;
}

void Source::BeatVoice::soundLeaving(Head& head, const Block& block, std::size_t done) noexcept
  TUTTI_NONBLOCKING
{
  const auto run = window_.runOf(head.place);
  if (!run) {
    head.gain = 0;
    return;
  }
  Course course;
  course.run = *run;
  course.speed = head.speed;
  course.silent = silenceFrom(head, course, block);
  const auto left = static_cast<std::size_t>(std::ceil(head.gain / -head.rise));
  sound(head, course, block, done, std::min(left, block.frames - done));
}

/// In pieces that the scratch buffer holds.
void Source::BeatVoice::sound(Head& head, const Course& course, const Block& block, std::size_t done,
                              std::size_t frames) noexcept TUTTI_NONBLOCKING
{
  const auto reach = static_cast<double>(Varispeed::reachAt(course.speed));
  const auto most = static_cast<std::size_t>(
    std::max(1.0, (static_cast<double>(kMostFrames) - 2 * reach - 4) / std::max(course.speed, 1.0)));
  while (frames > 0) {
    const auto count = std::min(most, frames);
    mix(head, course, block, done, count);
    done += count;
    frames -= count;
  }
}

void Source::BeatVoice::mix(Head& head, const Course& course, const Block& block, std::size_t done,
                            std::size_t frames) noexcept TUTTI_NONBLOCKING
{
  const auto reach = static_cast<std::int64_t>(Varispeed::reachAt(course.speed));
  const auto from = floorOf(head.place) - reach;
  const double last = head.place + static_cast<double>(frames) * course.speed;
  const auto count = std::min(static_cast<std::size_t>(floorOf(last) + reach + 2 - from), kMostFrames);
  for (std::size_t channel = 0; channel < block.output.size(); ++channel)
    window_.copy(course.run, from, channel, std::span{frames_[channel]}.first(count));
  const double edge = 1 / (kEdge * kind().sender.hertz()); // of the gain, in a frame of the sender's
  const double most = 2 * edge * course.speed;
  double place = head.place - static_cast<double>(from);
  const double silent = course.silent - static_cast<double>(from);
  for (std::size_t i = 0; i < frames; ++i) {
    const double wanted = std::min(head.gain + head.rise, std::clamp((silent - place) * edge, 0.0, 1.0));
    head.gain = std::max({wanted, head.gain - std::max(most, -head.rise), 0.0});
    for (std::size_t channel = 0; channel < block.output.size(); ++channel)
      block.output[channel][done + i] +=
        static_cast<float>(head.gain) *
        varispeed_.read(std::span{frames_[channel]}.first(count), place, course.speed);
    place += course.speed;
  }
  head.place += static_cast<double>(frames) * course.speed;
  told_.played += head.rise > 0 ? frames : 0;
}

/// The frame from which it has nothing more to read, if it comes there soon.
double Source::BeatVoice::silenceFrom(const Head& head, const Course& course,
                                      const Block& block) const noexcept TUTTI_NONBLOCKING
{
  const double soon =
    head.place + static_cast<double>(block.frames) * course.speed + kEdge * kind().sender.hertz();
  auto run = course.run;
  while (static_cast<double>(window_.run(run).end) < soon && window_.goesOn(run)) ++run;
  const auto end = static_cast<double>(window_.run(run).end);
  return end < soon ? end : kNever;
}

} // namespace tutti::linkaudio
