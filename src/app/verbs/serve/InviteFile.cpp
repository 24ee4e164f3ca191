#include "InviteFile.hpp"

#include <fmt/format.h>
#include <string>

#include <tutti/core/SafeFile.hpp>

namespace tutti::app {
namespace {

constexpr std::size_t kMostBytes = 2048;

}

Result<std::optional<room::Invitation>> invitationIn(const std::filesystem::path& file)
{
  const auto text = readWhole(file, kMostBytes);
  if (!text && text.error().kind == ErrorKind::unavailable) return std::nullopt;
  if (!text) return tl::unexpected{text.error()};
  const auto invitation = room::Invitation::parse(*text);
  if (!invitation)
    return failure(ErrorKind::malformed, fmt::format("{}: {}", file.string(), invitation.error().detail));
  return *invitation;
}

Result<void> keepInvitation(const std::filesystem::path& file, const std::string& link)
{
  return replaceWhole(file, link + '\n');
}

} // namespace tutti::app
