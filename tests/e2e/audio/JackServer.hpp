#pragma once

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <functional>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace tutti::test {

/// Whether it came true within this time.
inline bool eventually(const std::function<bool()>& holds,
                       std::chrono::milliseconds patience = std::chrono::seconds{8})
{
  const auto end = std::chrono::steady_clock::now() + patience;
  while (!holds()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds{5});
  }
  return true;
}

/// A jackd on the dummy driver: as steady as the machine, with two channels each way.
class JackServer {
public:
  explicit JackServer(std::string name, int frames = 64, int rate = 48'000)
    : name_{std::move(name)}
  {
    process_ = fork();
    if (process_ == 0) exec(frames, rate);
    eventually([&] { return isReady(); });
  }
  ~JackServer() { end(SIGTERM); }
  JackServer(const JackServer&) = delete;
  JackServer& operator=(const JackServer&) = delete;

  void end(int signal)
  {
    if (process_ <= 0) return;
    kill(process_, signal);
    waitpid(process_, nullptr, 0);
    process_ = -1;
  }

  /// It stops working without dying, and goes on.
  void freeze() const { kill(process_, SIGSTOP); }
  void thaw() const { kill(process_, SIGCONT); }

  [[nodiscard]] bool connect(const std::string& from, const std::string& to) const
  {
    return run("jack_connect -s " + name_ + " '" + from + "' '" + to + "'");
  }
  [[nodiscard]] bool disconnect(const std::string& from, const std::string& to) const
  {
    return run("jack_disconnect -s " + name_ + " '" + from + "' '" + to + "'");
  }
  [[nodiscard]] bool isConnected(const std::string& from, const std::string& to) const
  {
    return run("jack_lsp -s " + name_ + " -c '" + from + "' | grep -qx '   " + to + "'");
  }
  [[nodiscard]] bool hasPort(const std::string& port) const
  {
    return run("jack_lsp -s " + name_ + " | grep -qx '" + port + "'");
  }
  [[nodiscard]] bool setFrames(int frames) const
  {
    return run("JACK_DEFAULT_SERVER=" + name_ + " jack_bufsize " + std::to_string(frames));
  }

  [[nodiscard]] const std::string& name() const { return name_; }

private:
  [[noreturn]] void exec(int frames, int rate) const
  {
    const int nowhere = open("/dev/null", O_WRONLY);
    dup2(nowhere, STDOUT_FILENO);
    dup2(nowhere, STDERR_FILENO);
    execlp("jackd", "jackd", "-R", "-n", name_.c_str(), "-d", "dummy", "-r", std::to_string(rate).c_str(),
           "-p", std::to_string(frames).c_str(), nullptr);
    _exit(127);
  }
  static bool run(const std::string& command)
  {
    return std::system(("{ " + command + "; } >/dev/null 2>&1").c_str()) == 0;
  }
  [[nodiscard]] bool isReady() const { return run("jack_lsp -s " + name_ + " | grep -q system:playback_1"); }

  std::string name_;
  pid_t process_ = -1;
};

} // namespace tutti::test
