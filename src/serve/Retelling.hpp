#pragma once

#include <tutti/serve/RoomBook.hpp>

namespace tutti::serve {

/// A room that somebody needs is not forgotten by the store; and where it is carried, all members must agree.
void tellAgain(RoomBook& book, HostTime now);

/// A member has asked us and is ours from now on: the others hear of it a few times in each lease, and at
/// once when it has asked another one before.
void tellOfPoll(RoomBook& book, const KnownRoom& room, KnownMember& member, HostTime now);

/// All that we know, rooms before what is in them, for a store that may know nothing.
std::vector<Told> everything(RoomBook& book);

/// The others are heard again, and have a whole lease to say of what they still know.
void extendLeases(RoomBook& book, HostTime now);

} // namespace tutti::serve
