#pragma once

#include "LinkAudioOptions.hpp"

namespace tutti::app {

/// Publishes and fetches audio channels of the Link session until told to leave; returns the exit status.
///
/// Threads: the main thread.
int runLinkAudio(const LinkAudioOptions& options);

} // namespace tutti::app
