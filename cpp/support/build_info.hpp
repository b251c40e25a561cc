// How this copy of the core was built: the first thing to read in a bug report.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace peterweyl {

// Pairs (key, value) in a fixed order: version, compiler, standard, build type, sanitizers, assertions.
std::vector<std::pair<std::string, std::string>> build_info();

}  // namespace peterweyl
