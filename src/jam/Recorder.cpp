#include <tutti/jam/Recorder.hpp>

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <sndfile.hh>

namespace tutti::jam {

class Recorder::File {
public:
  File(const std::filesystem::path& path, audio::SampleRate rate)
    : sound_{path.string(), SFM_WRITE, SF_FORMAT_RF64 | SF_FORMAT_PCM_24, 2, rate.hertz()}
  {
    sound_.command(SFC_RF64_AUTO_DOWNGRADE, nullptr, SF_TRUE);
    sound_.command(SFC_SET_CLIPPING, nullptr, SF_TRUE);
  }

  [[nodiscard]] const char* problem() const
  {
    return sound_.error() == SF_ERR_NO_ERROR ? nullptr : sound_.strError();
  }

  void write(const stream::Chunk& chunk)
  {
    std::array<float, 2 * stream::Chunk::kFrames> woven{};
    for (std::size_t i = 0; i < chunk.frames; ++i) {
      woven[2 * i] = chunk.samples[0][i];
      woven[2 * i + 1] = chunk.samples[1][i];
    }
    sound_.writef(woven.data(), chunk.frames);
  }

private:
  mutable SndfileHandle sound_;
};

Result<std::shared_ptr<Recorder>> Recorder::begin(const std::filesystem::path& file, audio::SampleRate rate)
{
  auto opened = std::make_unique<File>(file, rate);
  if (const auto* problem = opened->problem())
    return failure(ErrorKind::unavailable, fmt::format("'{}' cannot be written: {}", file.string(), problem));
  return std::shared_ptr<Recorder>{new Recorder{std::move(opened), rate}};
}

Recorder::Recorder(std::unique_ptr<File> file, audio::SampleRate rate)
  : rate_{rate}
  , file_{std::move(file)}
  , thread_{[this] { run(); }}
{}

Recorder::~Recorder()
{
  isOver_.store(true);
  wake_.raise();
  thread_.join();
}

Micros Recorder::length() const
{
  return rate_.toMicros({static_cast<std::int64_t>(written_.load())});
}

void Recorder::render(const patch::Rendering& rendering) noexcept TUTTI_NONBLOCKING
{
  const auto& block = rendering.block;
  for (std::size_t done = 0; done < block.frames; done += stream::Chunk::kFrames) {
    stream::Chunk chunk;
    chunk.first = SampleTime{block.first.frames + static_cast<std::int64_t>(done)};
    chunk.frames = static_cast<std::uint32_t>(std::min(stream::Chunk::kFrames, block.frames - done));
    for (std::size_t channel = 0; channel < 2; ++channel)
      std::copy_n(rendering.input(channel).data() + done, chunk.frames, chunk.samples[channel].data());
    if (!chunks_.tryPush(chunk)) lost_.fetch_add(chunk.frames, std::memory_order_relaxed);
  }
  wake_.raise();
}

void Recorder::run()
{
  for (bool isLast = false; !isLast;) {
    wake_.wait();
    isLast = isOver_.load();
    while (const auto chunk = chunks_.tryPop()) write(*chunk);
  }
}

void Recorder::write(const stream::Chunk& chunk)
{
  constexpr std::int64_t kLongestHole = 10 * 192'000; // more is a new device that counts anew
  auto hole = hasBegun_ ? chunk.first.frames - next_.frames : 0;
  if (hole < 0 || hole > kLongestHole) hole = 0;
  hasBegun_ = true;
  next_ = SampleTime{chunk.first.frames + chunk.frames};
  written_.fetch_add(static_cast<std::uint64_t>(hole) + chunk.frames);
  for (stream::Chunk silence; hole > 0; hole -= silence.frames) {
    silence.frames = static_cast<std::uint32_t>(std::min<std::int64_t>(hole, stream::Chunk::kFrames));
    file_->write(silence);
  }
  file_->write(chunk);
}

} // namespace tutti::jam
