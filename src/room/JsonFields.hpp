#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include <tutti/core/Base64.hpp>
#include <tutti/core/Utf8.hpp>
#include <tutti/room/DirectoryWire.hpp>

namespace tutti::room::wire {

using Json = nlohmann::json;              // as it came: finds a name among many
using JsonToSay = nlohmann::ordered_json; // as we say it: in our order

/// Reads the fields of one object that anybody may have written: of the right kind, not too long, nothing
/// nested deeper than we say ourselves. Once something is wrong, it stays so, and `isWhole` says it.
///
/// Threads: one at a time. An object that is given must outlive its reader.
class JsonFields {
public:
  static constexpr std::size_t kMostEntries = 1024; ///< of any list
  static constexpr std::size_t kMostValues = 4096;  ///< all in all; of a full room, less than a thousand
  static constexpr std::size_t kDeepest = 6;
  static constexpr std::size_t kLongestWord = 128; ///< tokens, passes, names

  explicit JsonFields(const Json& object)
    : object_{object}
    , isWhole_{object.is_object()}
  {}
  explicit JsonFields(std::string_view text)
    : own_(isModest(text) ? Json::parse(text, nullptr, false) : Json())
    , object_{own_}
    , isWhole_{own_.is_object()}
  {}
  JsonFields(const JsonFields&) = delete;
  JsonFields& operator=(const JsonFields&) = delete;

  [[nodiscard]] bool isWhole() const { return isWhole_; }
  [[nodiscard]] bool has(const char* name) const { return isWhole_ && object_.contains(name); }
  [[nodiscard]] bool isList(const char* name) const { return has(name) && object_[name].is_array(); }
  bool require(bool claim) { return isWhole_ = isWhole_ && claim; }

  template <class Whole> Whole number(const char* name)
  {
    const auto* value = find(name);
    if (!require(value != nullptr && value->is_number_unsigned())) return 0;
    const auto wide = value->template get<std::uint64_t>();
    require(wide <= static_cast<std::uint64_t>(std::numeric_limits<Whole>::max()));
    return static_cast<Whole>(wide);
  }
  bool truth(const char* name)
  {
    const auto* value = find(name);
    return require(value != nullptr && value->is_boolean()) && value->get<bool>();
  }
  std::string word(const char* name, std::size_t longest = kLongestWord)
  {
    const auto* value = find(name);
    if (!require(value != nullptr && value->is_string())) return {};
    auto text = value->get<std::string>();
    require(text.size() <= longest && isPlainText(text));
    return text;
  }
  ByteString bytes(const char* name, std::size_t most = kLargestBytes)
  {
    const auto* value = find(name);
    if (!require(value != nullptr && value->is_string())) return {};
    return fromWord(value->get_ref<const std::string&>(), most);
  }
  ByteString fromWord(const std::string& text, std::size_t most)
  {
    const auto decoded = fromBase64(text);
    require(decoded && decoded->size() <= most);
    return isWhole_ ? *decoded : ByteString{};
  }
  Id id(const char* name)
  {
    const auto found = Id::fromBytes(bytes(name));
    require(found.has_value());
    return found.value_or(Id{});
  }
  template <class Array> Array array(const char* name)
  {
    Array filled{};
    const auto read = bytes(name);
    if (require(read.size() == filled.size())) std::ranges::copy(read, filled.begin());
    return filled;
  }
  template <class Read> void each(const char* name, Read read)
  {
    const auto* value = find(name);
    if (!require(value != nullptr && value->is_array() && value->size() <= kMostEntries)) return;
    for (const auto& entry : *value) {
      if (!isWhole_) return;
      read(entry);
    }
  }
  const Json& object(const char* name)
  {
    const auto* value = find(name);
    static const Json kNone;
    return require(value != nullptr && value->is_object()) ? *value : kNone;
  }

private:
  /// Whether it is worth to be parsed: one look at each byte, nothing kept.
  static bool isModest(std::string_view text)
  {
    if (text.size() > kLargestBody) return false;
    std::size_t depth = 0;
    std::size_t values = 1;
    bool isInWord = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const char letter = text[i];
      if (isInWord && letter == '\\') ++i; // whatever is escaped
      if (letter == '"') isInWord = !isInWord;
      if (isInWord) continue;
      if (letter == ',') ++values;
      if (letter == '[' || letter == '{') ++depth;
      if ((letter == ']' || letter == '}') && depth > 0) --depth;
      if (depth > kDeepest || values > kMostValues) return false;
    }
    return true;
  }
  const Json* find(const char* name)
  {
    if (!isWhole_) return nullptr;
    const auto found = object_.find(name);
    return found == object_.end() ? nullptr : &*found;
  }

  Json own_;
  const Json& object_;
  bool isWhole_;
};

} // namespace tutti::room::wire
