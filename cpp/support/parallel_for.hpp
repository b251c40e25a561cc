// Independent pieces of work on a few threads.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "support/interrupt.hpp"

namespace peterweyl {

// Calls body(piece) for piece = 0 ... pieces-1, each once, from up to `workers` threads, the calling one
// among them. The first exception stops the rest and is thrown here. Only the calling thread polls the
// interrupt.
template <typename Body>
void parallel_for(std::size_t pieces, unsigned workers, const Interrupt& interrupt, const Body& body) {
  const std::size_t threads = std::min<std::size_t>(workers, pieces);
  if (threads <= 1) {
    for (std::size_t piece = 0; piece < pieces; ++piece) {
      interrupt.poll();
      body(piece);
    }
    return;
  }
  std::atomic<std::size_t> next{0};
  std::exception_ptr failure;
  std::mutex failure_mutex;
  const auto run = [&](bool is_caller) {
    try {
      for (std::size_t piece = next++; piece < pieces; piece = next++) {
        if (is_caller) interrupt.poll();
        body(piece);
      }
    } catch (...) {
      const std::scoped_lock lock(failure_mutex);
      if (!failure) failure = std::current_exception();
      next = pieces;
    }
  };
  {
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < threads; ++i) others.emplace_back(run, false);
    run(true);
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace peterweyl
