#pragma once

#include <tutti/engine/LanSnapshot.hpp>
#include <tutti/engine/ProgramsSnapshot.hpp>

/// What comes to a patch from outside, as a jam would tell it.
namespace tutti::prepared {

/// One that runs, one that was given up, one that nobody has approved.
engine::ProgramsSnapshot programs();

/// A server that is used, one that is lost, one that is only near; and a stream of ours.
engine::LanSnapshot streams();

} // namespace tutti::prepared
