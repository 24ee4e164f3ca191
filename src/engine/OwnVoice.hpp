#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

#include <tutti/audio/AudioDevice.hpp>
#include <tutti/jam/Desk.hpp>
#include <tutti/jam/JamSnapshot.hpp>
#include <tutti/jam/Listening.hpp>
#include <tutti/jam/Speaking.hpp>
#include <tutti/room/Session.hpp>
#include <tutti/stream/StreamFormat.hpp>

namespace tutti::engine {

/// What the room hears of us: our instrument as a stream, while nothing keeps it back.
///
/// Threads: `source` any; the rest one at a time, which is the desk's. It is ended before the session that it
///          sends with.
class OwnVoice {
public:
  explicit OwnVoice(jam::Desk& desk)
    : desk_{desk}
  {}

  /// From now on, in blocks as the device has them.
  void begin(room::Session& session, stream::Codec codec, const audio::DeviceStatus& device);
  void end();

  void setMuted(bool isMuted);
  /// The talkback key: we are heard although we are muted.
  void setTalking(bool isTalking);
  void setMutedByHost(bool isMuted);
  void setDeviceIn(Micros deviceIn);

  /// Says how the others' streams reach us, and sends ours as often as they need it.
  void attend(jam::Listening& listening, HostTime now);

  /// Whose place in the room it speaks from; 0 before it ever spoke.
  [[nodiscard]] std::uint16_t slot() const { return slot_; }
  /// What others report about.
  [[nodiscard]] std::uint32_t source() const { return ssrc_.load(); }
  /// Why nothing is heard of us, in a sentence for a musician.
  [[nodiscard]] const std::string& problem() const { return problem_; }
  void show(jam::OwnSnapshot& shown) const;

private:
  void updateDoor();

  jam::Desk& desk_;
  std::shared_ptr<jam::Speaking> speaking_;
  std::string problem_;
  std::uint16_t slot_ = 0;
  std::uint16_t streams_ = 0; // numbers given out; 0 is the session's own
  std::atomic<std::uint32_t> ssrc_{0};
  bool isMuted_ = false;
  bool isTalking_ = false;
  bool isMutedByHost_ = false;
  HostTime reportAt_{};
};

} // namespace tutti::engine
