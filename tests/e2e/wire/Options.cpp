#include "Options.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <stdexcept>

namespace wire {

const char* const kUsage = R"(wire: relays Ethernet frames between TAP interfaces, as badly as asked.

  wire [--seed N] [--spin 60us] [IMPAIRMENT…] --port NAMESPACE:INTERFACE [IMPAIRMENT…] --port NAMESPACE:INTERFACE …

To be punctual it comes early by what --spin says, and spins the rest.
Impairments before the first port hold for all; after a port, for what goes towards that port.
  --delay 10ms          one way
  --jitter 5ms          uniform ± around the delay, or mean on top of it with --spread pareto
  --spread uniform|pareto
  --loss 1%             of single frames
  --burst 0.1%x20       holes in which all is lost: how likely one begins, how many frames it lasts
  --duplicate 0.1%
  --overtake 1%         frames that skip the delay
  --unicast-retries 4   lost unicast is tried again after --retry-gap 1ms, as on Wi-Fi; multicast is not
  --keep-order          no frame overtakes another

Says {"ready":true} when the interfaces exist; at SIGTERM prints what it did and how punctually.
)";

namespace {

using Word = const std::string&;

double number(Word word, std::size_t& used)
{
  try {
    return std::stod(word, &used);
  } catch (const std::exception&) {
    throw std::invalid_argument{"'" + word + "' is not a number"};
  }
}

Nanos duration(Word word)
{
  static const std::map<std::string, double> nanosPer{{"ns", 1}, {"us", 1e3}, {"ms", 1e6}, {"s", 1e9}};
  std::size_t used = 0;
  const auto value = number(word, used);
  const auto unit = nanosPer.find(word.substr(used));
  if (unit == nanosPer.end()) throw std::invalid_argument{"'" + word + "' needs a unit: us, ms or s"};
  return Nanos{static_cast<std::int64_t>(value * unit->second)};
}

double probability(Word word)
{
  std::size_t used = 0;
  const auto value = number(word, used) / (word.substr(used) == "%" ? 100 : 1);
  if (value < 0 || value > 1) throw std::invalid_argument{"'" + word + "' is not between 0 and 100%"};
  return value;
}

Path::Spread spread(Word word)
{
  if (word == "uniform") return Path::Spread::uniform;
  if (word == "pareto") return Path::Spread::pareto;
  throw std::invalid_argument{"'" + word + "' is neither uniform nor pareto"};
}

void burst(Path& path, Word word)
{
  const auto cross = word.find('x');
  if (cross == std::string::npos) throw std::invalid_argument{"'" + word + "' should read like 0.1%x20"};
  path.burstStart = probability(word.substr(0, cross));
  path.burstFrames = std::max(1.0, std::stod(word.substr(cross + 1)));
}

using Setter = std::function<void(Path&, Word)>;

const std::map<std::string, Setter>& impairments()
{
  static const std::map<std::string, Setter> setters{
    {"--delay", [](Path& p, Word w) { p.delay = duration(w); }},
    {"--jitter", [](Path& p, Word w) { p.jitter = duration(w); }},
    {"--spread", [](Path& p, Word w) { p.spread = spread(w); }},
    {"--loss", [](Path& p, Word w) { p.loss = probability(w); }},
    {"--burst", burst},
    {"--duplicate", [](Path& p, Word w) { p.duplicate = probability(w); }},
    {"--overtake", [](Path& p, Word w) { p.overtake = probability(w); }},
    {"--unicast-retries", [](Path& p, Word w) { p.unicastRetries = std::stoi(w); }},
    {"--retry-gap", [](Path& p, Word w) { p.retryGap = duration(w); }},
  };
  return setters;
}

PortOptions port(Word word, const Path& path)
{
  const auto colon = word.find(':');
  if (colon == std::string::npos)
    throw std::invalid_argument{"'" + word + "' should read NAMESPACE:INTERFACE"};
  return {word.substr(0, colon), word.substr(colon + 1), path};
}

} // namespace

Options parseOptions(std::span<char* const> words)
{
  Options options;
  Path common;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string option = words[i];
    auto& path = options.ports.empty() ? common : options.ports.back().path;
    if (option == "--keep-order") {
      path.keepsOrder = true;
      continue;
    }
    if (++i == words.size()) throw std::invalid_argument{"'" + option + "' wants a value"};
    const std::string value = words[i];
    if (option == "--port")
      options.ports.push_back(port(value, common));
    else if (option == "--seed")
      options.seed = std::stoull(value);
    else if (option == "--spin")
      options.spin = duration(value);
    else if (const auto setter = impairments().find(option); setter != impairments().end())
      setter->second(path, value);
    else
      throw std::invalid_argument{"'" + option + "' is not an option"};
  }
  if (options.ports.size() < 2) throw std::invalid_argument{"a wire has at least two ports"};
  return options;
}

} // namespace wire
