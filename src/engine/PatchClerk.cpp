#include <tutti/engine/PatchClerk.hpp>

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace tutti::engine {

PatchClerk::PatchClerk(Jam& jam, std::string face, SetSession setSession)
  : jam_{jam}
  , face_{std::move(face)}
  , setSession_{std::move(setSession)}
{}

PatchAnswer PatchClerk::operator()(const PatchRequest& request) const
{
  using What = PatchRequest::What;
  if (request.what == What::load) return load(request.yaml, request.takesTempo);
  PatchAnswer answer{.face = face_, .musician = jam_.snapshot().own.name};
  if (request.what == What::save) showPatch(answer);
  return answer;
}

PatchAnswer PatchClerk::load(const std::string& yaml, bool takesTempo) const
{
  PatchAnswer answer{.face = face_, .musician = jam_.snapshot().own.name};
  auto reading = patch::Snapshot::read(yaml);
  const auto loaded =
    reading ? jam_.loadPatch(reading->snapshot) : Result<void>{tl::unexpected{reading.error()}};
  if (!loaded) {
    answer.problem = loaded.error().detail;
    return answer;
  }
  answer.remarks = std::move(reading->remarks);
  const auto approved = jam_.programsApproved();
  const auto& programs = reading->snapshot.processes;
  if (const auto strange =
        std::ranges::count_if(programs, [&](const auto& one) { return !approved.has(one); }))
    answer.remarks.push_back(
      fmt::format("this patch names {} program{} that you have not approved; none was started", strange,
                  strange == 1 ? "" : "s"));
  if (takesTempo && setSession_) setSession_(reading->snapshot.session);
  showPatch(answer);
  return answer;
}

void PatchClerk::showPatch(PatchAnswer& answer) const
{
  answer.yaml = jam_.patch().encode();
  jam_.withDesk([&](const jam::Desk& desk) {
    for (const auto& place : desk.patch().modules())
      if (place.isMissing())
        answer.missing.push_back({place.about.id.number, place.about.name, place.whyMissing});
  });
}

PatchClerk::SetSession setSessionOf(Engine& engine)
{
  return [&engine](const patch::SessionDescription& session) {
    if (session.tempo) engine.setTempo(*session.tempo);
    if (session.quantum) engine.setQuantum(*session.quantum);
  };
}

} // namespace tutti::engine
