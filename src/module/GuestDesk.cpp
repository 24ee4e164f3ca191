#include <tutti/module/GuestDesk.hpp>

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace tutti::module {
namespace {

constexpr int kSteadyLooks = 10; // ticks after which a device's block is taken for what it stays

LaneShape shapeFor(const Card& card, std::size_t block)
{
  const auto wanted = card.block != 0 ? card.block : static_cast<std::uint32_t>(block);
  return LaneShape::of(channelsOf(card.inputs), channelsOf(card.outputs),
                       std::clamp(wanted, LaneShape::kLeastBlock, LaneShape::kMostBlock));
}

Result<void> fits(const Card& card, audio::SampleRate rate)
{
  const auto device = static_cast<std::uint32_t>(rate.hertz());
  if (card.rate == 0 || card.rate == device) return {};
  return failure(
    ErrorKind::refused,
    fmt::format("It plays at {} frames a second only, and the sound device at {}.", card.rate, device));
}

} // namespace

GuestDesk::GuestDesk(Setup setup)
  : setup_{std::move(setup)}
{}

void GuestDesk::called(GuestId id, Way way, HostTime now, GuestOutbox& out)
{
  const auto [caller, isNew] = callers_.try_emplace(id, Caller{Visit{now}, std::move(way), {}});
  if (isNew && callers_.size() > kMostGuests)
    perform(id, caller->second.visit.refuse("There is no room for more than 64 modules of other programs."),
            now, out);
}

void GuestDesk::receive(GuestId id, std::span<const std::byte> packet, HostTime now, GuestOutbox& out)
{
  if (const auto caller = callers_.find(id); caller != callers_.end())
    perform(id, caller->second.visit.receive(packet, now), now, out);
}

void GuestDesk::hungUp(GuestId id, HostTime now, GuestOutbox& out)
{
  if (const auto caller = callers_.find(id); caller != callers_.end())
    perform(id, caller->second.visit.hungUp(), now, out);
}

void GuestDesk::expel(GuestId id, const std::string& why, HostTime now, GuestOutbox& out)
{
  if (const auto caller = callers_.find(id); caller != callers_.end())
    perform(id, caller->second.visit.dismiss(why), now, out);
}

void GuestDesk::perform(GuestId id, const VisitActions& actions, HostTime now, GuestOutbox& out)
{
  for (const auto& action : actions) {
    if (const auto* tell = std::get_if<Tell>(&action)) {
      if (!std::holds_alternative<Welcome>(tell->message)) // that one goes with its memory
        out.sayings.push_back({id, encode(tell->message)});
    } else if (const auto* knocked = std::get_if<Knocked>(&action)) {
      letIn(id, knocked->hello, now, out);
    } else if (std::holds_alternative<AskedAgain>(action)) {
      welcome(id, now, out);
    } else if (const auto* gone = std::get_if<Gone>(&action)) {
      part(id, *gone, out);
    }
  }
}

/// Which program it is; empty: none of ours.
Result<std::string> GuestDesk::programOf(const Caller& caller, const Hello& hello) const
{
  if (caller.way.isVouchedFor) return std::string{};
  if (hello.token.empty()) {
    if (setup_.admitsStrangers) return std::string{};
    return failure(ErrorKind::refused, "This Tutti lets in only the programs that it starts itself.");
  }
  for (const auto& [name, program] : programs_)
    if (program.token == hello.token) return name;
  return failure(ErrorKind::refused, "It came with a token that this Tutti has not given out.");
}

void GuestDesk::letIn(GuestId id, const Hello& hello, HostTime now, GuestOutbox& out)
{
  auto& caller = callers_.at(id);
  const auto program = programOf(caller, hello);
  const auto fit = program ? fits(hello.card, setup_.pace.rate) : tl::unexpected{program.error()};
  if (!fit) return perform(id, caller.visit.refuse(fit.error().detail), now, out);
  caller.place = takePlace(*program, hello.card, out);
  auto& place = places_.at(caller.place);
  place.visitor = id;
  place.way = caller.way.description;
  place.trouble.clear();
  welcome(id, now, out);
}

/// The one that it has left, if it comes back as it was; else a new one.
std::string GuestDesk::takePlace(const std::string& process, const Card& card, GuestOutbox& out)
{
  if (!process.empty())
    for (auto& [name, place] : places_) {
      const auto& before = place.module->card();
      const bool isSame = before.inputs == card.inputs && before.outputs == card.outputs;
      if (!place.visitor && place.module->process() == process && place.wish == card.name && isSame)
        return name;
    }
  auto name = freeName(card.name);
  auto named = card;
  named.name = name;
  const auto module = std::make_shared<ProcessModule>(process, std::move(named));
  auto& place = places_[name];
  place.wish = card.name;
  place.module = module;
  out.arrivals.push_back({name, module});
  return name;
}

std::string GuestDesk::freeName(const std::string& wish) const
{
  auto name = wish;
  for (int n = 2; places_.contains(name); ++n) {
    const auto number = fmt::format(" {}", n);
    name = reasonFrom(wish, Card::kLongestName - number.size()) + number;
  }
  return name;
}

/// New memory, for the process and for the audio thread, and the word that says so.
void GuestDesk::welcome(GuestId id, HostTime now, GuestOutbox& out)
{
  auto& caller = callers_.at(id);
  auto& place = places_.at(caller.place);
  const auto shape = shapeFor(place.module->card(), setup_.pace.block);
  auto memory = LaneMemory::make(shape.words());
  if (!memory) return perform(id, caller.visit.dismiss(memory.error().detail), now, out);
  auto copy = memory->share();
  if (!copy.isOpen()) return perform(id, caller.visit.dismiss("Too many files are open."), now, out);
  const Welcome words{.rate = static_cast<std::uint32_t>(setup_.pace.rate.hertz()), .shape = shape};
  for (const auto& action : caller.visit.admit(words, now))
    if (const auto* tell = std::get_if<Tell>(&action))
      out.sayings.push_back({id, encode(tell->message), shape, std::exchange(copy, {})});
  place.module->lay(std::move(*memory), shape, setup_.pace.rate, caller.way.allowance);
  place.laid = {setup_.pace.rate, shape.block};
  place.judged = place.module->health();
}

void GuestDesk::part(GuestId id, const Gone& gone, GuestOutbox& out)
{
  const auto caller = callers_.extract(id);
  out.hangUps.push_back(id);
  const auto found = places_.find(caller.mapped().place);
  if (found == places_.end()) return;
  auto& place = found->second;
  place.visitor.reset();
  place.trouble = gone.why;
  const auto& process = place.module->process();
  const bool isMad = gone.how == Farewell::stalled || gone.how == Farewell::expelled;
  if (isMad && !process.empty()) perform(supervisor_.stalled(process), out);
  if (gone.how != Farewell::left) return tidyPlaces(out);
  out.departures.push_back({found->first, gone.why});
  places_.erase(found);
}

/// Places of those who will not come back.
void GuestDesk::tidyPlaces(GuestOutbox& out)
{
  std::erase_if(places_, [&](const auto& entry) {
    const auto& [name, place] = entry;
    if (place.visitor || supervisor_.isComing(place.module->process())) return false;
    out.departures.push_back({name, place.trouble});
    return true;
  });
}

void GuestDesk::want(std::vector<patch::ProcessDescription> processes, const Approvals& approvals,
                     HostTime now, GuestOutbox& out)
{
  std::map<std::string, Program> programs;
  std::vector<Wanted> wanted;
  for (auto& process : processes) {
    const bool isApproved = approvals.has(process);
    const auto before = programs_.find(process.name);
    auto token = before != programs_.end() ? before->second.token : std::string{};
    if (isApproved) wanted.push_back({process.name, Approvals::hashOf(process)});
    auto name = process.name;
    programs[std::move(name)] = {std::move(process), isApproved, std::move(token)};
  }
  programs_ = std::move(programs);
  perform(supervisor_.want(wanted, now), out);
  tidyPlaces(out);
}

void GuestDesk::again(const std::string& process, HostTime now, GuestOutbox& out)
{
  perform(supervisor_.again(process, now), out);
}

void GuestDesk::perform(const SupervisorActions& actions, GuestOutbox& out)
{
  for (const auto& action : actions) {
    if (const auto* stop = std::get_if<Stop>(&action)) out.stops.push_back(*stop);
    const auto* start = std::get_if<Start>(&action);
    const auto program = start != nullptr ? programs_.find(start->name) : programs_.end();
    if (program == programs_.end()) continue;
    program->second.token = setup_.drawToken();
    out.starts.push_back({program->second.description, program->second.token});
  }
}

void GuestDesk::missing(const std::string& process, std::string why, GuestOutbox& out)
{
  supervisor_.missing(process, std::move(why));
  tidyPlaces(out);
}

void GuestDesk::ended(const std::string& process, Supervisor::Ending how, std::string why, HostTime now,
                      GuestOutbox& out)
{
  for (auto& [name, place] : places_)
    if (place.module->process() == process && !place.visitor) place.trouble = why;
  perform(supervisor_.ended(process, how, std::move(why), now), out);
  tidyPlaces(out);
}

void GuestDesk::advance(HostTime now, GuestOutbox& out)
{
  perform(supervisor_.advance(now), out);
  std::vector<GuestId> ids;
  for (const auto& [id, caller] : callers_) ids.push_back(id);
  for (const auto id : ids)
    if (const auto caller = callers_.find(id); caller != callers_.end())
      perform(id, caller->second.visit.advance(now), now, out);
  if (now < tickAt_) return;
  tickAt_ = now + kTick;
  std::vector<std::string> names;
  for (const auto& [name, place] : places_) names.push_back(name);
  for (const auto& name : names)
    if (const auto place = places_.find(name); place != places_.end()) follow(place->second, now, out);
  if (now < judgeAt_) return;
  judgeAt_ = now + kJudgement;
  for (auto& [name, place] : places_) judge(place, now);
}

/// The sound device may have taken another rate, or other blocks.
void GuestDesk::follow(Place& place, HostTime now, GuestOutbox& out)
{
  place.module->tend();
  const auto pace = place.module->pace();
  place.looks = pace == place.seen ? place.looks + 1 : 0;
  place.seen = pace;
  if (pace.block == 0 || !place.visitor) return;
  const auto id = *place.visitor;
  const auto block = shapeFor(place.module->card(), pace.block).block;
  const bool isOther =
    pace.rate != place.laid.rate || (block != place.laid.block && place.looks >= kSteadyLooks);
  if (!isOther) return;
  setup_.pace = pace;
  const auto fit = fits(place.module->card(), pace.rate);
  if (!fit) return expel(id, fit.error().detail, now, out);
  welcome(id, now, out);
}

void GuestDesk::judge(Place& place, HostTime now)
{
  if (!place.visitor) return;
  const auto health = place.module->health();
  const auto since = health - place.judged;
  place.judged = health;
  if (since.spoilt > 0 || since.late > 0) place.troubledAt = now;
  if (since.spoilt > 0)
    place.trouble =
      fmt::format("It sends what is no sound (not a number, or louder than anything): {} of {} blocks "
                  "were silenced just now.",
                  since.spoilt, since.blocks);
  else if (since.late > 0)
    place.trouble = fmt::format(
      "It does not keep up: {} of {} blocks came too late just now and were silent. A larger block, "
      "or less for the machine to do, would help.",
      since.late, since.blocks);
  else if (now - place.troubledAt >= kCalm)
    place.trouble.clear();
}

std::optional<HostTime> GuestDesk::nextDeadline() const
{
  auto next = supervisor_.nextDeadline();
  const auto sooner = [&next](std::optional<HostTime> at) {
    if (at && (!next || *at < *next)) next = at;
  };
  for (const auto& [id, caller] : callers_) sooner(caller.visit.nextDeadline());
  if (!places_.empty()) sooner(tickAt_);
  return next;
}

void GuestDesk::close(const std::string& reason, HostTime now, GuestOutbox& out)
{
  std::vector<GuestId> ids;
  for (const auto& [id, caller] : callers_) ids.push_back(id);
  for (const auto id : ids) expel(id, reason, now, out);
  want({}, {}, now, out);
}

} // namespace tutti::module
