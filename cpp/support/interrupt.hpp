// A token that long loops poll, so that the caller can stop them.
//
// The callback runs at most every 50 ms and stops the work by throwing. The core knows nothing of signals or
// of Python: the bindings supply a callback that looks at both.
#pragma once

#include <chrono>
#include <functional>
#include <utility>

namespace peterweyl {

class Interrupt {
 public:
  Interrupt() = default;
  explicit Interrupt(std::function<void()> callback) : callback_(std::move(callback)) {}

  // Cheap enough for any loop whose body takes a microsecond.
  void poll() const {
    if (!callback_ || ++skipped_ < kPollsPerClockRead) return;
    skipped_ = 0;
    const auto now = Clock::now();
    if (now - last_ < std::chrono::milliseconds(50)) return;
    last_ = now;
    callback_();
  }

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr unsigned kPollsPerClockRead = 16;
  std::function<void()> callback_;
  mutable unsigned skipped_ = 0;
  mutable Clock::time_point last_ = Clock::now();
};

}  // namespace peterweyl
