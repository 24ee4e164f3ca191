#include "Programs.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include <tutti/module/SocketFolder.hpp>

namespace tutti::engine {
namespace {

constexpr std::size_t kUsualBlock = 64;

std::string troubleOf(const std::vector<module::GuestPicture>& guests, const std::string& name)
{
  for (const auto& guest : guests)
    if (guest.name == name) return guest.trouble;
  return {};
}

} // namespace

Programs::Programs(Wish wish)
  : folder_{std::move(wish.folder)}
  , letsIn_{wish.letsIn}
  , approvals_{std::move(wish.approvals)}
{}

void Programs::approve(const patch::ProcessDescription& program)
{
  const std::lock_guard lock{mutex_};
  approvals_.add(program);
  isToldOf_ = false;
}

void Programs::approveAll()
{
  const std::lock_guard lock{mutex_};
  for (const auto& program : named_) approvals_.add(program);
  isToldOf_ = false;
}

void Programs::again(const std::string& program)
{
  const std::lock_guard lock{mutex_};
  again_.push_back(program);
}

module::Approvals Programs::approvals() const
{
  const std::lock_guard lock{mutex_};
  return approvals_;
}

ProgramsSnapshot Programs::snapshot() const
{
  const std::lock_guard lock{mutex_};
  return shown_;
}

void Programs::open()
{
  hasTried_ = true;
  const auto folder = folder_.empty() ? module::usualSocketFolder() : folder_;
  if (!folder) return; // a system without one says so where the patch's door is opened
  auto host = module::Host::open(
    {.folder = *folder, .pace = pace_},
    {.onArrived = [this](const auto& name, auto module) { tell(Arrived{name, std::move(module)}); },
     .onLeft = [this](const auto& name, const auto& why) { tell(Left{name, why}); }});
  const std::lock_guard lock{mutex_};
  if (!host) {
    shown_.problem = fmt::format("No other program can be a module of the patch: {}", host.error().detail);
    return;
  }
  host_ = std::move(*host);
  shown_.door = host_->path();
}

void Programs::tell(News news)
{
  const std::lock_guard lock{mutex_};
  news_.push_back(std::move(news));
}

void Programs::attend(const audio::DeviceStatus& device)
{
  const module::ProcessModule::Pace pace{device.rate, device.frames == 0 ? kUsualBlock : device.frames};
  const bool isNew = std::exchange(pace_, pace) != pace;
  if (letsIn_ && !hasTried_) open();
  if (!host_) return;
  if (isNew) host_->setPace(pace_);
  std::vector<std::string> again;
  std::optional<std::pair<std::vector<patch::ProcessDescription>, module::Approvals>> wanted;
  {
    const std::lock_guard lock{mutex_};
    again = std::exchange(again_, {});
    if (!std::exchange(isToldOf_, true)) wanted.emplace(named_, approvals_);
  }
  if (wanted) host_->want(std::move(wanted->first), wanted->second);
  for (const auto& program : again) host_->again(program);
  auto guests = host_->guests();
  auto programs = host_->processes();
  const std::lock_guard lock{mutex_};
  shown_.guests = std::move(guests);
  shown_.programs = std::move(programs);
}

std::vector<std::string> Programs::settle(jam::Desk& desk)
{
  std::vector<News> news;
  std::vector<module::GuestPicture> guests;
  std::vector<module::ProcessPicture> programs;
  {
    const std::lock_guard lock{mutex_};
    news = std::exchange(news_, {});
    guests = shown_.guests;
    programs = shown_.programs;
    if (named_ != desk.patch().processes()) {
      named_ = desk.patch().processes();
      isToldOf_ = false;
    }
  }
  std::vector<std::string> sentences;
  for (const auto& one : news)
    if (const auto* const arrived = std::get_if<Arrived>(&one))
      welcome(desk, *arrived, sentences);
    else
      dismiss(desk, std::get<Left>(one));
  for (const auto& [name, id] : guests_) desk.setTrouble(id, troubleOf(guests, name));
  explain(desk, programs);
  return sentences;
}

void Programs::welcome(jam::Desk& desk, const Arrived& arrived, std::vector<std::string>& sentences)
{
  const auto arrival = desk.welcome(arrived.name, arrived.module);
  if (!arrival) {
    sentences.push_back(
      fmt::format("The program “{}” finds no place in the patch: {}.", arrived.name, arrival.error().detail));
    return;
  }
  guests_[arrived.name] = arrival->id;
  if (arrival->cablesLost > 0)
    sentences.push_back(fmt::format("“{}” has other inputs or outputs than before: {} of its cables {} "
                                    "taken off. Connect it again in the patch.",
                                    arrival->id.name, arrival->cablesLost,
                                    arrival->cablesLost == 1 ? "was" : "were"));
}

/// A ghost says what keeps its program away.
void Programs::explain(jam::Desk& desk, const std::vector<module::ProcessPicture>& programs)
{
  for (const auto& guest : desk.showGuests()) {
    if (guest.isHere || guest.id.kind != module::ProcessModule::kType) continue;
    const auto* const place = desk.patch().find(guest.module);
    const auto& entries = place->about.parameters.entries();
    const auto process = std::ranges::find(entries, "process", &patch::Parameters::Entry::name);
    if (process == entries.end()) continue;
    for (const auto& program : programs)
      if (process->text == program.name && guest.whyMissing != program.text)
        desk.sayGoodbye(guest.id, program.text);
  }
}

void Programs::dismiss(jam::Desk& desk, const Left& left)
{
  const auto guest = guests_.find(left.name);
  if (guest == guests_.end()) return;
  desk.sayGoodbye(guest->second, left.why);
  guests_.erase(guest);
}

} // namespace tutti::engine
