#pragma once

#include <tutti/engine/ChannelsSnapshot.hpp>
#include <tutti/engine/LanSnapshot.hpp>
#include <tutti/engine/ProgramsSnapshot.hpp>

/// What comes to a patch from outside, as a jam would tell it.
namespace tutti::prepared {

/// One that runs, one that was given up, one that nobody has approved.
engine::ProgramsSnapshot programs();

/// A server that is used, one that is lost, one that is only near; and a stream of ours.
engine::LanSnapshot streams();

/// Two that are heard, one live and one on the beat; one that is only there, one that is lost; and two of
/// ours.
engine::ChannelsSnapshot channels();
/// With a bridge: one of the LAN's that another site hears, and two of that site's.
engine::ChannelsSnapshot channelsOfTwoSites();
/// On, and nobody else is there.
engine::ChannelsSnapshot noChannels();
/// Off, while the patch knows one.
engine::ChannelsSnapshot channelsOff();

} // namespace tutti::prepared
