#pragma once

#include <string_view>
#include <vector>

#include <tutti/module/LocalSocket.hpp>

/// Where programs of one user find each other: sockets whose names say what is answered there, and whose.
namespace tutti::module {

/// What the names of sockets for modules begin with.
inline constexpr std::string_view kSocketPrefix = "tutti-module-";

/// `$XDG_RUNTIME_DIR`; nothing where there is no such folder.
std::optional<std::filesystem::path> usualSocketFolder();

std::vector<std::filesystem::path> socketsIn(const std::filesystem::path& folder, std::string_view prefix);

struct Listening {
  Descriptor socket;
  std::filesystem::path path;
};
/// At `prefix` and the number of this process, and once more if need be. What crashed programs have left
/// under such names is taken away. Errors: `unavailable`, with the reason.
Result<Listening> listenIn(const std::filesystem::path& folder, std::string_view prefix,
                           LocalKind kind = LocalKind::messages);

} // namespace tutti::module
