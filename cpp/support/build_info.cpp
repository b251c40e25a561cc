#include "support/build_info.hpp"

namespace peterweyl {

std::vector<std::pair<std::string, std::string>> build_info() {
#if defined(__clang__)
  const std::string compiler = "clang " __clang_version__;
#elif defined(__GNUC__)
  const std::string compiler = "gcc " __VERSION__;
#else
  const std::string compiler = "unknown";
#endif
#ifdef NDEBUG
  const std::string assertions = "off";
#else
  const std::string assertions = "on";
#endif
  return {{"version", PETERWEYL_VERSION},
          {"compiler", compiler},
          {"cpp_standard", std::to_string(__cplusplus)},
          {"build_type", PETERWEYL_BUILD_TYPE},
          {"sanitizers", PETERWEYL_SANITIZERS},
          {"assertions", assertions}};
}

}  // namespace peterweyl
