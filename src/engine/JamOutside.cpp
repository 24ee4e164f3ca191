#include "JamImpl.hpp"

/// A jam and who comes to its patch from outside: audio streams of the LAN, other programs, channels
/// of the Link session.
namespace tutti::engine {

std::optional<audio::SampleRate> Jam::Impl::deviceRate()
{
  const std::lock_guard lock{mutex_};
  return device_ ? std::optional{deviceStatus_.rate} : std::nullopt;
}

audio::DeviceStatus Jam::Impl::deviceStatus()
{
  const std::lock_guard lock{mutex_};
  return deviceStatus_;
}

/// Whether the musician should know of something.
bool Jam::Impl::attendOutside(HostTime now)
{
  auto sentences = lan_.settle(desk_, deviceStatus_.deviceOut);
  for (auto& sentence : programs_.settle(desk_)) sentences.push_back(std::move(sentence));
  for (auto& sentence : channels_.settle(desk_, deviceStatus_.deviceOut, company_.here()))
    sentences.push_back(std::move(sentence));
  const bool isNews = channels_.takeNews();
  if (sentences.empty()) return isNews;
  roomProblem_ = sentences.back();
  complainedAt_ = now;
  return true;
}

/// Whoever adds it has said what to start.
Result<void> Jam::Impl::addProgram(const patch::ProcessDescription& program)
{
  {
    const std::lock_guard lock{mutex_};
    auto added = desk_.edit("Add a program", [&](patch::Patch& patch) { return patch.addProcess(program); });
    if (!added) return added;
  }
  programs_.approve(program);
  changed();
  return {};
}

void Jam::Impl::removeProgram(const std::string& name)
{
  {
    const std::lock_guard lock{mutex_};
    static_cast<void>(desk_.edit("Remove a program", [&](patch::Patch& patch) -> Result<void> {
      patch.removeProcess(name);
      return {};
    }));
  }
  changed();
}

} // namespace tutti::engine
