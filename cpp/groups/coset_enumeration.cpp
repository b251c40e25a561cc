#include "groups/coset_enumeration.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <utility>

#include "groups/coset_relators.hpp"
#include "groups/element_arithmetic.hpp"
#include "support/error.hpp"

namespace peterweyl {
namespace {

using Coset = std::uint32_t;

// The table in the making. Cosets are 1, 2, ... here, so that 0 can mean "undefined".
class Enumerator {
 public:
  Enumerator(const Presentation& presentation, std::span<const Word> subgroup, const CosetOptions& options,
             const Interrupt& interrupt)
      : relators_(presentation), columns_(relators_.columns()), options_(options), interrupt_(interrupt) {
    for (const Word& word : subgroup) {
      ColumnWord columns = relators_.word(word);
      if (columns.length > 0) subgroup_.push_back(std::move(columns));
    }
    for (std::size_t k = 0; k < relators_.relators().size(); ++k) {
      letters_ += relators_.relators()[k].length;
      if (k < kRemembered) all_closed_ |= std::uint64_t{1} << k;
    }
    // The table, a parent, the bits, a place in the queue and a deduction; growing copies, so half as much
    // again is needed for a moment.
    const std::uint64_t bytes = 6 * (std::uint64_t{columns_} + 6);
    maximal_rows_ =
        std::max<std::uint64_t>(1, std::min({options.limit, options.memory_limit / bytes,
                                             std::uint64_t{std::numeric_limits<Coset>::max()} - 1}));
    reserve_rows(std::min<std::uint64_t>(maximal_rows_, kFirstRows));
    next_ = 1;
    define_row();
  }

  CosetTable run() {
    for (const ColumnWord& word : subgroup_) trace_subgroup(word);
    if (options_.strategy == CosetStrategy::kFelsch) {
      felsch();
    } else {
      hlt();
    }
    return standardised();
  }

 private:
  static constexpr std::size_t kRemembered =
      64;  // relators whose closed cycles are remembered: bits of a word
  static constexpr std::uint64_t kFirstRows = 512;
  static constexpr std::uint64_t kFirstLookahead = 10'000;
  static constexpr int kPoorCompressions = 50;

  struct Deduction {
    Coset coset;
    Column column;
  };

  // --- rows ---

  Coset& entry(Coset coset, std::size_t column) { return table_[std::size_t{coset} * columns_ + column]; }
  bool is_live(Coset coset) const { return parent_[coset] == coset; }
  std::uint64_t rows() const { return next_ - 1; }

  void reserve_rows(std::uint64_t count) {
    capacity_ = count;
    table_.resize((count + 1) * columns_);
    parent_.resize(count + 1);
    closed_.resize(count + 1);
  }

  Coset define_row() {
    const Coset coset = next_++;
    parent_[coset] = coset;
    ++live_;
    ++defined_;
    maximal_ = std::max(maximal_, live_);
    return coset;
  }

  // A new coset at (coset, column). The caller has made room.
  Coset define(Coset coset, Column column) {
    const Coset fresh = define_row();
    entry(coset, column) = fresh;
    entry(fresh, relators_.inverse(column)) = coset;
    return fresh;
  }

  // Room for `count` more rows by growing alone.
  bool grow_for(std::uint64_t count) {
    if (rows() + count <= capacity_) return true;
    if (capacity_ >= maximal_rows_) return false;
    reserve_rows(std::min(std::max(2 * capacity_, rows() + count), maximal_rows_));
    return rows() + count <= capacity_;
  }

