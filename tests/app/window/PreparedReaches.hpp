#pragma once

#include <string_view>

#include <tutti/serve/Reach.hpp>

/// What becomes of a room that is hosted at home: the window is shown and tested with these.
namespace tutti::prepared {

/// By the name that tests and screenshots know: "asking", "open", "untested", or why it is closed.
serve::Reach reachNamed(std::string_view name);

} // namespace tutti::prepared
