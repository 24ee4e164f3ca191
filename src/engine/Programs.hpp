#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <variant>
#include <vector>

#include <tutti/audio/AudioDevice.hpp>
#include <tutti/engine/ProgramsSnapshot.hpp>
#include <tutti/jam/Desk.hpp>
#include <tutti/module/Approvals.hpp>
#include <tutti/module/Host.hpp>

namespace tutti::engine {

/// Outside programs in a running jam: those that the patch names, started when the musician has approved
/// them, and those of this user that come by themselves.
///
/// Whoever has the desk calls `attend`, which waits for another thread, some ten times a second, and then
/// `settle`, which does not, with the desk.
///
/// Threads: `attend` and `settle` one at a time; everything else any.
class Programs {
public:
  struct Wish {
    bool letsIn = false;            ///< Else there are none, and those of a patch are only noted.
    std::filesystem::path folder{}; ///< Of the door; empty: the usual one.
    module::Approvals approvals{};
  };
  explicit Programs(Wish wish);

  /// It may be started, also another day.
  void approve(const patch::ProcessDescription& program);
  /// The same for all that the patch names now.
  void approveAll();
  /// Starts one that has ended, was given up, or was missing.
  void again(const std::string& program);
  [[nodiscard]] module::Approvals approvals() const;
  [[nodiscard]] ProgramsSnapshot snapshot() const;

  void attend(const audio::DeviceStatus& device);
  /// What the musician should know, in sentences.
  std::vector<std::string> settle(jam::Desk& desk);

private:
  struct Arrived {
    std::string name;
    std::shared_ptr<patch::Module> module;
  };
  struct Left {
    std::string name;
    std::string why;
  };
  using News = std::variant<Arrived, Left>;

  void open();
  void tell(News news);
  void welcome(jam::Desk& desk, const Arrived& arrived, std::vector<std::string>& sentences);
  void dismiss(jam::Desk& desk, const Left& left);
  static void explain(jam::Desk& desk, const std::vector<module::ProcessPicture>& programs);

  const std::filesystem::path folder_;
  const bool letsIn_;

  mutable std::mutex mutex_;
  module::Approvals approvals_;                  // under mutex_
  std::vector<patch::ProcessDescription> named_; // under mutex_: by the patch
  bool isToldOf_ = false;                        // under mutex_: the host knows names and approvals
  std::vector<std::string> again_;               // under mutex_
  ProgramsSnapshot shown_;                       // under mutex_
  std::vector<News> news_;                       // under mutex_: from the host, for the desk

  bool hasTried_ = false;
  module::ProcessModule::Pace pace_;
  std::map<std::string, jam::GuestId> guests_; // by the host's name for them
  std::unique_ptr<module::Host> host_;         // gone before what it tells
};

} // namespace tutti::engine
