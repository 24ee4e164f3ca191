#pragma once

namespace CLI {
class App;
}

namespace tutti::app {

struct DoctorOptions {
  bool isJson = false;
};

/// Adds the verb with its flags; parsing fills `options`, which must live that long.
CLI::App* addDoctorVerb(CLI::App& program, DoctorOptions& options);

/// `tutti doctor`: says what it finds. Returns the exit status: 1 if something prevents playing.
int runDoctor(const DoctorOptions& options);

} // namespace tutti::app
