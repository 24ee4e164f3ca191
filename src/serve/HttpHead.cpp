#include "HttpHead.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <httplib.h>

namespace tutti::serve {
namespace {

constexpr std::size_t kLongestPath = 512;

/// A text that the library reads as if it came from a connection; what it says to it is not heard.
class Page final : public httplib::Stream {
public:
  explicit Page(std::string text)
    : text_{std::move(text)}
  {}
  [[nodiscard]] bool is_readable() const override { return at_ < text_.size(); }
  [[nodiscard]] bool is_writable() const override { return true; }
  ssize_t read(char* into, size_t size) override
  {
    const auto count = text_.copy(into, size, at_);
    at_ += count;
    return static_cast<ssize_t>(count);
  }
  ssize_t write(const char*, size_t size) override { return static_cast<ssize_t>(size); }
  void get_remote_ip_and_port(std::string&, int&) const override {}
  void get_local_ip_and_port(std::string&, int&) const override {}
  [[nodiscard]] socket_t socket() const override { return INVALID_SOCKET; }

private:
  std::string text_;
  std::size_t at_ = 0;
};

/// The library as a reader: it answers nobody.
class Reader final : public httplib::Server {
public:
  Reader()
  {
    set_pre_routing_handler(
      [](const httplib::Request&, httplib::Response&) { return HandlerResponse::Handled; });
  }
  std::optional<httplib::Request> read(std::string text, bool& isLast)
  {
    Page page{std::move(text)};
    std::optional<httplib::Request> request;
    process_request(page, false, isLast, [&request](httplib::Request& read) { request = read; });
    return request;
  }
};

bool isOfRange(std::string_view line)
{
  constexpr std::string_view kName = "range:";
  return line.size() >= kName.size() &&
         std::equal(kName.begin(), kName.end(), line.begin(), [](char expected, char letter) {
           return expected == std::tolower(static_cast<unsigned char>(letter));
         });
}

/// We give no pieces of answers. And the library reads what is asked for by a regular expression that takes
/// more of the stack the longer it is.
std::string withoutRange(std::string_view head)
{
  std::string kept;
  while (!head.empty()) {
    const auto line = head.substr(0, std::min(head.find('\n'), head.size() - 1) + 1);
    if (!isOfRange(line)) kept += line;
    head.remove_prefix(line.size());
  }
  return kept;
}

std::optional<std::size_t> wholeNumber(const std::string& text)
{
  std::size_t number = 0;
  const auto* end = text.data() + text.size();
  const auto [read, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || read != end) return std::nullopt;
  return number;
}

/// How much is still to come after the head; nothing, if we do not want to hear it.
std::optional<std::size_t> bodyOf(const httplib::Request& request)
{
  if (request.has_header("Transfer-Encoding") || request.has_header("Content-Encoding") ||
      request.path.size() > kLongestPath || !request.path.starts_with('/') ||
      request.get_header_value_count("Content-Length") > 1)
    return std::nullopt;
  const auto size = request.has_header("Content-Length")
                      ? wholeNumber(request.get_header_value("Content-Length"))
                      : std::nullopt;
  const bool mayBring = request.method == "POST" || request.method == "PUT";
  if (!mayBring) return size.value_or(0) == 0 ? std::optional{std::size_t{0}} : std::nullopt;
  const bool isOurs = request.get_header_value("Content-Type") == "application/json";
  return isOurs && size && *size <= HttpHead::kLongestBody ? size : std::nullopt;
}

} // namespace

std::optional<HttpHead> HttpHead::parse(std::string_view text)
{
  static Reader reader;
  bool isLast = false;
  const auto request = reader.read(withoutRange(text), isLast);
  if (!request) return std::nullopt;
  const auto size = bodyOf(*request);
  if (!size) return std::nullopt;
  return HttpHead{request->method, request->path, request->get_header_value("Authorization"),
                  *size,           isLast,        request->get_header_value("Expect") == "100-continue"};
}

} // namespace tutti::serve
