#include <tutti/module/GuestDesk.hpp>

#include <fmt/format.h>

namespace tutti::module {
namespace {

std::string wholeCommand(const patch::ProcessDescription& process)
{
  auto all = process.command;
  for (const auto& argument : process.arguments) all += ' ' + argument;
  return all;
}

ProcessPicture::State stateOf(Supervisor::State state)
{
  switch (state) {
  case Supervisor::State::waiting:
    return ProcessPicture::State::waiting;
  case Supervisor::State::running:
  case Supervisor::State::stopping:
    return ProcessPicture::State::running;
  case Supervisor::State::finished:
    return ProcessPicture::State::finished;
  case Supervisor::State::givenUp:
    return ProcessPicture::State::givenUp;
  case Supervisor::State::missing:
    return ProcessPicture::State::missing;
  }
  return ProcessPicture::State::missing;
}

std::string sentence(const Supervisor::Picture& picture, bool hasModules)
{
  switch (picture.state) {
  case Supervisor::State::waiting:
    return picture.why + " It starts again.";
  case Supervisor::State::running:
    return hasModules ? "It plays." : "It runs, and has not joined yet.";
  case Supervisor::State::stopping:
    return "It is being stopped.";
  case Supervisor::State::givenUp:
    return fmt::format(
      "It has crashed {} times within a minute and is not started any more. The last time: {}",
      picture.crashes, picture.why);
  case Supervisor::State::finished:
  case Supervisor::State::missing:
    return picture.why;
  }
  return picture.why;
}

} // namespace

std::vector<GuestPicture> GuestDesk::guests() const
{
  std::vector<GuestPicture> all;
  for (const auto& [name, place] : places_)
    all.push_back({name, place.module->process(), place.way, place.module->card(), place.visitor.has_value(),
                   place.module->delay(), place.module->health(), place.trouble});
  return all;
}

std::vector<ProcessPicture> GuestDesk::processes() const
{
  std::vector<ProcessPicture> all;
  for (const auto& [name, program] : programs_) {
    ProcessPicture picture{name, wholeCommand(program.description), {}, {}, {}};
    bool hasModules = false;
    for (const auto& [guest, place] : places_)
      hasModules = hasModules || (place.visitor && place.module->process() == name);
    if (const auto state = supervisor_.picture(name); state && program.isApproved) {
      picture.state = stateOf(state->state);
      picture.text = sentence(*state, hasModules);
    } else {
      picture.text = "Tutti starts this program only when you allow it.";
    }
    all.push_back(std::move(picture));
  }
  return all;
}

} // namespace tutti::module