  // Closes the gaps that dead rows leave, keeping the order; returns where `position` went.
  Coset compress(Coset position) {
    std::vector<Coset> label(next_, 0);
    Coset count = 0;
    for (Coset c = 1; c < next_; ++c) {
      if (is_live(c)) label[c] = ++count;
    }
    Coset moved = count + 1;
    for (Coset c = next_; c-- > position;) {
      if (is_live(c)) moved = label[c];
    }
    for (Coset c = 1; c < next_; ++c) {
      if (!is_live(c)) continue;
      const Coset to = label[c];
      for (std::size_t k = 0; k < columns_; ++k) entry(to, k) = label[entry(c, k)];
      closed_[to] = closed_[c];
    }
    for (Coset c = count + 1; c < next_; ++c) {
      std::fill_n(&entry(c, 0), columns_, Coset{0});
      closed_[c] = 0;
    }
    for (Coset c = 1; c <= count; ++c) parent_[c] = c;
    next_ = count + 1;
    return moved;
  }

  [[noreturn]] void fail() const {
    const bool by_memory = maximal_rows_ < options_.limit;
    throw EnumerationLimitError(
        "presentation: the enumeration reached " + std::to_string(live_) + " cosets without closing (limit " +
            std::to_string(maximal_rows_) +
            (by_memory ? " by memory, " + std::to_string(options_.memory_limit >> 20U) + " MiB" : "") + ", " +
            std::to_string(defined_) +
            " defined in all); the group, or the index of the subgroup, is infinite or needs a higher limit",
        live_, maximal_rows_);
  }

  // --- coincidences ---

  Coset representative(Coset coset) {
    while (parent_[coset] != coset) {
      parent_[coset] = parent_[parent_[coset]];
      coset = parent_[coset];
    }
    return coset;
  }

  void merge(Coset a, Coset b) {
    a = representative(a);
    b = representative(b);
    if (a == b) return;
    if (a > b) std::swap(a, b);
    parent_[b] = a;
    // A cycle that closes at a coset closes at whatever the coset turns out to be.
    closed_[a] |= closed_[b];
    --live_;
    queue_.push_back(b);
  }

  void coincidence(Coset a, Coset b) {
    queue_.clear();
    merge(a, b);
    for (std::size_t i = 0; i < queue_.size(); ++i) {
      interrupt_.poll();
      const Coset dead = queue_[i];
      for (std::size_t k = 0; k < columns_; ++k) {
        const Coset target = std::exchange(entry(dead, k), Coset{0});
        if (target == 0) continue;
        const Column back = relators_.inverse(k);
        if (entry(target, back) == dead) entry(target, back) = 0;
        const Coset from = representative(dead);
        const Coset to = representative(target);
        if (const Coset known = entry(from, k); known != 0) {
          merge(to, known);
        } else if (const Coset source = entry(to, back); source != 0) {
          merge(from, source);
        } else {
          deduce(from, static_cast<Column>(k), to);
        }
      }
    }
  }

  void deduce(Coset from, Column column, Coset to) {
    entry(from, column) = to;
    entry(to, relators_.inverse(column)) = from;
    if (!stacking_) return;
    // A stack as long as the table has cosets is not worth its memory: a second round finds the rest.
    overflown_ = overflown_ || stack_.size() >= capacity_;
    if (stack_.size() < capacity_) stack_.push_back({from, column});
  }

  // --- traces ---

  // Traces a word that must lead from `coset` back to it, from both ends. Whether it now closes: what is
  // missing is defined if `fill`. The caller has made room for the length of the word.
  bool trace(Coset coset, const ColumnTrace& word, bool fill) {
    const Coset* const table = table_.data();
    Coset front = coset;
    Coset back = coset;
    std::size_t i = 0;
    std::size_t j = word.length;
    for (;;) {
      for (Coset next; i < j && (next = table[std::size_t{front} * columns_ + word.forward[i]]) != 0; ++i)
        front = next;
      if (i < j) {
        for (Coset next; i < j && (next = table[std::size_t{back} * columns_ + word.backward[j - 1]]) != 0;
             --j)
          back = next;
      }
      if (i == j) {
        if (front == back) return true;
        coincidence(front, back);
        return false;
      }
      if (i + 1 == j) {
        deduce(front, word.forward[i], back);
        return true;
      }
      if (!fill) return false;
      front = define(front, word.forward[i++]);
    }
  }

