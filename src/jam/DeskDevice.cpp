#include <fmt/format.h>

#include <tutti/patch/DeviceModules.hpp>

#include "Seating.hpp"

/// Inputs that the device does not have.
namespace tutti::jam {
namespace {

using patch::DeviceInput;

std::string whyMissing(std::size_t inputs)
{
  if (inputs == 0) return "the sound device has no input";
  return inputs == 1 ? "the sound device has one input"
                     : fmt::format("the sound device has {} inputs", inputs);
}

} // namespace

void Desk::setDeviceInputs(std::size_t count)
{
  if (deviceInputs_ == count) return;
  deviceInputs_ = count;
  heedDevice();
  play();
}

/// They are ghosts as long as it does not.
void Desk::heedDevice()
{
  if (!deviceInputs_) return;
  const auto modules = patch_.modules(); // as they were: they change below
  for (const auto& [about, module, why] : modules) {
    if (about.type != DeviceInput::kType) continue;
    auto input = std::dynamic_pointer_cast<DeviceInput>(module);
    if (!input && about.id == seats_->inputId)
      input = std::dynamic_pointer_cast<DeviceInput>(seats_->instrument);
    if (!input)
      if (const auto made = workshop_.make(about)) input = std::dynamic_pointer_cast<DeviceInput>(*made);
    if (!input) continue;
    const bool isThere = input->channels().first < *deviceInputs_;
    if (!isThere)
      patch_.lose(about.id, whyMissing(*deviceInputs_));
    else if (!module)
      static_cast<void>(patch_.fill(about.id, input)); // one that a file has with other ports stays missing
  }
}

} // namespace tutti::jam
