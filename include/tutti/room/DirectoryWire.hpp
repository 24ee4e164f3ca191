#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tutti/core/ByteString.hpp>
#include <tutti/core/Endpoint.hpp>
#include <tutti/core/Result.hpp>
#include <tutti/room/MemberKeys.hpp>
#include <tutti/room/Secret.hpp>

/// What members and a directory say to each other, as JSON. Both sides read with the same care: either may be
/// anybody.
///
/// Errors: every `parse` fails with `malformed`; unknown fields are skipped, so that both sides may grow.
/// Spec:   design 6; room.
namespace tutti::room::wire {

constexpr int kVersion = 1;
constexpr std::size_t kLargestBody = std::size_t{256} << 10U;
constexpr std::size_t kLargestBytes = 2048; ///< of any field, before it is written as base64
constexpr std::size_t kLargestLetter = 256; ///< a key, and whose it is
constexpr std::size_t kMostMembers = 64;    ///< of a room
constexpr std::size_t kMostLetters = 64;    ///< in one question
constexpr std::size_t kMostForwarders = 8;  ///< that a member is told of

/// How one gets in.
enum class RoomKind { invited, password, open };

/// What the directory tells everybody about a room.
struct RoomRecord {
  std::string name;
  RoomKind kind = RoomKind::invited;
  RoomId id;
  std::optional<SignPublic> host;           ///< whose orders count, if it is proved
  std::optional<Secret::Derived> hostProof; ///< that who opened the room named this host (R-7)
  std::optional<Secret> secret;             ///< of an open room: the host's server could listen
  std::size_t members = 0;
  bool isLocked = false;

  /// Only who knows the secret can: a directory cannot name a host of its own.
  void proveHost(const Secret& known);
  /// Nothing where there is no host, or where somebody else has named it.
  [[nodiscard]] std::optional<SignPublic> provedHost(const Secret& known) const;

  [[nodiscard]] std::string encode() const;
  static Result<RoomRecord> parse(std::string_view json);
};

/// Opens a room: `POST /v1/rooms`.
struct OpenRequest {
  RoomRecord room;
  std::string tokenHash;

  [[nodiscard]] std::string encode() const;
  static Result<OpenRequest> parse(std::string_view json);
};

struct JoinRequest {
  int version = kVersion;
  std::string token;
  MemberId id;
  ByteString card;
  std::uint16_t wantedSlot = 0; ///< that of last time; 0: any
  Signature proof{};            ///< of token and card; it goes to the directory only, so nobody can copy it

  void prove(const MemberKeys& owner);
  [[nodiscard]] bool isProvedBy(const SignPublic& owner) const;

  [[nodiscard]] std::string encode() const;
  static Result<JoinRequest> parse(std::string_view json);
};

struct RosterEntry {
  MemberId id;
  std::uint16_t slot = 0;
  ByteString card;
  friend bool operator==(const RosterEntry&, const RosterEntry&) = default;
};

/// A sealed letter from one member to another.
struct Letter {
  MemberId from;
  MemberId to;
  ByteString body;
  friend bool operator==(const Letter&, const Letter&) = default;
};

/// A forwarder that the room may use: one of several servers that share their rooms.
struct RoomForwarder {
  std::uint64_t id = 0;
  std::vector<IpAddress> addresses; ///< one of each family at most
  std::uint16_t port = 0;
  friend bool operator==(const RoomForwarder&, const RoomForwarder&) = default;
};

/// How far a forwarder is from a member, as that member has measured it.
struct RoundTrip {
  std::uint64_t forwarder = 0;
  std::uint32_t micros = 0;
  friend bool operator==(const RoundTrip&, const RoundTrip&) = default;
};

/// What has changed since the member last asked.
struct Update {
  std::uint64_t revision = 0;
  std::vector<RosterEntry> roster;
  std::vector<Letter> letters;
  std::vector<ByteString> orders; ///< all that the host has given, oldest first
  /// The first one carries this room; the others might. None: that of the server itself.
  std::vector<RoomForwarder> forwarders = {};

  [[nodiscard]] std::string encode() const;
  static Result<Update> parse(std::string_view json);
};

struct JoinReply {
  std::uint16_t slot = 0;
  std::string pass;          ///< says with each later question that it is us
  std::uint16_t udpPort = 0; ///< of the forwarder
  std::string stunUser;
  std::string stunPassword;
  RoomRecord room;
  Update update;

  [[nodiscard]] std::string encode() const;
  static Result<JoinReply> parse(std::string_view json);
};

/// Everything that a member says once it is in. Which of the fields count depends on where it is sent.
struct MemberRequest {
  MemberId id;
  std::string pass;
  std::uint64_t since = 0;                ///< `poll`
  ByteString card;                        ///< `card`
  ByteString order;                       ///< `orders`
  std::vector<Letter> letters;            ///< `letters`; `from` is not sent
  std::vector<RoundTrip> roundTrips = {}; ///< `poll`, where there are several forwarders

  [[nodiscard]] std::string encode() const;
  static Result<MemberRequest> parse(std::string_view json);
};

/// Why a directory says no. `code` is for programs, `sentence` for musicians.
struct Refusal {
  std::string code;
  std::string sentence;

  [[nodiscard]] std::string encode() const;
  static Result<Refusal> parse(std::string_view json);
};

} // namespace tutti::room::wire
