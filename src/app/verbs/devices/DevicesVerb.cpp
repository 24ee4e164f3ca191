#include "DevicesVerb.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>

#include "DevicesReport.hpp"

namespace tutti::app {

CLI::App* addDevicesVerb(CLI::App& program, DevicesOptions& options)
{
  auto* verb = program.add_subcommand("devices", "What sound devices there are");
  verb->add_flag("--json", options.isJson, "One JSON object a line");
  verb->fallthrough();
  return verb;
}

int runDevices(const DevicesOptions& options)
{
  const auto devices = audio::listDevices();
  std::fputs((options.isJson ? encodeJsonLines(devices) : describe(devices)).c_str(), stdout);
  return 0;
}

} // namespace tutti::app
