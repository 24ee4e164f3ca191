#include "Compiler.hpp"

#include <algorithm>
#include <utility>

#include "BufferPool.hpp"
#include "Ordering.hpp"

namespace tutti::patch {
namespace {

using Buffers = std::vector<std::size_t>;

std::vector<Flow> directFlows(const Layout& layout)
{
  std::vector<Flow> flows;
  for (const auto& cable : layout.cables)
    if (cable.timing == Wire::Timing::direct) flows.push_back({cable.from, cable.to});
  return flows;
}

/// How the channels of an output become those of an input.
std::vector<Plan::NumberedRoute> routesBetween(const Buffers& from, const Buffers& to)
{
  std::vector<Plan::NumberedRoute> routes;
  for (std::size_t i = 0; i < std::max(from.size(), to.size()); ++i) {
    const bool isOneToMany = from.size() == 1;
    const bool isManyToOne = to.size() == 1;
    if ((i >= from.size() && !isOneToMany) || (i >= to.size() && !isManyToOne)) break;
    routes.push_back({.from = isOneToMany ? from.front() : from[i],
                      .to = isManyToOne ? to.front() : to[i],
                      .share = isManyToOne ? 1.0F / static_cast<float>(from.size()) : 1.0F});
  }
  return routes;
}

/// An output of a module, while somebody still wants to hear it.
struct Outlet {
  Buffers buffers;
  std::size_t listeners = 0;
  bool isRemembered = false; ///< Wanted until the end of the block.
};

class Compilation {
public:
  explicit Compilation(const Layout& layout)
    : layout_{layout}
    , outlets_(layout.modules.size())
  {
    for (std::size_t module = 0; module < layout.modules.size(); ++module)
      outlets_[module].resize(layout.modules[module]->outputs().size());
    for (const auto& cable : layout.cables) takeDown(cable);
  }

  Plan::Parts follow(const std::vector<std::size_t>& order)
  {
    for (const auto module : order) render(module);
    for (const auto& cable : layout_.cables)
      if (cable.timing == Wire::Timing::delayed) remember(cable);
    parts_.modules = layout_.modules;
    parts_.buffers = pool_.size();
    return std::move(parts_);
  }

private:
  void takeDown(const Cable& cable)
  {
    auto& outlet = outlets_[cable.from][cable.fromPort];
    if (cable.timing == Wire::Timing::direct)
      ++outlet.listeners;
    else
      outlet.isRemembered = true;
    parts_.wires.push_back(cable.wire);
    if (cable.purpose == Wire::Purpose::leaves) parts_.leaving.push_back(cable.wire.get());
  }

  void render(std::size_t number)
  {
    auto& module = *layout_.modules[number];
    Buffers ins;
    for (std::size_t port = 0; const auto& input : module.inputs()) {
      const auto buffers = pool_.take(input.channels);
      gather(number, port++, buffers);
      ins.insert(ins.end(), buffers.begin(), buffers.end());
    }
    Buffers outs;
    for (std::size_t port = 0; const auto& output : module.outputs()) {
      auto& outlet = outlets_[number][port++];
      outlet.buffers = pool_.take(output.channels);
      outs.insert(outs.end(), outlet.buffers.begin(), outlet.buffers.end());
    }
    parts_.steps.push_back(
      {.kind = Step::Kind::render, .module = &module, .sources = sources(ins), .targets = targets(outs)});
    pool_.giveBack(ins);
    for (const auto& outlet : outlets_[number])
      if (outlet.listeners == 0 && !outlet.isRemembered) pool_.giveBack(outlet.buffers);
  }

  /// Whatever comes into one input.
  void gather(std::size_t module, std::size_t port, const Buffers& input)
  {
    std::vector<bool> isFilled(input.size());
    for (const auto& cable : layout_.cables) {
      if (cable.to != module || cable.toPort != port) continue;
      if (cable.timing == Wire::Timing::direct)
        listen(cable, input, isFilled);
      else
        recall(cable, input, isFilled);
    }
    Buffers empty;
    for (std::size_t channel = 0; channel < input.size(); ++channel)
      if (!isFilled[channel]) empty.push_back(input[channel]);
    if (!empty.empty()) parts_.steps.push_back({.kind = Step::Kind::silence, .targets = targets(empty)});
  }

  void listen(const Cable& cable, const Buffers& input, std::vector<bool>& isFilled)
  {
    auto& outlet = outlets_[cable.from][cable.fromPort];
    mix(cable, outlet.buffers, input, isFilled);
    if (--outlet.listeners == 0 && !outlet.isRemembered) pool_.giveBack(outlet.buffers);
  }

  void recall(const Cable& cable, const Buffers& input, std::vector<bool>& isFilled)
  {
    const auto remembered = pool_.take(cable.wire->delays().size());
    parts_.steps.push_back(
      {.kind = Step::Kind::recall, .wire = cable.wire.get(), .targets = targets(remembered)});
    mix(cable, remembered, input, isFilled);
    pool_.giveBack(remembered);
  }

  void mix(const Cable& cable, const Buffers& from, const Buffers& input, std::vector<bool>& isFilled)
  {
    const Stretch routes{parts_.routes.size(), 0};
    for (auto route : routesBetween(from, input)) {
      const auto channel = static_cast<std::size_t>(std::ranges::find(input, route.to) - input.begin());
      route.arrival = isFilled[channel] ? Route::Arrival::adds : Route::Arrival::overwrites;
      isFilled[channel] = true;
      parts_.routes.push_back(route);
    }
    parts_.steps.push_back({.kind = Step::Kind::mix,
                            .purpose = cable.purpose,
                            .wire = cable.wire.get(),
                            .routes = {routes.first, parts_.routes.size() - routes.first}});
  }

  void remember(const Cable& cable)
  {
    const auto& outlet = outlets_[cable.from][cable.fromPort];
    parts_.steps.push_back(
      {.kind = Step::Kind::remember, .wire = cable.wire.get(), .sources = sources(outlet.buffers)});
  }

  Stretch sources(const Buffers& buffers) { return append(parts_.sources, buffers); }
  Stretch targets(const Buffers& buffers) { return append(parts_.targets, buffers); }
  static Stretch append(Buffers& list, const Buffers& buffers)
  {
    const Stretch stretch{list.size(), buffers.size()};
    list.insert(list.end(), buffers.begin(), buffers.end());
    return stretch;
  }

  const Layout& layout_;
  std::vector<std::vector<Outlet>> outlets_; // by module and port
  BufferPool pool_;
  Plan::Parts parts_;
};

} // namespace

std::unique_ptr<Plan> compile(const Layout& layout)
{
  const auto order = inOrder(layout.modules.size(), directFlows(layout));
  if (!order) return nullptr;
  return std::make_unique<Plan>(Compilation{layout}.follow(*order));
}

} // namespace tutti::patch
