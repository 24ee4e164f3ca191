// The Linux side of Children.hpp. Other systems get a file of their own beside it.
#include "Children.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <linux/close_range.h>
#include <sstream>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <utility>

extern char** environ; // NOLINT: the system's own name

namespace tutti::module {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr std::size_t kMostPrinted = std::size_t{64} << 10U; // of one program at once
constexpr int kCannotBegin = 127;                            // what a shell says, too
constexpr auto kFarewell = 500ms;                            // for all of them, when we end
constexpr rlim_t kLongestUrgency = 500'000; // µs of computing without a pause before all others: no more

/// Everything that the child needs, made before there is one: it may not allocate.
struct Plan {
  std::string path;
  std::vector<char*> arguments;
  std::vector<char*> environment;
  int printed = -1;
  int nothing = -1;
  pid_t parent = 0;
};

/// In the child, which borrows our memory until the program begins.
[[noreturn]] void becomeProgram(const Plan& plan)
{
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != plan.parent) ::_exit(kCannotBegin); // it had ended before we asked
  ::dup2(plan.nothing, STDIN_FILENO);
  ::dup2(plan.printed, STDOUT_FILENO);
  ::dup2(plan.printed, STDERR_FILENO);
  ::close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC); // also what a library has left open
  ::signal(SIGPIPE, SIG_DFL);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::execve(plan.path.c_str(), plan.arguments.data(), plan.environment.data());
  ::_exit(kCannotBegin);
}

/// `vfork`, because `fork` would make each page that the audio thread writes next a page fault. No signal may
/// come meanwhile: its handler would run in the child, in our memory.
pid_t launch(const Plan& plan)
{
  sigset_t all, before;
  ::sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &before);
  const pid_t child = ::vfork(); // NOLINT(clang-analyzer-security.insecureAPI.vfork)
  if (child == 0) becomeProgram(plan);
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  return child;
}

bool isProgram(const fs::path& path)
{
  std::error_code error;
  return fs::is_regular_file(path, error) && ::access(path.c_str(), X_OK) == 0;
}

/// Where it is: a whole path, or a name that is looked for where programs are. What depends on the folder
/// that we happen to be in is none of both.
std::optional<std::string> find(const std::string& command)
{
  if (command.find('/') != std::string::npos)
    return fs::path{command}.is_absolute() && isProgram(command) ? std::optional{command} : std::nullopt;
  const char* const path = std::getenv("PATH");
  std::istringstream folders{path == nullptr ? "/usr/local/bin:/usr/bin:/bin" : path};
  for (std::string folder; std::getline(folders, folder, ':');)
    if (fs::path{folder}.is_absolute() && !command.empty() && isProgram(fs::path{folder} / command))
      return (fs::path{folder} / command).string();
  return std::nullopt;
}

bool sameVariable(const char* one, const std::string& other)
{
  const auto name = other.find('=') + 1;
  return std::strncmp(one, other.c_str(), name) == 0;
}

Plan planFor(const std::string& path, std::vector<std::string>& arguments,
             std::vector<std::string>& environment)
{
  Plan plan;
  plan.path = path;
  plan.parent = ::getpid();
  for (auto& argument : arguments) plan.arguments.push_back(argument.data());
  plan.arguments.push_back(nullptr);
  for (char** ours = environ; *ours != nullptr; ++ours) {
    bool isReplaced = false;
    for (const auto& theirs : environment) isReplaced = isReplaced || sameVariable(*ours, theirs);
    if (!isReplaced) plan.environment.push_back(*ours);
  }
  for (auto& theirs : environment) plan.environment.push_back(theirs.data());
  plan.environment.push_back(nullptr);
  return plan;
}

/// A module before all others may not keep the machine for itself.
void bound(pid_t process)
{
  const rlimit limit{kLongestUrgency, 2 * kLongestUrgency};
  ::prlimit(process, RLIMIT_RTTIME, &limit, nullptr);
}

