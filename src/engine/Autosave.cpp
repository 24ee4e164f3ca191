#include <tutti/engine/Autosave.hpp>

#include <algorithm>
#include <condition_variable>
#include <fmt/format.h>
#include <mutex>
#include <thread>
#include <utility>

#include <tutti/core/SafeFile.hpp>
#include <tutti/engine/PatchFile.hpp>

#include "HomeFolder.hpp"
#include "LivingFile.hpp"

namespace tutti::engine {
namespace {

namespace fs = std::filesystem;

fs::file_time_type writtenAt(const fs::path& file)
{
  std::error_code error;
  const auto time = fs::last_write_time(file, error);
  return error ? fs::file_time_type::min() : time;
}

} // namespace

class Autosave::Inner {
public:
  Inner(LivingFile file, Source source, First first, std::chrono::milliseconds often)
    : file_{std::move(file)}
    , source_{std::move(source)}
    , saved_{first == First::isKept ? source_() : std::string{}}
    , often_{often}
    , thread_{[this] { run(); }}
  {}
  ~Inner()
  {
    {
      const std::lock_guard lock{mutex_};
      isOver_ = true;
    }
    over_.notify_one();
    thread_.join();
  }
  Inner(const Inner&) = delete;
  Inner& operator=(const Inner&) = delete;

  void look()
  {
    const std::lock_guard oneAtATime{writing_};
    auto now = source_();
    if (now == saved_) return;
    const auto written = replaceWhole(file_.path(), now);
    if (written) saved_ = std::move(now);
    const std::lock_guard lock{mutex_};
    problem_ =
      written ? std::string{} : "What you do is not kept for the case of a crash: " + written.error().detail;
  }

  std::string problem()
  {
    const std::lock_guard lock{mutex_};
    return problem_;
  }

private:
  void run()
  {
    std::unique_lock lock{mutex_};
    while (!over_.wait_for(lock, often_, [this] { return isOver_; })) {
      lock.unlock();
      look();
      lock.lock();
    }
  }

  std::mutex writing_;
  LivingFile file_;   // under writing_
  Source source_;     // under writing_
  std::string saved_; // under writing_
  const std::chrono::milliseconds often_;
  std::mutex mutex_;
  std::condition_variable over_;
  bool isOver_ = false; // under mutex_
  std::string problem_; // under mutex_
  std::thread thread_;
};

fs::path Autosave::usualFolder()
{
  return homeFolder("XDG_STATE_HOME", ".local/state") / "tutti" / "running";
}

Result<std::unique_ptr<Autosave>> Autosave::begin(const fs::path& folder, Source source, First first,
                                                  std::chrono::milliseconds often)
{
  auto file = LivingFile::begin(folder);
  if (!file) return tl::unexpected{std::move(file.error())};
  return std::unique_ptr<Autosave>{
    new Autosave{std::make_unique<Inner>(std::move(*file), std::move(source), first, often)}};
}

Autosave::Autosave(std::unique_ptr<Inner> inner)
  : inner_{std::move(inner)}
{}
Autosave::~Autosave() = default;

void Autosave::look()
{
  inner_->look();
}

std::string Autosave::problem() const
{
  return inner_->problem();
}

std::optional<std::string> Autosave::takeLeftOver(const fs::path& folder)
{
  const auto orphans = LivingFile::orphans(folder); // gone when this returns
  const auto newest =
    std::ranges::max_element(orphans, {}, [](const LivingFile& orphan) { return writtenAt(orphan.path()); });
  if (newest == orphans.end()) return std::nullopt;
  auto text = readPatchText(newest->path());
  if (!text) return std::nullopt;
  std::error_code ignored;
  fs::rename(newest->path(), folder / "last-crash.yaml", ignored);
  return std::move(*text);
}

} // namespace tutti::engine
