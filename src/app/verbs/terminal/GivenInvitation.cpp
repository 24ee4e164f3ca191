#include "GivenInvitation.hpp"

#include <fstream>

namespace tutti::app {

Result<std::string> givenInvitation(const std::string& invite, const std::string& file, LineReader& input,
                                    const LineReader::Wait& wait)
{
  std::string link = invite;
  if (!file.empty()) {
    std::ifstream in{file};
    if (!std::getline(in, link))
      return failure(ErrorKind::unavailable, "'" + file + "' holds no invitation that can be read");
  } else if (link == "-") {
    link = input.waitForNext(wait).value_or("");
  }
  if (link.empty())
    return failure(ErrorKind::malformed, "Which room? Give the invitation that its host sent you, tutti://…");
  return link;
}

} // namespace tutti::app
