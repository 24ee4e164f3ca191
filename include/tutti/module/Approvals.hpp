#pragma once

#include <set>
#include <string>
#include <string_view>

#include <tutti/core/Result.hpp>
#include <tutti/patch/Snapshot.hpp>

namespace tutti::module {

/// Which programs the user has allowed Tutti to start, each with its arguments: of what is not in here, none
/// is started, wherever it is written. It is for a list that only the user edits: never filled by what comes
/// from a network or stands in a snapshot.
///
/// Threads: a value.
class Approvals {
public:
  /// One approval a word, blanks between; what is none is left out.
  static Approvals parse(std::string_view text);
  [[nodiscard]] std::string encode() const;

  void add(const patch::ProcessDescription& process) { all_.insert(hashOf(process)); }
  void remove(const patch::ProcessDescription& process) { all_.erase(hashOf(process)); }
  [[nodiscard]] bool has(const patch::ProcessDescription& process) const
  {
    return all_.contains(hashOf(process));
  }

  /// SHA-256 of the command and all arguments, in base64url. The name does not count: it is only ours.
  static std::string hashOf(const patch::ProcessDescription& process);

  friend bool operator==(const Approvals&, const Approvals&) = default;

private:
  std::set<std::string> all_;
};

} // namespace tutti::module
