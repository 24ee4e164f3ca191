#pragma once

#include <filesystem>
#include <optional>

#include <tutti/core/Result.hpp>
#include <tutti/room/Invitation.hpp>

/// An invitation that outlives the server, readable by its owner only.
///
/// Spec: room R-12.
namespace tutti::app {

/// What an earlier start left there; nothing where there is no file. Errors: a sentence where it is none.
Result<std::optional<room::Invitation>> invitationIn(const std::filesystem::path& file);

/// Errors: `refused` with the reason.
Result<void> keepInvitation(const std::filesystem::path& file, const std::string& link);

} // namespace tutti::app
