#pragma once

#include <tutti/endpoint/MediaPacket.hpp>
#include <tutti/endpoint/Outbox.hpp>
#include <tutti/endpoint/SessionAction.hpp>

/// What the desks of servers and of clients put into an outbox in the same way.
namespace tutti::endpoint {

inline void deliver(ConnectionId id, const Say& say, Outbox& out)
{
  out.control.push_back({id, encode(say.message)});
}

inline void deliver(const GiveSign& sign, const SessionToken& session, Outbox& out)
{
  MediaPacket packet;
  packet.session = session;
  out.media.push_back({sign.to, encodeMedia(packet)});
}

/// How a connection that is over is told of.
inline void deliver(ConnectionId id, const Closed& closed, std::string name, Outbox& out)
{
  using Kind = Outbox::Event::Kind;
  out.hangUps.push_back(id);
  const auto kind = closed.how == Verdict::refused ? Kind::refused : Kind::left;
  out.events.push_back({kind, id, std::move(name), closed.reason});
}

} // namespace tutti::endpoint
