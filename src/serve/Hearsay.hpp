#pragma once

#include <tutti/serve/RoomBook.hpp>

namespace tutti::serve {

/// Takes down what another directory has said, or we in an earlier life.
///
/// Each fact says all about one thing, so hearing it twice, or after a newer one, changes nothing.
void hearFact(RoomBook& book, const Fact& fact, HostTime now);

} // namespace tutti::serve
