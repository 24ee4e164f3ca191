#pragma once

#include <string>
#include <string_view>

#include <tutti/patch/Name.hpp>

/// Texts of strangers, made fit for a name or for a sentence to a musician.
namespace tutti::patch {

/// In quotes, and no more of it than is needed to be recognised.
std::string excerpt(std::string_view text);

} // namespace tutti::patch
