#include "DoctorVerb.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>

#include "DoctorReport.hpp"
#include "doctor/Examination.hpp"

namespace tutti::app {

CLI::App* addDoctorVerb(CLI::App& program, DoctorOptions& options)
{
  auto* verb =
    program.add_subcommand("doctor", "What would stop this machine from playing well, and the cure");
  verb->add_flag("--json", options.isJson, "One JSON object a line");
  verb->fallthrough();
  return verb;
}

int runDoctor(const DoctorOptions& options)
{
  const auto findings = examineMachine();
  std::fputs((options.isJson ? encodeJsonLines(findings) : describe(findings)).c_str(), stdout);
  return worstOf(findings) == Finding::Severity::problem ? 1 : 0;
}

} // namespace tutti::app
