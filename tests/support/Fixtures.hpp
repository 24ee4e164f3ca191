#pragma once

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

/// The captured packets of `fixtures/link`, or of another folder there, as bytes. A file that is missing or
/// cut is a broken test, and throws.
namespace tutti::test {

using Bytes = std::vector<std::byte>;

inline std::filesystem::path fixture(const std::string& name, const std::string& folder = "link")
{
  return std::filesystem::path{TUTTI_FIXTURES} / folder / name;
}

/// All fixtures whose names begin and end like this, sorted.
inline std::vector<std::string> fixturesLike(std::string_view start, std::string_view end,
                                             const std::string& folder = "link")
{
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator{fixture("", folder)}) {
    const auto name = entry.path().filename().string();
    if (name.starts_with(start) && name.ends_with(end)) names.push_back(name);
  }
  std::ranges::sort(names);
  return names;
}

/// Reads pairs of hex digits; blanks may stand between them.
inline Bytes bytesOf(std::string_view hex)
{
  std::string digits;
  std::ranges::copy_if(hex, std::back_inserter(digits),
                       [](unsigned char c) { return std::isxdigit(c) != 0; });
  if (digits.size() % 2 != 0) throw std::invalid_argument{"an odd number of hex digits"};
  Bytes bytes;
  for (std::size_t i = 0; i < digits.size(); i += 2)
    bytes.push_back(static_cast<std::byte>(std::stoi(digits.substr(i, 2), nullptr, 16)));
  return bytes;
}

inline Bytes copyOf(std::span<const std::byte> bytes)
{
  return {bytes.begin(), bytes.end()};
}

inline std::ifstream openFixture(const std::string& name, const std::string& folder = "link")
{
  std::ifstream in{fixture(name, folder), std::ios::binary};
  if (!in) throw std::runtime_error{"no fixture " + name};
  return in;
}

/// One UDP payload from a `*.hex` file; from `#` on a line is a remark.
inline Bytes hexFixture(const std::string& name, const std::string& folder = "link")
{
  auto in = openFixture(name, folder);
  std::string line;
  std::string hex;
  while (std::getline(in, line)) hex += line.substr(0, line.find('#'));
  return bytesOf(hex);
}

/// The UDP payloads of a `*.hexl` file: on each line a time and a datagram.
inline std::vector<Bytes> hexLinesFixture(const std::string& name, const std::string& folder)
{
  auto in = openFixture(name, folder);
  std::string line;
  std::vector<Bytes> datagrams;
  while (std::getline(in, line))
    if (!line.empty() && !line.starts_with('#')) datagrams.push_back(bytesOf(line.substr(line.find(' '))));
  return datagrams;
}

/// One datagram of a `measurement-*.txt` file: pings as they were sent, pongs as they came.
struct CapturedTrip {
  enum class Kind { ping, pong };
  Kind kind = Kind::ping;
  Bytes payload;
};

inline std::vector<CapturedTrip> measurementFixture(const std::string& name)
{
  auto in = openFixture(name);
  std::vector<CapturedTrip> trips;
  std::string line;
  while (std::getline(in, line)) {
    if (line.empty() || line.starts_with('#')) continue;
    const auto kind = line.front() == 'P' ? CapturedTrip::Kind::ping : CapturedTrip::Kind::pong;
    trips.push_back({kind, bytesOf(std::string_view{line}.substr(1))});
  }
  return trips;
}

} // namespace tutti::test
