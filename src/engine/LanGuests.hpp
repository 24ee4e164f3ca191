#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include <tutti/endpoint/EndpointModules.hpp>
#include <tutti/jam/Desk.hpp>

namespace tutti::engine {

/// One stream that there is now.
struct LanStream {
  struct Door {
    std::shared_ptr<endpoint::SoundDoor> door;
    std::size_t channels = 2;
  };
  std::string server; ///< Whose; empty: ours.
  std::string title;
  std::variant<std::shared_ptr<endpoint::Reception>, Door> end;
  std::optional<jam::StripId> hears{}; ///< Of one that nothing is connected to.
};

/// Why servers have no streams now, by name.
struct LanAbsences {
  std::map<std::string, std::string> why;
  std::set<std::string> isSoonBack; ///< Their streams stay as they are meanwhile.
};

/// Streams of the LAN as guests of a desk.
///
/// Threads: one at a time, any but audio; the desk's.
class LanGuests {
public:
  /// Those that are new come, those that are over go; one that is the same by another end is exchanged.
  /// What the musician should know, in sentences.
  std::vector<std::string> settle(jam::Desk& desk, const std::vector<LanStream>& streams,
                                  const LanAbsences& absences);
  /// How long the device takes from asking for a block until it is heard.
  void setDeviceOut(Micros latency);

private:
  struct Guest {
    std::string server;
    std::string title;
    std::string kind;
    jam::GuestId id;
    std::shared_ptr<const void> end;
    std::shared_ptr<endpoint::FromEndpoint> heard; // of one that comes in
  };
  struct Made {
    std::shared_ptr<patch::Module> module;
    std::shared_ptr<endpoint::FromEndpoint> heard;
  };

  [[nodiscard]] Made make(const LanStream& stream) const;
  Guest* standIn(const LanStream& stream, const std::vector<LanStream>& streams);
  void exchange(jam::Desk& desk, Guest& guest, const LanStream& stream);
  void dismiss(jam::Desk& desk, const std::vector<LanStream>& streams, const LanAbsences& absences);
  void welcome(jam::Desk& desk, const LanStream& stream);
  static void explain(jam::Desk& desk, const LanAbsences& absences);
  void tellLost(const jam::GuestId& id, std::size_t cables);

  std::vector<Guest> guests_;
  Micros deviceOut_{0};
  std::set<const void*> refused_; // told of already
  std::vector<std::string> sentences_;
};

} // namespace tutti::engine
