#pragma once

namespace tutti::test {

/// Keeps the processors awake for as long as it lives, as musicians' machines are set up to: one that sleeps
/// between two blocks wakes up late, in a virtual machine by tens of milliseconds. Where it may not be asked,
/// it sleeps.
class Awake {
public:
  Awake();
  ~Awake();
  Awake(const Awake&) = delete;
  Awake& operator=(const Awake&) = delete;

private:
  int wish_;
};

} // namespace tutti::test
