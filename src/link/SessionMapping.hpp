#pragma once

#include <tutti/time/SessionTransform.hpp>
#include <tutti/time/Timeline.hpp>

/// Between what the session agrees on and what a program here counts by.
///
/// Spec: link 5.5.
namespace tutti::link {

/// The client goes on counting from where it is at `now`, at the session's tempo; its origin moves to the
/// session's beat zero, from which every quantum's phase is taken.
constexpr time::HostTimeline toClient(const time::HostTimeline& client, const time::SessionTimeline& session,
                                      HostTime now, const time::SessionTransform& transform)
{
  const time::HostTimeline continued{session.tempo, client.toBeats(now), now};
  const auto sessionStart = transform.toHost(session.fromBeats(time::Beats{}));
  return {session.tempo, continued.toBeats(sessionStart), sessionStart};
}

/// What the client's line means for all. A change gets an origin at the moment of the change, on the old
/// timeline and above the old origin: that is what makes it win at the peers.
constexpr time::SessionTimeline toSession(const time::SessionTimeline& session,
                                          const time::HostTimeline& client, HostTime changedAt,
                                          const time::SessionTransform& transform)
{
  using time::Beats;
  const auto start = transform.toSession(client.timeOrigin);
  if (session.toBeats(start) == Beats{} && client.tempo == session.tempo) return session;
  const time::SessionTimeline changed{client.tempo, Beats{}, start};
  const auto origin =
    std::max(session.toBeats(transform.toSession(changedAt)), session.beatOrigin + Beats::fromMicroBeats(1));
  return {client.tempo, origin, changed.fromBeats(origin)};
}

} // namespace tutti::link
