#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>
#include <yaml-cpp/yaml.h>

namespace tutti::engine {

struct Range {
  double least;
  double most;
};

double within(Range range, double value);

/// Never a line of unbounded length, nor a terminal's control codes.
std::string plain(std::string_view text, std::size_t most);

/// Quoted as YAML wants it.
std::string scalarOf(const std::string& text);

/// One map of the settings file: hands out its values and remembers what was wrong with them.
class Section {
public:
  Section(const YAML::Node& node, std::string prefix, std::vector<std::string>& remarks);

  [[nodiscard]] double number(const char* key, Range range, double fallback) const;
  [[nodiscard]] int whole(const char* key, Range range, int fallback) const;
  [[nodiscard]] bool yesOrNo(const char* key, bool fallback) const;
  /// Empty where there is none.
  [[nodiscard]] std::string text(const char* key) const;
  /// As it stands there.
  [[nodiscard]] std::optional<std::string> scalar(const char* key) const;
  /// Each entry of a list; empty for one that is no single value.
  [[nodiscard]] std::vector<std::string> texts(const char* key) const;
  /// Each map of a list.
  [[nodiscard]] std::vector<Section> sections(const char* key) const;
  [[nodiscard]] Section section(const char* key) const;

  void remarkUnknown(std::initializer_list<std::string_view> known) const;
  void remark(const char* key, std::string_view what) const;
  void doubt(const char* key, const std::string& text, std::string_view why) const;

private:
  const YAML::Node node_; // const: asking a mutable one for a missing key would add it
  std::string prefix_;
  std::vector<std::string>& remarks_;
};

} // namespace tutti::engine
