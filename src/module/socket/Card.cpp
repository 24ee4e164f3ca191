#include <tutti/module/Card.hpp>

#include <algorithm>
#include <numeric>

#include <tutti/core/Utf8.hpp>

namespace tutti::module {
namespace {

Result<void> wrong(std::string why)
{
  return failure(ErrorKind::malformed, std::move(why));
}

bool isName(const std::string& text)
{
  return !text.empty() && text.size() <= Card::kLongestName && isPlainText(text);
}

Result<void> check(const std::vector<Port>& ports)
{
  if (ports.size() > Card::kMostPorts) return wrong("A module has at most 16 inputs and 16 outputs.");
  for (auto port = ports.begin(); port != ports.end(); ++port) {
    if (!isName(port->name))
      return wrong("Each port needs a name of at most 100 bytes, without line breaks.");
    if (port->channels < 1 || port->channels > Port::kMostChannels)
      return wrong("The port '" + port->name + "' has no number of channels from 1 to 8.");
    if (std::any_of(ports.begin(), port, [&](const Port& other) { return other.name == port->name; }))
      return wrong("Two ports are called '" + port->name + "'.");
  }
  return {};
}

bool isWithin(std::uint32_t wish, std::uint32_t least, std::uint32_t most)
{
  return wish == 0 || (wish >= least && wish <= most);
}

} // namespace

std::size_t channelsOf(const std::vector<Port>& ports)
{
  return std::accumulate(ports.begin(), ports.end(), std::size_t{0},
                         [](std::size_t sum, const Port& port) { return sum + port.channels; });
}

Result<void> check(const Card& card)
{
  if (!isName(card.name)) return wrong("A module needs a name of at most 100 bytes, without line breaks.");
  if (card.description.size() > Card::kLongestDescription || !isPlainText(card.description))
    return wrong("The description is one line of at most 200 bytes.");
  if (card.inputs.empty() && card.outputs.empty()) return wrong("A module needs an input or an output.");
  if (auto inputs = check(card.inputs); !inputs) return inputs;
  if (auto outputs = check(card.outputs); !outputs) return outputs;
  if (!isWithin(card.rate, Card::kLeastRate, Card::kMostRate))
    return wrong("The rate is 0 for any, or from 8000 to 384000 frames a second.");
  if (!isWithin(card.block, Card::kLeastBlock, Card::kMostBlock))
    return wrong("The block is 0 for any, or from 16 to 2048 frames.");
  return {};
}

} // namespace tutti::module
