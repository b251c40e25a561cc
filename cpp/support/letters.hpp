// Classes of characters of the texts that this library reads, whatever the locale says.
#pragma once

namespace peterweyl {

inline bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
inline bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

}  // namespace peterweyl
