#pragma once

#include <string>
#include <vector>

#include <tutti/core/Result.hpp>

namespace CLI {
class App;
}

namespace tutti::app {

/// Teaches a verb to be told which network interfaces: `--interface`, repeatable. `interfaces` outlives the
/// parsing.
void addInterfaceFlag(CLI::App& verb, std::vector<std::string>& interfaces);
/// The same where a room is reached by any of them.
void addLinkInterfaceFlag(CLI::App& verb, std::vector<std::string>& interfaces);

/// Those of a bridge: programs on this machine are spoken to by the loopback interface (spec bridge B-5).
std::vector<std::string> withLoopback(std::vector<std::string> interfaces);

/// Whether all of `wanted` exist on this machine.
/// Errors: `malformed`, with a line that says what there is.
Result<void> checkInterfaces(const std::vector<std::string>& wanted,
                             const std::vector<std::string>& existing);

} // namespace tutti::app
