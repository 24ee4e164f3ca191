#pragma once

#include <string>
#include <utility>

#include <tutti/serve/Directory.hpp>

namespace tutti::serve {

/// What a directory says instead of yes.
inline Directory::Answer refuse(int status, std::string code, std::string sentence)
{
  return {status, room::wire::Refusal{std::move(code), std::move(sentence)}.encode()};
}

inline Directory::Answer malformed()
{
  return refuse(400, "malformed", "The server could not read what this Tutti said. Are both up to date?");
}

inline Directory::Answer tooManyGuesses()
{
  return refuse(429, "too-fast", "Too many wrong tries from here. Wait a minute.");
}

inline Directory::Answer wrongMethod()
{
  return refuse(405, "malformed", "The server knows what is asked for, but not to be asked in this way.");
}

inline Directory::Answer anotherVersion()
{
  return refuse(409, "version", "This server speaks another version of Tutti. Update the older one.");
}

} // namespace tutti::serve