  // A word of the subgroup leads from coset 1 to coset 1.
  void trace_subgroup(const ColumnWord& word) {
    if (!grow_for(word.length)) fail();
    trace(1, word.rotation(0), true);
  }

  // Remembers a closed cycle at each of its entrances.
  void remember(Coset coset, std::size_t relator) {
    const ColumnWord& word = relators_.relators()[relator];
    const std::uint64_t bit = std::uint64_t{1} << relator;
    std::size_t i = 0;
    for (const std::uint32_t entrance : word.entrances) {
      for (; i < entrance; ++i) coset = entry(coset, word.forward[i]);
      closed_[coset] |= bit;
    }
  }

  // Traces all relators at a coset that are not known to close there. False if the coset died of it.
  bool trace_relators(Coset coset, bool fill) {
    const auto words = relators_.relators();
    for (std::uint64_t open = all_closed_ & ~closed_[coset]; open != 0; open &= open - 1) {
      const auto k = static_cast<std::size_t>(std::countr_zero(open));
      if ((closed_[coset] >> k & 1U) != 0) continue;
      const bool closes = trace(coset, words[k].rotation(0), fill);
      if (!is_live(coset)) return false;
      if (closes) remember(coset, k);
    }
    for (std::size_t k = kRemembered; k < words.size(); ++k) {
      trace(coset, words[k].rotation(0), fill);
      if (!is_live(coset)) return false;
    }
    return true;
  }

  // --- strategies ---

  void hlt() {
    const std::uint64_t need = letters_ + columns_;  // at most that many definitions at one coset
    std::uint64_t watermark = std::min(maximal_rows_, kFirstLookahead);
    for (Coset coset = 1; coset < next_; ++coset) {
      interrupt_.poll();
      if (!is_live(coset)) continue;
      if (rows() + need > watermark) {
        // Looking ahead before the table grows often collapses it, and costs a fraction of what filled it.
        lookahead(coset);
        const bool is_last = watermark == maximal_rows_;
        if (is_last || live_ < rows() - rows() / 8) coset = compress(coset);
        while (watermark < maximal_rows_ && rows() + need > watermark - watermark / 4)
          watermark = std::min(2 * watermark, maximal_rows_);
        // Little room regained at the limit: what is left is for a strategy that wastes less.
        if (rows() + need > watermark - (is_last ? watermark / 16 : 0)) {
          if (options_.strategy == CosetStrategy::kHlt) fail();
          return felsch();
        }
        if (coset >= next_) return;
        if (!is_live(coset)) continue;
      }
      grow_for(need);
      if (!trace_relators(coset, true)) continue;
      for (std::size_t k = 0; k < columns_; ++k) {
        if (entry(coset, k) == 0) define(coset, static_cast<Column>(k));
      }
    }
  }

  // Every conclusion from the relators at the cosets from `first` on, without definitions.
  void lookahead(Coset first) {
    for (Coset coset = first; coset < next_; ++coset) {
      interrupt_.poll();
      if (is_live(coset)) trace_relators(coset, false);
    }
  }

  void felsch() {
    rotations_ = relators_.rotations_by_column();
    stacking_ = true;
    do {
      overflown_ = false;
      draw_conclusions();
      fill_gaps();
    } while (overflown_);
  }

  // All conclusions from the table as it stands: what the subgroup, or HLT, left to do.
  void draw_conclusions() {
    for (Coset coset = 1; coset < next_; ++coset) {
      for (std::size_t k = 0; k < columns_ && is_live(coset); ++k) {
        if (entry(coset, k) == 0) continue;
        stack_.push_back({coset, static_cast<Column>(k)});
        process_stack();
      }
    }
  }

