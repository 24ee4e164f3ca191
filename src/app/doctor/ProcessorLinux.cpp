#include "Processor.hpp"

#include <filesystem>
#include <fstream>
#include <set>

namespace tutti::app {

ProcessorFacts probeProcessor()
{
  namespace fs = std::filesystem;
  std::set<std::string> governors;
  std::error_code error;
  fs::directory_iterator policy{"/sys/devices/system/cpu/cpufreq", error};
  for (; !error && policy != fs::directory_iterator{}; policy.increment(error)) {
    std::string governor;
    if (std::ifstream{policy->path() / "scaling_governor"} >> governor) governors.insert(governor);
  }
  return {{governors.begin(), governors.end()}};
}

} // namespace tutti::app
