#include <tutti/audio/CableTest.hpp>

#include <algorithm>

namespace tutti::audio {

void CableTest::begin(SampleRate rate)
{
  giveUp();
  run_ = std::make_unique<Run>(rate);
  running_.store(run_.get(), std::memory_order_release);
}

bool CableTest::isDone() const
{
  return run_ && run_->isDone.load(std::memory_order_acquire);
}

std::optional<CableTest::Outcome> CableTest::end()
{
  if (!isDone()) {
    giveUp();
    return std::nullopt;
  }
  const auto run = std::move(run_);
  if (run->isDisturbed) return Outcome{{{}, CableTrouble::unsteady}, run->told};
  return Outcome{run->probe.read(run->heard), run->told};
}

void CableTest::giveUp()
{
  running_.store(nullptr, std::memory_order_release);
  if (run_ && !isDone()) lost_.push_back(std::move(run_));
  run_.reset();
}

void CableTest::process(const Block& block) noexcept TUTTI_NONBLOCKING
{
  next_.process(block);
  if (auto* const run = running_.load(std::memory_order_acquire)) measure(*run, block);
}

void CableTest::measure(Run& run, const Block& block) noexcept TUTTI_NONBLOCKING
{
  for (const auto output : block.outputs) std::fill(output.begin(), output.end(), 0.0F);
  if (!run.next) run.told = std::chrono::duration_cast<Micros>(block.audible - block.captured);
  const bool isGap = run.next && *run.next != block.first;
  run.isDisturbed = run.isDisturbed || isGap || block.rate != run.rate;
  run.next = block.first + FrameCount{static_cast<std::int64_t>(block.frames)};
  const auto& sound = run.probe.sound();
  const auto frames = std::min(block.frames, sound.size() - run.done);
  if (!block.outputs.empty() && !block.outputs.front().empty())
    for (std::size_t i = 0; i < frames; ++i) block.outputs.front()[i] = sound.data()[run.done + i];
  if (!block.inputs.empty() && !block.inputs.front().empty())
    for (std::size_t i = 0; i < frames; ++i) run.heard.data()[run.done + i] = block.inputs.front()[i];
  run.done += frames;
  if (run.done < sound.size() && !run.isDisturbed) return;
  running_.store(nullptr, std::memory_order_relaxed);
  run.isDone.store(true, std::memory_order_release); // from here on it belongs to who waits
}

} // namespace tutti::audio
