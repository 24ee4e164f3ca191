#pragma once

// A directory as its members and strangers ask it.
#include <Catch.hpp>
#include <chrono>
#include <map>
#include <string>
#include <tutti/room/Card.hpp>
#include <tutti/serve/Directory.hpp>
#include <variant>

namespace tutti::test {

using namespace serve;
using namespace room;
using namespace room::wire;
using namespace std::chrono_literals;

inline constexpr auto kStart = HostTime{} + 1h;
inline const IpAddress kHere = IpAddress::v4({192, 0, 2, 1});
inline const IpAddress kElsewhere = IpAddress::v4({192, 0, 2, 2});

inline std::map<MemberId, MemberKeys>& drawn()
{
  static std::map<MemberId, MemberKeys> all;
  return all;
}

inline MemberId draw()
{
  auto keys = MemberKeys::draw();
  const auto id = keys.id();
  drawn().emplace(id, std::move(keys));
  return id;
}

inline const MemberKeys& keysOf(const MemberId& id)
{
  return drawn().at(id);
}

/// A directory with one room, "Jazz".
struct Desk {
  Desk()
    : Desk{RoomKind::invited}
  {}
  explicit Desk(RoomKind kind)
  {
    record.kind = kind;
    REQUIRE(directory.open({record, hashOfToken(secret.joinToken())}));
  }

  Directory::Reply ask(const std::string& path, const std::string& body, bool mayWait = false,
                       IpAddress from = kHere)
  {
    return directory.ask({"POST", path, body, from}, now, mayWait);
  }
  Directory::Answer answer(const std::string& path, const std::string& body, IpAddress from = kHere)
  {
    return std::get<Directory::Answer>(ask(path, body, false, from));
  }
  Directory::Answer join(const MemberId& id, const Secret& with, IpAddress from = kHere,
                         std::uint16_t slot = 0)
  {
    const auto& keys = keysOf(id);
    const Card card{keys.id(), keys.signPublic(), keys.boxPublic(), 1, "Anna", "", {}};
    JoinRequest request{kVersion, with.joinToken(), id, card.encode(with, keys), slot, {}};
    request.prove(keys);
    return answer("/v1/rooms/Jazz/members", request.encode(), from);
  }
  JoinReply joined(const MemberId& id, std::uint16_t slot = 0)
  {
    const auto reply = JoinReply::parse(join(id, secret, kHere, slot).body);
    REQUIRE(reply);
    return *reply;
  }
  MemberRequest as(const MemberId& id, const JoinReply& reply, std::uint64_t since = 0)
  {
    MemberRequest request;
    request.id = id;
    request.pass = reply.pass;
    request.since = since;
    return request;
  }

  RoomRecord recordOf(std::string name)
  {
    RoomRecord made;
    made.name = std::move(name);
    made.id = RoomId::draw();
    made.host = host.signPublic();
    return made;
  }

  MemberKeys host = MemberKeys::draw();
  Secret secret = Secret::draw();
  RoomRecord record = recordOf("Jazz");
  Directory directory{7885};
  HostTime now = kStart;
};

inline std::string codeOf(const Directory::Answer& answer)
{
  const auto refusal = Refusal::parse(answer.body);
  REQUIRE(refusal);
  CHECK(answer.status >= 400);
  CHECK(refusal->sentence.size() > 20);
  return refusal->code;
}

inline const MemberId kAnna = draw();
inline const MemberId kBen = draw();

} // namespace tutti::test
