#include <tutti/engine/PatchTalk.hpp>

#include <algorithm>
#include <array>
#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

#include "FlatObject.hpp"

namespace tutti::engine {
namespace {

using Json = nlohmann::ordered_json;
using What = PatchRequest::What;

constexpr std::array<std::pair<std::string_view, What>, 3> kWords{
  {{"who", What::who}, {"save", What::save}, {"load", What::load}}};

std::string line(const Json& object)
{
  return object.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
}

std::string textOf(const FlatObject& object, std::string_view key)
{
  const auto* const text = object.text(key);
  return text == nullptr ? std::string{} : *text;
}

/// False: this is no line of an answer.
bool take(const FlatObject& said, PatchAnswer& answer)
{
  if (const auto id = said.number("missing")) {
    if (*id > std::numeric_limits<std::uint32_t>::max()) return false;
    answer.missing.push_back({static_cast<std::uint32_t>(*id), textOf(said, "name"), textOf(said, "why")});
  } else if (const auto* const remark = said.text("remark")) {
    answer.remarks.push_back(*remark);
  } else if (const auto* const yaml = said.text("patch")) {
    answer.yaml = *yaml;
  } else {
    return false;
  }
  return true;
}

} // namespace

Result<PatchRequest> PatchRequest::parse(std::string_view line)
{
  if (line.size() > kLongest) return failure(ErrorKind::malformed, "this line is too long");
  const auto said = FlatObject::parse(line);
  if (!said) return tl::unexpected{said.error()};
  const auto* const wanted = said->text("do");
  const auto word = wanted == nullptr
                      ? kWords.end()
                      : std::ranges::find(kWords, *wanted, &std::pair<std::string_view, What>::first);
  if (word == kWords.end()) return failure(ErrorKind::malformed, "what to do is none of who, save, load");
  PatchRequest request{.what = word->second};
  if (request.what != What::load) return request;
  const auto* const yaml = said->text("patch");
  if (yaml == nullptr) return failure(ErrorKind::malformed, "there is no patch to load");
  request.yaml = *yaml;
  request.takesTempo = said->truth("tempo").value_or(false);
  return request;
}

std::string PatchRequest::encode() const
{
  const auto* const word = std::ranges::find(kWords, what, &std::pair<std::string_view, What>::second);
  Json said{{"do", word->first}};
  if (what == What::load) {
    said["patch"] = yaml;
    said["tempo"] = takesTempo;
  }
  return line(said);
}

Result<PatchAnswer> PatchAnswer::parse(std::string_view lines)
{
  if (lines.size() > kLongest) return failure(ErrorKind::malformed, "this answer is too long");
  PatchAnswer answer;
  for (bool isFirst = true; isFirst || !lines.empty(); isFirst = false) {
    const auto end = lines.find('\n');
    if (end == std::string_view::npos) return failure(ErrorKind::malformed, "this answer is cut off");
    const auto said = FlatObject::parse(lines.substr(0, end));
    if (!said) return tl::unexpected{said.error()};
    lines.remove_prefix(end + 1);
    if (!isFirst && !take(*said, answer)) return failure(ErrorKind::malformed, "a line says nothing");
    if (!isFirst) continue;
    if (said->text("face") == nullptr) return failure(ErrorKind::malformed, "this is no answer");
    answer.face = textOf(*said, "face");
    answer.musician = textOf(*said, "musician");
    answer.problem = textOf(*said, "problem");
  }
  return answer;
}

std::string PatchAnswer::encode() const
{
  auto said = line({{"face", face}, {"musician", musician}, {"problem", problem}});
  for (const auto& [id, name, why] : missing) said += line({{"missing", id}, {"name", name}, {"why", why}});
  for (const auto& remark : remarks) said += line({{"remark", remark}});
  if (!yaml.empty()) said += line({{"patch", yaml}});
  return said;
}

} // namespace tutti::engine