  void fill_gaps() {
    for (Coset coset = 1; coset < next_; ++coset) {
      for (std::size_t k = 0; k < columns_ && is_live(coset); ++k) {
        if (entry(coset, k) != 0) continue;
        if (!grow_for(1)) {
          // A few rows regained at a time would mean a compression for each few definitions, without end.
          if (live_ == rows() || (rows() - live_ < rows() / 16 && ++poor_compressions_ > kPoorCompressions))
            fail();
          coset = compress(coset);
        }
        define(coset, static_cast<Column>(k));
        stack_.push_back({coset, static_cast<Column>(k)});
        process_stack();
      }
    }
  }

  void process_stack() {
    while (!stack_.empty()) {
      interrupt_.poll();
      const auto [coset, column] = stack_.back();
      stack_.pop_back();
      trace_rotations(coset, column);
      if (!is_live(coset)) continue;
      const Coset target = entry(coset, column);
      if (target != 0) trace_rotations(target, relators_.inverse(column));
    }
  }

  void trace_rotations(Coset coset, std::size_t column) {
    for (const ColumnTrace& word : rotations_[column]) {
      if (!is_live(coset)) return;
      trace(coset, word, false);
    }
  }

  // --- the result ---

  CosetTable standardised() {
    const std::span<const Column> generators = relators_.generators();
    CosetTable result;
    result.rank = static_cast<std::uint32_t>(generators.size());
    result.defined = defined_;
    result.maximal = maximal_;
    std::vector<Coset> order{1};
    order.reserve(live_);
    std::vector<Coset> label(next_, 0);  // 0: not reached; coset 1 is never met as new
    label[1] = 1;
    result.images.reserve(live_ * generators.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
      for (const Column column : generators) {
        const Coset image = entry(order[i], column);
        if (label[image] == 0) {
          order.push_back(image);
          label[image] = static_cast<Coset>(order.size());
        }
        result.images.push_back(label[image] - 1);
      }
    }
    result.count = static_cast<std::uint32_t>(order.size());
    return result;
  }

  const CosetRelators relators_;
  const std::size_t columns_;
  const CosetOptions options_;
  const Interrupt& interrupt_;
  std::vector<ColumnWord> subgroup_;
  std::vector<std::vector<ColumnTrace>> rotations_;
  std::uint64_t letters_ = 0;     // of all relators
  std::uint64_t all_closed_ = 0;  // the bits of the remembered relators
  std::uint64_t maximal_rows_ = 0;

  std::vector<Coset> table_;
  std::vector<Coset> parent_;
  std::vector<std::uint64_t> closed_;
  std::vector<Coset> queue_;
  std::vector<Deduction> stack_;
  bool stacking_ = false;  // conclusions are kept for Felsch
  int poor_compressions_ = 0;
  bool overflown_ = false;  // some were dropped
  std::uint64_t capacity_ = 0;
  Coset next_ = 1;
  std::uint64_t live_ = 0;
  std::uint64_t defined_ = 0;
  std::uint64_t maximal_ = 0;
};

}  // namespace

CosetTable enumerate_cosets(const Presentation& presentation, std::span<const Word> subgroup,
                            const CosetOptions& options, const Interrupt& interrupt) {
  if (options.limit == 0) throw ArgumentError("limit: expected a positive number of cosets, got 0");
  return Enumerator(presentation, subgroup, options, interrupt).run();
}

Group group_from_presentation(const Presentation& presentation, const CosetOptions& options,
                              const Interrupt& interrupt) {
  const CosetTable cosets = enumerate_cosets(presentation, {}, options, interrupt);
  std::vector<Element> generators(cosets.images.begin(), cosets.images.begin() + std::ptrdiff_t{cosets.rank});
  auto elements =
      std::make_shared<const GraphElements>(static_cast<Element>(cosets.count), generators,
                                            std::vector<Element>(cosets.images.begin(), cosets.images.end()));
  return {std::move(elements), std::move(generators), "", Construction{}};
}

}  // namespace peterweyl
