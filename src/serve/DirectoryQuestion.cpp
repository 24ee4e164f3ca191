// How a question is understood, before anybody looks into a room. What is answered: Directory.cpp.
#include "Refusals.hpp"

namespace tutti::serve {
namespace {

using namespace room::wire;

constexpr std::string_view kRooms = "/v1/rooms";
constexpr std::size_t kLargestPoll = 1024; // polls lie there for seconds, one for each member

template <class Said>
std::variant<Directory::Answer, Directory::Asked> parsed(const std::string& body, Directory::Asked asked)
{
  auto said = Said::parse(body);
  if (!said) return malformed();
  asked.said = std::move(*said);
  return asked;
}

std::variant<Directory::Answer, Directory::Asked> joining(const std::string& body, Directory::Asked asked)
{
  const auto request = JoinRequest::parse(body);
  if (!request) return malformed();
  if (request->version != kVersion) return anotherVersion();
  asked.said = *request;
  return asked;
}

} // namespace

bool Directory::isOfRooms(const Question& question)
{
  return question.path.starts_with(kRooms);
}

std::variant<Directory::Answer, Directory::Asked> Directory::read(const Question& question)
{
  if (question.method == "GET" && question.path == "/") return Answer{200, "OK", "text/plain"};
  if (!isOfRooms(question))
    return refuse(404, "version", "This server speaks another version of Tutti. Update the older one.");
  const auto rest = question.path.substr(kRooms.size());
  const bool isPost = question.method == "POST";
  if (rest.empty())
    return isPost ? parsed<OpenRequest>(question.body, {{}, {}, question.from, {}}) : malformed();
  const auto slash = rest.rfind('/');
  if (rest.front() != '/') return malformed();
  if (question.method == "GET") return Asked{rest.substr(1), {}, question.from, {}};
  if (!isPost || slash == 0) return malformed();
  Asked asked{rest.substr(1, slash - 1), rest.substr(slash + 1), question.from, {}};
  if (asked.what == "members") return joining(question.body, std::move(asked));
  if (asked.what == "poll" && question.body.size() > kLargestPoll) return malformed();
  return parsed<MemberRequest>(question.body, std::move(asked));
}

} // namespace tutti::serve
