#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <tutti/core/Endpoint.hpp>
#include <tutti/core/Result.hpp>
#include <tutti/module/Approvals.hpp>
#include <tutti/module/Pictures.hpp>
#include <tutti/module/ProcessModule.hpp>
#include <tutti/patch/Module.hpp>
#include <tutti/patch/Snapshot.hpp>

namespace tutti::module {

/// Lets other programs into the patch as modules, and runs those that the patch names.
///
/// A module that comes is told by `onArrived`, to be put into the patch under its name; one that will not
/// come back by `onLeft`, to be taken out. In between the module stays the same, whatever becomes of the
/// process: while a program that we have started is away and comes back, its cables are silent, and its
/// picture says why.
///
/// Threads: *any*; each call waits a moment for its own thread, on which `onArrived` and `onLeft` are called
///          (they may call back). The modules' `render` is *audio*.
/// Errors:  of `open`: `unavailable` where there can be no socket; everything later in the pictures.
class Host {
public:
  struct Options {
    std::filesystem::path folder;     ///< For the socket: `usualSocketFolder()`.
    ProcessModule::Pace pace{{}, 64}; ///< Of the sound device, until it is heard.
    bool admitsStrangers = true;      ///< Programs of this user that we have not started.
    /// For programs that come over a network; nothing: none may.
    struct Network {
      Endpoint at{IpAddress::v4({}), 0}; ///< Port 0: any.
      std::vector<std::string> tokens;   ///< Who knows one may come in: `drawToken`.
      std::uint32_t allowance = 2;       ///< Blocks that the way may take longer now and then.
    };
    std::optional<Network> network{};
  };
  struct Listener {
    std::function<void(const std::string& name, std::shared_ptr<patch::Module> module)> onArrived;
    std::function<void(const std::string& name, const std::string& why)> onLeft;
  };

  static Result<std::unique_ptr<Host>> open(const Options& options, Listener listener);
  ~Host(); ///< Everybody is told to go, and the programs are ended. Nothing is told any more.
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;

  /// What TUTTI_MODULE_SOCKET may say.
  [[nodiscard]] const std::filesystem::path& path() const;
  /// Where we hear programs on a network.
  [[nodiscard]] std::optional<Endpoint> network() const;
  static std::string drawToken();

  /// What the sound device has now; who plays already follows by itself.
  void setPace(const ProcessModule::Pace& pace);

  /// The programs of the patch, all of them: those that were approved run from now on, no others. What comes
  /// from a network is not to be given here.
  void want(std::vector<patch::ProcessDescription> processes, const Approvals& approvals);
  /// Starts one that has ended, was given up, or was missing.
  void again(const std::string& process);

  [[nodiscard]] std::vector<GuestPicture> guests() const;
  [[nodiscard]] std::vector<ProcessPicture> processes() const;

private:
  class Inner;
  explicit Host(std::unique_ptr<Inner> inner);
  std::unique_ptr<Inner> inner_;
};

} // namespace tutti::module
