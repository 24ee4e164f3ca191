#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <tutti/module/Approvals.hpp>
#include <tutti/module/LocalSocket.hpp>
#include <tutti/module/Pictures.hpp>
#include <tutti/module/ProcessModule.hpp>
#include <tutti/module/Supervisor.hpp>
#include <tutti/module/Visit.hpp>
#include <tutti/patch/Snapshot.hpp>

namespace tutti::module {

/// A connection, named by whoever holds it.
struct GuestId {
  std::uint32_t number = 0;
  friend constexpr auto operator<=>(GuestId, GuestId) = default;
};

/// What there is to say, to do and to tell, each in order. The desk adds to it, a shell empties it.
struct GuestOutbox {
  struct Saying {
    GuestId to;
    ByteString message;
    std::optional<LaneShape> shape{}; ///< With a welcome: of the memory that goes along.
    Descriptor memory{};
  };
  struct Arrived {
    std::string name;
    std::shared_ptr<patch::Module> module;
  };
  struct Left {
    std::string name;
    std::string why;
  };
  struct Starting {
    patch::ProcessDescription process;
    std::string token;
  };

  std::vector<Saying> sayings;
  std::vector<GuestId> hangUps; ///< after what there is to say
  std::vector<Arrived> arrivals;
  std::vector<Left> departures;
  std::vector<Starting> starts;
  std::vector<Stop> stops;
};

/// All outside processes of one Tutti: who is let in, under which name, through which memory; which programs
/// are to run; what their cards say.
///
/// A process that Tutti has started keeps its place in the patch while it is away and will come back: its
/// module stays, silent, and plays on when it is there again with the same ports.
///
/// Threads: one at a time.
/// Errors:  as sentences in the pictures. A guest that does what is not done is put out; the others play on.
class GuestDesk {
public:
  static constexpr std::size_t kMostGuests = 64;
  static constexpr Micros kTick{100'000};
  static constexpr Micros kJudgement{500'000}; ///< how often a card's sentence is thought over
  static constexpr Micros kCalm{2'000'000};    ///< how long all must be well before it is taken back

  struct Setup {
    ProcessModule::Pace pace;    ///< Of the sound device; before anybody has heard it.
    bool admitsStrangers = true; ///< Programs of the same user that Tutti has not started.
    std::function<std::string()> drawToken;
  };
  explicit GuestDesk(Setup setup);

  /// How a guest came.
  struct Way {
    std::uint32_t allowance = 0; ///< blocks that its answers may take longer
    bool isVouchedFor = false;   ///< it has shown already that it may come in
    std::string description = "this machine";
  };
  void called(GuestId id, Way way, HostTime now, GuestOutbox& out);
  void receive(GuestId id, std::span<const std::byte> packet, HostTime now, GuestOutbox& out);
  void hungUp(GuestId id, HostTime now, GuestOutbox& out);
  /// Not again: for what only the shell knows.
  void expel(GuestId id, const std::string& why, HostTime now, GuestOutbox& out);

  /// All programs of the patch; of these, those that were approved run from now on.
  void want(std::vector<patch::ProcessDescription> processes, const Approvals& approvals, HostTime now,
            GuestOutbox& out);
  void again(const std::string& process, HostTime now, GuestOutbox& out);
  /// What became of a start.
  void missing(const std::string& process, std::string why, GuestOutbox& out);
  void ended(const std::string& process, Supervisor::Ending how, std::string why, HostTime now,
             GuestOutbox& out);

  void setPace(const ProcessModule::Pace& pace) { setup_.pace = pace; }
  void advance(HostTime now, GuestOutbox& out);
  [[nodiscard]] std::optional<HostTime> nextDeadline() const;
  /// Everybody is told to go.
  void close(const std::string& reason, HostTime now, GuestOutbox& out);

  [[nodiscard]] std::vector<GuestPicture> guests() const;
  [[nodiscard]] std::vector<ProcessPicture> processes() const;

private:
  struct Caller {
    Visit visit;
    Way way;
    std::string place; // empty before it is let in
  };
  struct Place {
    std::string wish; // what it calls itself
    std::shared_ptr<ProcessModule> module;
    std::optional<GuestId> visitor;
    std::string way;
    std::string trouble;
    HostTime troubledAt{};
    HealthPicture judged;
    ProcessModule::Pace laid;
    ProcessModule::Pace seen;
    int looks = 0; // how often the pace was seen so
  };
  struct Program {
    patch::ProcessDescription description;
    bool isApproved = false;
    std::string token;
  };

  void perform(GuestId id, const VisitActions& actions, HostTime now, GuestOutbox& out);
  void perform(const SupervisorActions& actions, GuestOutbox& out);
  void letIn(GuestId id, const Hello& hello, HostTime now, GuestOutbox& out);
  [[nodiscard]] Result<std::string> programOf(const Caller& caller, const Hello& hello) const;
  std::string takePlace(const std::string& process, const Card& card, GuestOutbox& out);
  void welcome(GuestId id, HostTime now, GuestOutbox& out);
  void part(GuestId id, const Gone& gone, GuestOutbox& out);
  void tidyPlaces(GuestOutbox& out);
  void follow(Place& place, HostTime now, GuestOutbox& out);
  static void judge(Place& place, HostTime now);
  [[nodiscard]] std::string freeName(const std::string& wish) const;

  Setup setup_;
  std::map<GuestId, Caller> callers_;
  std::map<std::string, Place> places_;
  std::map<std::string, Program> programs_;
  Supervisor supervisor_;
  HostTime tickAt_{};
  HostTime judgeAt_{};
};

} // namespace tutti::module
