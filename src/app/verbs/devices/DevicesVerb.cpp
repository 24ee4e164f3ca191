#include "DevicesVerb.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>

#include <tutti/engine/Jam.hpp>
#include <tutti/engine/Settings.hpp>

#include "DevicesReport.hpp"
#include "verbs/terminal/DeviceFlags.hpp"

namespace tutti::app {
namespace {

int fail(const Error& error)
{
  std::fprintf(stderr, "tutti: %s\n", error.detail.c_str());
  return EXIT_FAILURE;
}

int calibrate(const DevicesOptions& options)
{
  engine::SettingsFile file{engine::SettingsFile::defaultPath()};
  auto settings = file.read();
  if (!settings) return fail(settings.error()); // before it is written over
  if (!file.notice().empty()) std::fprintf(stderr, "tutti: %s\n", file.notice().c_str());
  engine::JamSettings wish;
  wish.device = options.device;
  wish.trims = settings->trims;
  engine::Jam jam{wish, [] { return time::BeatGrid{}; }};
  if (const auto opened = jam.openDevice(options.device); !opened) return fail(opened.error());
  if (!options.isJson) std::fputs("Four short sweeps are played now…\n", stderr);
  if (const auto measured = jam.measureCable(); !measured) return fail(measured.error());
  const auto cable = jam.snapshot().device.cable;
  std::fputs((options.isJson ? encodeJsonLine(cable) : describe(cable)).c_str(), stdout);
  engine::remember(settings->trims, cable.trim);
  const auto saved = file.save(*settings);
  return saved ? EXIT_SUCCESS : fail(saved.error());
}

} // namespace

CLI::App* addDevicesVerb(CLI::App& program, DevicesOptions& options)
{
  auto* verb = program.add_subcommand("devices", "What sound devices there are");
  verb->add_flag("--json", options.isJson, "One JSON object a line");
  verb->add_flag("--calibrate", options.isCalibrating,
                 "Measure a device by a cable from output 1 to input 1, and count with it from now on");
  addDeviceFlags(*verb, options.device);
  verb->fallthrough();
  return verb;
}

int runDevices(const DevicesOptions& options)
{
  if (options.isCalibrating) return calibrate(options);
  const auto devices = audio::listDevices();
  std::fputs((options.isJson ? encodeJsonLines(devices) : describe(devices)).c_str(), stdout);
  return EXIT_SUCCESS;
}

} // namespace tutti::app