Children::Ended reportOf(const std::string& name, int status)
{
  using Ending = Supervisor::Ending;
  if (WIFSIGNALED(status))
    return {name, Ending::crashed,
            fmt::format("It was ended by a signal ({}).", ::strsignal(WTERMSIG(status)))};
  const int code = WEXITSTATUS(status);
  if (code == 0) return {name, Ending::done, "It has ended by itself."};
  if (code == kCannotBegin) return {name, Ending::crashed, "It could not begin."};
  return {name, Ending::crashed, fmt::format("It has ended with the error {}.", code)};
}

} // namespace

Result<void> Children::start(const patch::ProcessDescription& process,
                             const std::vector<std::string>& environment)
{
  const auto path = find(process.command);
  if (!path)
    return failure(ErrorKind::unsupported,
                   fmt::format("There is no program '{}' on this machine: install it, or change the command.",
                               process.command));
  std::array<int, 2> pipe{-1, -1};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) return failure(ErrorKind::refused, "Too many files are open.");
  Descriptor printed{pipe[0]};
  const Descriptor theirs{pipe[1]};
  const Descriptor nothing{::open("/dev/null", O_RDONLY | O_CLOEXEC)};
  ::fcntl(printed.number(), F_SETFL, O_NONBLOCK);

  std::vector<std::string> arguments{process.command};
  arguments.insert(arguments.end(), process.arguments.begin(), process.arguments.end());
  auto variables = environment;
  auto plan = planFor(*path, arguments, variables);
  plan.printed = theirs.number();
  plan.nothing = nothing.number();
  const pid_t child = launch(plan);
  if (child < 0) return failure(ErrorKind::refused, fmt::format("The system starts no program ({}).", errno));
  ::setpgid(child, child); // whoever of us is first
  bound(child);
  words_[process.name] = {};
  all_[process.name] = {child, Descriptor{static_cast<int>(::syscall(SYS_pidfd_open, child, 0))},
                        std::move(printed)};
  return {};
}

void Children::stop(const std::string& name, Stop::Way way)
{
  if (const auto child = all_.find(name); child != all_.end())
    ::kill(-child->second.process, way == Stop::Way::ask ? SIGTERM : SIGKILL);
}

void Children::addTo(std::vector<net::Watch>& all) const
{
  for (const auto& [name, child] : all_) {
    if (child.end.isOpen()) all.push_back({child.end.number()});
    if (child.printed.isOpen()) all.push_back({child.printed.number()});
  }
}

void Children::listen(const std::string& name, const Child& child)
{
  std::array<char, 4096> piece{};
  for (std::size_t heard = 0; heard < kMostPrinted;) {
    const auto size = ::read(child.printed.number(), piece.data(), piece.size());
    if (size <= 0) return;
    words_[name].add({piece.data(), static_cast<std::size_t>(size)});
    heard += static_cast<std::size_t>(size);
  }
}

std::vector<Children::Ended> Children::tend()
{
  std::vector<Ended> ended;
  for (auto child = all_.begin(); child != all_.end();) {
    auto& [name, about] = *child;
    listen(name, about);
    int status = 0;
    if (::waitpid(about.process, &status, WNOHANG) != about.process) {
      ++child;
      continue;
    }
    ::kill(-about.process, SIGKILL); // what it has started
    ended.push_back(reportOf(name, status));
    child = all_.erase(child);
  }
  return ended;
}

std::vector<std::string> Children::lastWords(const std::string& name) const
{
  const auto words = words_.find(name);
  return words == words_.end() ? std::vector<std::string>{} : words->second.lines();
}

pid_t Children::process(const std::string& name) const
{
  const auto child = all_.find(name);
  return child == all_.end() ? 0 : child->second.process;
}

Children::~Children()
{
  for (const auto& [name, child] : all_) stop(name, Stop::Way::ask);
  const auto end = std::chrono::steady_clock::now() + kFarewell;
  while (!all_.empty() && std::chrono::steady_clock::now() < end) {
    tend();
    if (!all_.empty()) std::this_thread::sleep_for(5ms);
  }
  for (const auto& [name, child] : all_) {
    stop(name, Stop::Way::kill);
    ::waitpid(child.process, nullptr, 0);
  }
}

} // namespace tutti::module
