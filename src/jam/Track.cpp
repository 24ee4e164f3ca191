#include "Track.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <vector>

#include <fmt/format.h>
#include <sndfile.hh>

namespace tutti::jam {

class Track::Sound {
public:
  Sound(const std::filesystem::path& path, audio::SampleRate rate)
    : file_{path.string(), SFM_WRITE, SF_FORMAT_RF64 | SF_FORMAT_PCM_24, 2, rate.hertz()}
  {
    file_.command(SFC_RF64_AUTO_DOWNGRADE, nullptr, SF_TRUE);
    file_.command(SFC_SET_CLIPPING, nullptr, SF_TRUE);
  }

  [[nodiscard]] bool isGood() const { return file_.error() == SF_ERR_NO_ERROR; }
  [[nodiscard]] const char* problem() const { return file_.strError(); }

  bool write(const stream::Chunk& chunk)
  {
    std::array<float, 2 * stream::Chunk::kFrames> woven{};
    for (std::size_t i = 0; i < chunk.frames; ++i) {
      woven[2 * i] = chunk.samples[0][i];
      woven[2 * i + 1] = chunk.samples[1][i];
    }
    return file_.writef(woven.data(), chunk.frames) == static_cast<sf_count_t>(chunk.frames);
  }

  /// What lies between is silent.
  bool leapTo(std::int64_t frame) { return file_.seek(frame, SEEK_SET) == frame; }

  /// The header says how much there is: who looks before the end finds it.
  void note() { file_.command(SFC_UPDATE_HEADER_NOW, nullptr, 0); }

private:
  mutable SndfileHandle file_;
};

Track::Track(std::string name, std::filesystem::path file, std::shared_ptr<Reel> reel)
  : name_{std::move(name)}
  , file_{std::move(file)}
  , reel_{std::move(reel)}
{}

Track::~Track() = default;

void Track::render(const patch::Rendering& rendering) noexcept TUTTI_NONBLOCKING
{
  const auto& block = rendering.block;
  const auto place = reel_->placeOf(block);
  if (!place) return;
  for (std::size_t done = 0; done < block.frames; done += stream::Chunk::kFrames) {
    stream::Chunk chunk;
    chunk.first = SampleTime{place->frames + static_cast<std::int64_t>(done)};
    chunk.frames = static_cast<std::uint32_t>(std::min(stream::Chunk::kFrames, block.frames - done));
    for (std::size_t channel = 0; channel < 2; ++channel)
      std::copy_n(rendering.input(channel).data() + done, chunk.frames, chunk.samples[channel].data());
    if (!chunks_.tryPush(chunk)) hasLost_.store(true, std::memory_order_relaxed);
  }
}

Result<void> Track::open()
{
  auto sound = std::make_unique<Sound>(file_, reel_->rate());
  if (!sound->isGood())
    return failure(ErrorKind::unavailable,
                   fmt::format("'{}' cannot be written: {}", file_.string(), sound->problem()));
  sound_ = std::move(sound);
  return {};
}

Result<Track::Progress> Track::writeRound(std::span<const std::shared_ptr<Track>> tracks)
{
  std::vector<Track*> lacking;
  for (const auto& track : tracks) {
    const auto done = track->write(0);
    if (!done) return tl::unexpected{done.error()};
    if (*done == Progress::behind) lacking.push_back(track.get());
  }
  auto progress = Progress::done;
  for (auto* track : lacking) {
    const auto done = track->write(kSilenceAtOnce / static_cast<std::int64_t>(lacking.size()));
    if (!done) return tl::unexpected{done.error()};
    if (*done == Progress::behind) progress = Progress::behind;
  }
  return progress;
}

Result<Track::Progress> Track::write(std::int64_t mostSilence)
{
  if (isClosed_) {
    while (chunks_.tryPop()) {
    }
    return Progress::done;
  }
  if (!sound_) {
    if (!waiting_) waiting_ = chunks_.tryPop();
    if (!waiting_) return Progress::done; // a file only for who was heard
    if (auto opened = open(); !opened) {
      isClosed_ = true;
      return tl::unexpected{opened.error()};
    }
  }
  return writeSound(mostSilence);
}

Result<Track::Progress> Track::writeSound(std::int64_t mostSilence)
{
  auto room = mostSilence;
  while (waiting_ || (waiting_ = chunks_.tryPop())) {
    const auto hole = waiting_->first.frames - written_;
    if (hole < 0) { // heard by two plans while one follows the other
      waiting_.reset();
      continue;
    }
    const bool isGood = fillUpTo(written_ + std::min(hole, room)) && (hole > room || put(*waiting_));
    if (!isGood) {
      const auto why = fmt::format("'{}' cannot be written: {}", file_.string(), sound_->problem());
      close();
      return failure(ErrorKind::unavailable, why);
    }
    if (hole > room) return Progress::behind;
    room -= hole;
    waiting_.reset();
  }
  if (written_ - noted_ >= reel_->rate().hertz()) {
    sound_->note();
    noted_ = written_;
  }
  return Progress::done;
}

/// Between two chunks of silence a hole. The first chunk, so that the file begins as any other; the last one,
/// as a disk that knows no holes fills them by then, and not all at once when somebody sounds.
bool Track::fillUpTo(std::int64_t place)
{
  constexpr std::int64_t kChunk = stream::Chunk::kFrames;
  while (written_ < place) {
    if (written_ > 0 && place - written_ > kChunk) {
      if (!sound_->leapTo(place - kChunk)) return false;
      written_ = place - kChunk;
    }
    stream::Chunk silence;
    silence.frames = static_cast<std::uint32_t>(std::min(place - written_, kChunk));
    if (!put(silence)) return false;
  }
  return true;
}

bool Track::put(const stream::Chunk& chunk)
{
  if (!sound_->write(chunk)) return false;
  written_ += chunk.frames;
  return true;
}

void Track::close()
{
  sound_.reset();
  waiting_.reset();
  isClosed_ = true;
}

} // namespace tutti::jam
