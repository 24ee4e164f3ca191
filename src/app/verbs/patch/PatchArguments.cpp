#include "PatchArguments.hpp"

#include <CLI/CLI.hpp>

namespace tutti::app {
namespace {

using What = PatchOptions::What;

constexpr int kLastProcess = 4'194'304; // Linux's PID_MAX_LIMIT

void addProcess(CLI::App& verb, PatchOptions& options)
{
  verb.add_option("--pid", options.process, "Which Tutti, where several run")
    ->check(CLI::Range(1, kLastProcess))
    ->type_name("N");
}

void addPlace(CLI::App& verb, PatchOptions& options, const char* file, const char* session)
{
  auto* const path = verb.add_option("FILE", options.file, file)->option_text(" ");
  verb.add_option("--session", options.session, session)->type_name("NAME")->excludes(path);
}

void needPlace(const PatchOptions& options)
{
  if (options.file.empty() && options.session.empty())
    throw CLI::RequiredError{"which patch? Give a FILE, or --session NAME", CLI::ExitCodes::RequiredError};
}

CLI::App* addPart(CLI::App& verb, PatchOptions& options, const char* name, const char* help, What what)
{
  auto* const part = verb.add_subcommand(name, help);
  part->add_flag("--json", options.isJson, "JSON");
  part->option_defaults()->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  part->parse_complete_callback([&options, what] { options.what = what; });
  part->fallthrough();
  return part;
}

} // namespace

CLI::App* addPatchVerb(CLI::App& program, PatchOptions& options)
{
  auto* const verb =
    program.add_subcommand("patch", "What is connected to what: saved, loaded, listed, shown");
  auto* const save = addPart(*verb, options, "save", "Keep the patch of the running Tutti", What::save);
  addPlace(*save, options, "Write it to this file", "Keep it in the library of sessions");
  save->add_flag("--replace", options.replaces, "In place of the session of that name");
  addProcess(*save, options);
  save->final_callback([&options] { needPlace(options); });

  auto* const load = addPart(*verb, options, "load", "Give the running Tutti another patch", What::load);
  addPlace(*load, options, "Read it from this file", "Take it from the library of sessions");
  load->add_flag("--tempo", options.takesTempo, "Set its tempo and quantum, too");
  addProcess(*load, options);
  load->final_callback([&options] { needPlace(options); });

  addPart(*verb, options, "list", "The library of sessions", What::list);

  auto* const show = addPart(*verb, options, "show", "What is in a patch", What::show);
  addPlace(*show, options, "Of this file; without it, what the running Tutti plays", "Of this session");
  show->add_flag("--svg", options.isPicture, "As a small picture");
  addProcess(*show, options);
  verb->require_subcommand(1);
  verb->fallthrough();
  return verb;
}

} // namespace tutti::app
