// The exceptions of the core: what went wrong as data, the words for it in the message.
// The bindings turn each into the Python class of the same name.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace peterweyl {

class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// A wrong argument; the message names it, what was expected and what came.
class ArgumentError : public Error {
 public:
  using Error::Error;
};

// A table that is not the multiplication table of a group, with the entries that show it.
class NotAGroupError : public Error {
 public:
  NotAGroupError(const std::string& message, std::vector<std::int64_t> witness)
      : Error(message), witness_(std::move(witness)) {}
  const std::vector<std::int64_t>& witness() const { return witness_; }

 private:
  std::vector<std::int64_t> witness_;
};

// A group spec that cannot be read, with the nearest known ones.
class GroupSpecError : public Error {
 public:
  GroupSpecError(const std::string& message, std::string spec, std::vector<std::string> suggestions)
      : Error(message), spec_(std::move(spec)), suggestions_(std::move(suggestions)) {}
  const std::string& spec() const { return spec_; }
  const std::vector<std::string>& suggestions() const { return suggestions_; }

 private:
  std::string spec_;
  std::vector<std::string> suggestions_;
};

// Refused before anything was allocated.
class GroupTooLargeError : public Error {
 public:
  GroupTooLargeError(const std::string& message, std::uint64_t order, std::uint64_t limit)
      : Error(message), order_(order), limit_(limit) {}
  std::uint64_t order() const { return order_; }
  std::uint64_t limit() const { return limit_; }

 private:
  std::uint64_t order_;
  std::uint64_t limit_;
};

// An enumeration that reached its limit before it closed.
class EnumerationLimitError : public Error {
 public:
  EnumerationLimitError(const std::string& message, std::uint64_t reached, std::uint64_t limit)
      : Error(message), reached_(reached), limit_(limit) {}
  std::uint64_t reached() const { return reached_; }
  std::uint64_t limit() const { return limit_; }

 private:
  std::uint64_t reached_;
  std::uint64_t limit_;
};

// A numerical step that missed the accuracy it asserts before returning.
class NumericalError : public Error {
 public:
  using Error::Error;
};

}  // namespace peterweyl
