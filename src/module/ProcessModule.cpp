#include <tutti/module/ProcessModule.hpp>

#include <algorithm>
#include <utility>

#include <tutti/core/Assert.hpp>
#include <tutti/patch/ParameterReader.hpp>

namespace tutti::module {
namespace {

constexpr auto kRelaxed = std::memory_order_relaxed;

void silence(const patch::Rendering& rendering) noexcept TUTTI_NONBLOCKING
{
  for (std::size_t channel = 0; channel < rendering.outs.size(); ++channel) {
    const auto out = rendering.output(channel);
    std::fill(out.begin(), out.end(), 0.0F);
  }
}

} // namespace

std::vector<patch::Port> patchPorts(const std::vector<Port>& ports)
{
  static_assert(Port::kMostChannels == patch::Port::kMostChannels);
  std::vector<patch::Port> same;
  same.reserve(ports.size());
  for (const auto& port : ports) same.push_back({port.name, port.channels});
  return same;
}

patch::Parameters parametersOf(const std::string& process, const std::string& name)
{
  patch::Parameters parameters;
  if (!process.empty()) parameters.add("process", process);
  parameters.add("name", name);
  return parameters;
}

ProcessModule::ProcessModule(std::string process, Card card)
  : process_{std::move(process)}
  , card_{std::move(card)}
{}

ProcessModule::~ProcessModule()
{
  tend();
  std::unique_ptr<HostLane>{next_.load()}.reset();
  std::unique_ptr<HostLane>{lane_}.reset(); // no audio thread has it any more
}

Result<std::shared_ptr<patch::Module>> ProcessModule::make(const patch::ModuleDescription& wanted)
{
  patch::ParameterReader reader{wanted.parameters};
  const auto process = reader.text("process", "");
  reader.text("name", "");
  if (const auto verdict = reader.verdict(); !verdict) return tl::unexpected{verdict.error()};
  if (process.empty()) return failure(ErrorKind::unavailable, "its program has not joined");
  return failure(ErrorKind::unavailable, "the program '" + process + "' has not joined");
}

std::vector<patch::Port> ProcessModule::inputs() const
{
  return patchPorts(card_.inputs);
}
std::vector<patch::Port> ProcessModule::outputs() const
{
  return patchPorts(card_.outputs);
}

patch::Parameters ProcessModule::parameters() const
{
  return parametersOf(process_, card_.name);
}

ProcessModule::Pace ProcessModule::pace() const
{
  const auto pace = pace_.load(kRelaxed);
  return {audio::SampleRate::fromHertz(static_cast<std::int32_t>(pace >> 32U)), pace & 0xffff'ffffU};
}

void ProcessModule::lay(LaneMemory memory, const LaneShape& shape, audio::SampleRate rate,
                        std::uint32_t allowance)
{
  TUTTI_ASSERT(shape.inputs == channelsOf(card_.inputs) && shape.outputs == channelsOf(card_.outputs));
  tend();
  auto lane = std::make_unique<HostLane>(std::move(memory), shape, rate, allowance, health_);
  // One that was not taken yet comes back at once.
  std::unique_ptr<HostLane>{next_.exchange(lane.release(), std::memory_order_acq_rel)}.reset();
}

void ProcessModule::tend()
{
  while (const auto lane = retired_.tryPop()) std::unique_ptr<HostLane>{*lane}.reset();
}

/// There is always room for what retires: all that has was freed before the next one was laid.
void ProcessModule::takeNewLane() noexcept TUTTI_NONBLOCKING
{
  if (next_.load(kRelaxed) == nullptr) return;
  auto* const next = next_.exchange(nullptr, std::memory_order_acq_rel);
  if (lane_ != nullptr) retired_.tryPush(lane_);
  lane_ = next;
}

void ProcessModule::render(const patch::Rendering& rendering) noexcept TUTTI_NONBLOCKING
{
  const auto& block = rendering.block;
  const auto rate = static_cast<std::uint64_t>(static_cast<std::uint32_t>(block.rate.hertz()));
  pace_.store(rate << 32U | block.frames, kRelaxed);
  takeNewLane();
  if (lane_ == nullptr || lane_->rate() != block.rate) return silence(rendering);
  lane_->render(rendering, curtain_);
  delay_.store(lane_->delay().frames, kRelaxed);
}

} // namespace tutti::module
