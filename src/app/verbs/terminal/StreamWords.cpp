#include "StreamWords.hpp"

#include <charconv>
#include <fmt/format.h>

#include <tutti/endpoint/Announcement.hpp>
#include <tutti/endpoint/AudioFormat.hpp>

namespace tutti::app {

Result<std::string> parseStreamName(std::string_view text)
{
  if (endpoint::isName(text)) return std::string{text};
  return failure(ErrorKind::malformed,
                 fmt::format("a name has 1 to {} letters, on one line", endpoint::kLongestName));
}

Result<std::size_t> parseChannels(std::string_view text)
{
  std::size_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  const bool isWhole = error == std::errc{} && end == text.data() + text.size();
  if (isWhole && count >= 1 && count <= endpoint::kMostChannels) return count;
  return failure(ErrorKind::malformed,
                 fmt::format("a stream has 1 to {} channels, not '{:.20}'", endpoint::kMostChannels, text));
}

} // namespace tutti::app
