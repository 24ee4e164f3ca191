#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <tutti/core/Result.hpp>
#include <tutti/time/HostClock.hpp>

/// Flags with values that we read ourselves, so that each refusal says what would have been right.
namespace tutti::app {

/// A finite number within the bounds; `what` begins the sentence that refuses another.
Result<double> numberBetween(double least, double most, std::string_view text, std::string_view what);

/// "10" or "0.5", up to three years.
Result<Micros> parseSeconds(std::string_view text);

/// The value, or CLI11's way to say that there is none.
template <class T> T orUsageError(const char* flag, Result<T> parsed)
{
  if (!parsed) throw CLI::ValidationError{flag, parsed.error().detail};
  if constexpr (!std::is_void_v<T>) return *std::move(parsed);
}

/// One flag with a value, read by `parse` into `target`. Given twice, the last one counts.
template <class Parse, class Target>
CLI::Option* addValue(CLI::App& verb, const char* flag, const char* placeholder, const char* help,
                      Parse parse, Target& target)
{
  return verb
    .add_option_function<std::string>(
      flag, [flag, parse, &target](const std::string& text) { target = orUsageError(flag, parse(text)); },
      help)
    ->type_name(placeholder)
    ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
}

/// One that may be given several times: each is one more.
template <class Parse, class Target>
CLI::Option* addValues(CLI::App& verb, const char* flag, const char* placeholder, const char* help,
                       Parse parse, std::vector<Target>& targets)
{
  return verb
    .add_option_function<std::vector<std::string>>(
      flag,
      [flag, parse, &targets](const std::vector<std::string>& texts) {
        for (const auto& text : texts) targets.push_back(orUsageError(flag, parse(text)));
      },
      help)
    ->type_name(placeholder)
    ->expected(1)
    ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

} // namespace tutti::app
