#include "PatchVerb.hpp"

#include <cstdio>
#include <cstdlib>
#include <fmt/format.h>

#include <tutti/engine/PatchFile.hpp>
#include <tutti/engine/PatchPicture.hpp>
#include <tutti/module/SocketFolder.hpp>

#include "PatchReport.hpp"
#include "verbs/terminal/Narration.hpp"

namespace tutti::app {
namespace {

using engine::PatchAnswer;
using engine::PatchDoor;
using engine::PatchLibrary;
using engine::PatchRequest;

PatchLibrary library()
{
  return PatchLibrary{PatchLibrary::usualFolder()};
}

/// What the Tutti that is meant says.
Result<PatchAnswer> asked(const PatchOptions& options, const PatchRequest& request)
{
  const auto folder = module::usualSocketFolder();
  if (!folder)
    return failure(ErrorKind::unavailable,
                   "a running Tutti cannot be found, since $XDG_RUNTIME_DIR is not set; "
                   "log in as usual, or set it for both");
  const auto tutti = chosen(engine::runningTuttis(*folder), options.process);
  if (!tutti) return tl::unexpected{tutti.error()};
  auto answer = engine::ask(tutti->door, request);
  if (!answer) return tl::unexpected{answer.error()};
  if (!answer->about.problem.empty()) return failure(ErrorKind::refused, answer->about.problem);
  return std::move(answer->about);
}

Result<ShownPatch> shown(std::string from, PatchAnswer answer)
{
  auto snapshot = patch::Snapshot::parse(answer.yaml);
  if (!snapshot) return tl::unexpected{snapshot.error()};
  return ShownPatch{std::move(from), std::move(*snapshot), std::move(answer.missing),
                    std::move(answer.remarks)};
}

Result<std::string> keep(const PatchOptions& options, const patch::Snapshot& snapshot)
{
  using Existing = PatchLibrary::Existing;
  if (options.session.empty())
    return engine::writePatch(options.file, snapshot).map([&] { return options.file; });
  return library()
    .save(options.session, snapshot, options.replaces ? Existing::replace : Existing::keep)
    .map([](const std::filesystem::path& file) { return file.string(); });
}

Result<std::string> save(const PatchOptions& options)
{
  auto patch = asked(options, {.what = PatchRequest::What::save}).and_then([](PatchAnswer answer) {
    return shown({}, std::move(answer));
  });
  if (!patch) return tl::unexpected{patch.error()};
  if (!options.session.empty()) patch->snapshot.session.name = options.session;
  auto kept = keep(options, patch->snapshot);
  if (!kept) return kept;
  patch->from = std::move(*kept);
  return options.isJson ? doneJson("saved", *patch) : doneText("saved", *patch);
}

Result<std::filesystem::path> fileOf(const PatchOptions& options)
{
  if (options.session.empty()) return options.file;
  return library().find(options.session);
}

Result<std::string> load(const PatchOptions& options)
{
  const auto text = fileOf(options).and_then(engine::readPatchText);
  if (!text) return text;
  const auto& from = options.session.empty() ? options.file : options.session;
  auto answer =
    asked(options, {.what = PatchRequest::What::load, .yaml = *text, .takesTempo = options.takesTempo});
  if (!answer && answer.error().kind == ErrorKind::refused)
    return failure(ErrorKind::refused,
                   fmt::format("{}: {}; Tutti plays on as before", from, answer.error().detail));
  if (!answer) return tl::unexpected{answer.error()};
  const auto patch = shown(from, std::move(*answer));
  if (!patch) return tl::unexpected{patch.error()};
  if (options.isJson) return doneJson("loaded", *patch);
  for (const auto& remark : patch->remarks) fmt::print(stderr, "tutti: {}: {}\n", from, remark);
  return doneText("loaded", *patch);
}

Result<std::string> list(const PatchOptions& options)
{
  const auto sessions = library().list();
  return options.isJson ? sessionsJson(sessions) : sessionsText(sessions);
}

Result<ShownPatch> patchToShow(const PatchOptions& options)
{
  if (options.file.empty() && options.session.empty())
    return asked(options, {.what = PatchRequest::What::save}).and_then([](PatchAnswer answer) {
      auto from = answer.face;
      return shown(std::move(from), std::move(answer));
    });
  auto reading = fileOf(options).and_then(engine::readPatch);
  if (!reading) return tl::unexpected{reading.error()};
  return ShownPatch{options.session.empty() ? options.file : options.session,
                    std::move(reading->snapshot),
                    {},
                    std::move(reading->remarks)};
}

Result<std::string> show(const PatchOptions& options)
{
  const auto patch = patchToShow(options);
  if (!patch) return tl::unexpected{patch.error()};
  if (options.isPicture) return engine::patchPicture(patch->snapshot);
  if (options.isJson) return patchJson(*patch);
  for (const auto& remark : patch->remarks) fmt::print(stderr, "tutti: {}: {}\n", patch->from, remark);
  return patchText(*patch);
}

Result<std::string> done(const PatchOptions& options)
{
  using What = PatchOptions::What;
  switch (options.what) {
  case What::save:
    return save(options);
  case What::load:
    return load(options);
  case What::list:
    return list(options);
  case What::show:
    break;
  }
  return show(options);
}

} // namespace

int runPatch(const PatchOptions& options)
{
  const auto said = done(options);
  if (!said) return fail(said.error());
  std::fputs(said->c_str(), stdout);
  return EXIT_SUCCESS;
}

} // namespace tutti::app
