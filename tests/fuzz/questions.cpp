// What anybody may ask a directory, up to where it looks into a room, and the session API beside it. Whatever
// is asked, there is one answer, and sessions are bounded.
#include <string>
#include <string_view>

#include <tutti/serve/Directory.hpp>

#include "Require.hpp"
#include "SessionBook.hpp"

using namespace tutti;
using namespace tutti::serve;
using tutti::fuzz::require;

namespace {

const std::string kLogin = "Basic YmFuZDphbWJlcg=="; // band:amber

/// Takes a line off the text.
std::string takeLine(std::string_view& text)
{
  const auto end = std::min(text.find('\n'), text.size());
  std::string line{text.substr(0, end)};
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

void look(const Directory::Answer& answer)
{
  require(answer.status >= 200 && answer.status < 600);
  require(!answer.body.empty());
}

void askDirectory(const Directory::Question& question, HostTime now)
{
  static Directory directory{7885};
  const auto reply = directory.ask(question, now, false);
  if (const auto* answer = std::get_if<Directory::Answer>(&reply)) look(*answer);
  require(directory.rooms() <= Directory::kMostRooms);
  require(directory.members() <= Directory::kMostInAll);
}

void askSessions(const Directory::Question& question, HostTime now)
{
  static SessionBook book{{"band", "amber"}};
  const auto reply = book.ask(question, now);
  if (const auto* answer = std::get_if<Directory::Answer>(&reply)) look(*answer);
  require(book.sessions() <= SessionBook::kMostSessions);
}

} // namespace

/// Lines: method, path, login (nothing: the right one); the rest is the body.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  static HostTime now{};
  now += std::chrono::minutes{1}; // nobody has to wait
  std::string_view text{reinterpret_cast<const char*>(data), size};
  Directory::Question question;
  question.method = takeLine(text);
  question.path = takeLine(text);
  question.authorization = takeLine(text);
  if (question.authorization.empty()) question.authorization = kLogin;
  question.body = text;
  question.from = IpAddress::v4({192, 0, 2, 1});
  askDirectory(question, now);
  askSessions(question, now);
  return 0;
}
