// What anybody may say to a directory's HTTP server before a body. Whatever it is, what is still to come is
// bounded, and nothing of it is asked for twice.
#include <string>
#include <string_view>

#include "HttpHead.hpp"
#include "Require.hpp"

using tutti::fuzz::require;
using tutti::serve::HttpHead;

/// As the server does: up to the first end of a head, if there is one.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  std::string_view text{reinterpret_cast<const char*>(data), std::min(size, HttpHead::kLongest)};
  if (const auto end = text.find(HttpHead::kEnd); end != std::string_view::npos)
    text = text.substr(0, end + HttpHead::kEnd.size());
  const auto head = HttpHead::parse(text);
  if (!head) return 0;
  require(!head->method.empty());
  require(!head->path.empty() && head->path.size() <= text.size());
  require(head->authorization.size() <= text.size());
  require(head->bodySize <= HttpHead::kLongestBody);
  require(head->bodySize == 0 || head->method == "POST" || head->method == "PUT");
  const auto again = HttpHead::parse(text);
  require(again && again->path == head->path && again->bodySize == head->bodySize &&
          again->isLast == head->isLast);
  return 0;
}
