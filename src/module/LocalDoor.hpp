#pragma once

#include <filesystem>
#include <map>

#include <tutti/module/SocketFolder.hpp>

#include "Door.hpp"

namespace tutti::module {

/// For programs of the same user on this machine: a socket that is a file.
class LocalDoor final : public Door {
public:
  /// In a file of its own in that folder. Errors: `unavailable`, with the reason.
  static Result<std::unique_ptr<LocalDoor>> open(const std::filesystem::path& folder, GuestCount& count);
  ~LocalDoor() override;

  [[nodiscard]] const std::filesystem::path& path() const { return listening_.path; }

  void addTo(std::vector<net::Watch>& all) const override;
  void tend(GuestDesk& desk, HostTime now, GuestOutbox& out) override;
  bool say(GuestOutbox::Saying& saying) override;
  void hangUp(GuestId id) override { guests_.erase(id); }

private:
  LocalDoor(Listening listening, GuestCount& count)
    : listening_{std::move(listening)}
    , count_{count}
  {}
  [[nodiscard]] bool hasRoom() const { return guests_.size() < GuestDesk::kMostGuests; }
  static void hear(GuestId id, const Descriptor& socket, GuestDesk& desk, HostTime now, GuestOutbox& out);

  Listening listening_;
  GuestCount& count_;
  std::map<GuestId, Descriptor> guests_;
};

} // namespace tutti::module
