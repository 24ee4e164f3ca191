#include <tutti/jam/Tape.hpp>

#include <fmt/format.h>
#include <sndfile.hh>

namespace tutti::jam {

Result<std::shared_ptr<Tape>> Tape::open(const std::filesystem::path& file, audio::SampleRate rate)
{
  SndfileHandle sound{file.string()};
  if (sound.error() != SF_ERR_NO_ERROR)
    return failure(ErrorKind::unavailable,
                   fmt::format("'{}' cannot be played: {}", file.string(), sound.strError()));
  const auto channels = static_cast<std::size_t>(sound.channels());
  const auto length = static_cast<std::size_t>(std::max<sf_count_t>(sound.frames(), 0));
  if (sound.samplerate() != rate.hertz())
    return failure(ErrorKind::unsupported,
                   fmt::format("'{}' is at {} Hz, the device at {} Hz; convert it first", file.string(),
                               sound.samplerate(), rate.hertz()));
  if (length == 0 || length > kLongestSeconds * static_cast<std::size_t>(rate.hertz()))
    return failure(ErrorKind::unsupported, fmt::format("'{}' should be a sound of at most {} seconds",
                                                       file.string(), kLongestSeconds));
  std::vector<float> all(length * channels);
  const auto read = static_cast<std::size_t>(sound.readf(all.data(), static_cast<sf_count_t>(length)));
  std::vector<float> frames;
  frames.reserve(2 * read);
  for (std::size_t i = 0; i < read; ++i) {
    frames.push_back(all[i * channels]);
    frames.push_back(all[i * channels + (channels > 1 ? 1 : 0)]);
  }
  if (frames.empty())
    return failure(ErrorKind::unavailable, fmt::format("'{}' cannot be read", file.string()));
  return std::shared_ptr<Tape>{new Tape{std::move(frames)}};
}

void Tape::render(const patch::Rendering& rendering) noexcept TUTTI_NONBLOCKING
{
  const auto left = rendering.output(0);
  const auto right = rendering.output(1);
  for (std::size_t i = 0; i < rendering.block.frames; ++i) {
    left[i] = frames_[next_];
    right[i] = frames_[next_ + 1];
    next_ = next_ + 2 < frames_.size() ? next_ + 2 : 0;
  }
}

} // namespace tutti::jam
