#pragma once

#include <tutti/serve/RoomBook.hpp>

namespace tutti::serve {

/// Which forwarder carries which room, where several directories with a forwarder each share their rooms:
/// says that ours is there, forgets those that are not, and chooses.
void advanceStages(RoomBook& book, HostTime now);

} // namespace tutti::serve
