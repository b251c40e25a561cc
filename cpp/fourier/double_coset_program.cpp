#include "fourier/double_coset_program.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <map>
#include <string>
#include <utility>

#include "support/error.hpp"

namespace peterweyl {
namespace {

using Complex = std::complex<double>;
using Meeting = DoubleCosets::DoubleCoset::Meeting;

constexpr double kSameCharacter = 1e-9;
constexpr Element kLargestSubgroup = 256;

bool is_same_value(Complex a, Complex b) {
  return std::abs(a - b) < kSameCharacter;
}

// How many levels the abelian subgroup at the bottom has; all irreps up to there have degree 1.
std::size_t abelian_depth(const AdaptedIrreps& irreps) {
  std::size_t depth = 0;
  while (depth + 1 < irreps.levels.size() &&
         std::ranges::all_of(irreps.levels[depth + 1].irreps,
                             [](const AdaptedIrrep& irrep) { return irrep.degree == 1; })) {
    ++depth;
  }
  return depth;
}

DoubleCosets::Level level_of(const AdaptedLevel& level, const std::vector<std::vector<Complex>>& below,
                             Element width) {
  DoubleCosets::Level result;
  result.prime = level.index;
  result.extensions.resize(below.size());
  for (std::uint32_t c = 0; c < level.irreps.size(); ++c) {
    const AdaptedIrrep& irrep = level.irreps[c];
    const std::uint32_t restriction = irrep.blocks[0].irrep;
    result.extensions[restriction].push_back(c);
    std::vector<Complex> values;
    for (Element i = 0; i < level.index; ++i) {
      for (const Complex z : below[restriction]) values.push_back(irrep.representative(i)[0].value * z);
    }
    result.values.push_back(std::move(values));
  }
  // The first extension is one whose twiddle needs no multiplication, where there is one.
  const auto at_t = [&](std::uint32_t c) { return result.values[c][width]; };
  const auto rank = [&](std::uint32_t c) {
    if (is_same_value(at_t(c), 1.0)) return -2.0;
    if (level.index == 2 && is_same_value(at_t(c), Complex(0, -1))) return -1.0;
    return std::arg(at_t(c)) + 4.0;
  };
  for (std::vector<std::uint32_t>& list : result.extensions) {
    const std::uint32_t first = *std::ranges::min_element(list, {}, rank);
    const auto turn = [&](std::uint32_t c) {
      const double angle = std::arg(at_t(c) * std::conj(at_t(first))) / (2 * std::acos(-1.0));
      return std::lround(angle * level.index + level.index) % static_cast<long>(level.index);
    };
    std::ranges::sort(list, {}, turn);
    result.twiddles.push_back(std::conj(at_t(first)));
  }
  return result;
}

}  // namespace

std::vector<std::uint32_t> DoubleCosets::left_characters(const DoubleCoset& coset,
                                                         std::uint32_t right) const {
  std::vector<std::uint32_t> result{0};
  for (std::size_t k = 0; k < levels.size(); ++k) {
    const Level& level = levels[k];
    const Meeting& meeting = coset.levels[k];
    if (meeting.free) {
      std::vector<std::uint32_t> next;
      for (std::uint32_t m = 0; m < level.prime; ++m) {
        for (const std::uint32_t c : result) next.push_back(level.extensions[c][m]);
      }
      result = std::move(next);
      continue;
    }
    // beta(t) beta(u) = alpha(v).
    for (std::uint32_t& c : result) {
      const Complex wanted = levels.back().values[right][meeting.right];
      const auto& list = level.extensions[c];
      const auto found = std::ranges::find_if(list, [&](std::uint32_t extension) {
        const auto& values = level.values[extension];
        return is_same_value(values[values.size() / level.prime] * values[meeting.left], wanted);
      });
      if (found == list.end()) throw NumericalError("double cosets: no character extends over a stabiliser");
      c = *found;
    }
  }
  return result;
}

std::optional<DoubleCosets> double_cosets(const AdaptedIrreps& irreps, const Interrupt& interrupt) {
  const std::size_t depth = abelian_depth(irreps);
  if (depth == 0 || irreps.left_products.size() != depth) return std::nullopt;
  DoubleCosets result;
  std::vector<std::vector<Complex>> below{{1.0}};
  for (std::size_t k = 1; k <= depth; ++k) {
    const AdaptedLevel& level = irreps.levels[k];
    if (level.index != 2 && odd_radix_index(level.index) < 0) return std::nullopt;
    result.levels.push_back(level_of(level, below, result.order));
    below = result.levels.back().values;
    result.order *= level.index;
    if (result.order > kLargestSubgroup) return std::nullopt;
  }
  const Element a = result.order;
  std::vector<char> seen(irreps.order() / a, 0);
  result.sizes.assign(std::size_t{a} * a, 0);
  std::vector<Element> orbit;
  for (Element first = 0; first < irreps.order(); first += a) {
    if (seen[first / a] != 0) continue;
    interrupt.poll();
    DoubleCosets::DoubleCoset coset;
    coset.cosets = {first};
    orbit = {first};  // u x for all u in A_k
    for (std::size_t k = 0; k < depth; ++k) {
      const auto& product = irreps.left_products[k];
      const auto width = static_cast<Element>(orbit.size());
      Meeting meeting;
      for (Element u = 0; u < width && meeting.free; ++u) {
        const Element moved = product[orbit[u]];
        if (moved / a == first / a) meeting = {false, u, moved % a};
      }
      if (meeting.free) {
        const std::size_t count = coset.cosets.size();
        for (std::size_t q = 0; q < count * (result.levels[k].prime - 1); ++q) {
          coset.cosets.push_back(product[coset.cosets[q]]);
        }
      }
      for (std::size_t u = 0; u < std::size_t{width} * (result.levels[k].prime - 1); ++u) {
        orbit.push_back(product[orbit[u]]);
      }
      coset.levels.push_back(meeting);
    }
    for (const Element label : coset.cosets) seen[label / a] = 1;
    for (std::uint32_t right = 0; right < a; ++right) {
      for (const std::uint32_t left : result.left_characters(coset, right)) {
        ++result.sizes[std::size_t{left} * a + right];
      }
    }
    result.all.push_back(std::move(coset));
  }
  for (const std::uint32_t size : result.sizes) result.entries += std::size_t{size} * size;
  return result;
}

namespace {

template <typename Real>
class Compiler {
 public:
  Compiler(const AdaptedIrreps& irreps, const DoubleCosets& cosets, const Interrupt& interrupt)
      : irreps_(irreps), cosets_(cosets), interrupt_(interrupt) {}

  ChainProgram<Real> run() {
    program_.method = "double cosets of an abelian subgroup of order " + std::to_string(cosets_.order);
    program_.order = irreps_.order();
    program_.complex = !irreps_.is_real();
    for (const AdaptedIrrep& irrep : irreps_.irreps()) program_.degrees.push_back(irrep.degree);
    add_elements();
    add_right_levels();
    add_left_levels();
    add_products();
    return std::move(program_);
  }

 private:
  using Level = typename ChainProgram<Real>::Level;
  using Panel = typename ChainProgram<Real>::Panel;
  using Butterflies = typename ChainProgram<Real>::Butterflies;

  std::uint32_t number(std::uint64_t slot) const {
    return static_cast<std::uint32_t>(slot * program_.slot_numbers());
  }

  // Coset after coset, u x v in the order of the labels of v.
  void add_elements() {
    const Element a = cosets_.order;
    // h v for labels of A.
    std::vector<std::vector<Element>> products(1);
    for (Element v = 0; v < a; ++v) products[0].push_back(v);
    for (std::size_t k = 0; k < cosets_.levels.size(); ++k) {
      const std::size_t count = products.size() * (cosets_.levels[k].prime - 1);
      for (std::size_t h = 0; h < count; ++h) {
        std::vector<Element> row;
        for (const Element product : products[h]) row.push_back(irreps_.left_products[k][product]);
        products.push_back(std::move(row));
      }
    }
    for (const auto& coset : cosets_.all) {
      first_.push_back(program_.elements.size());
      for (const Element label : coset.cosets) {
        for (const Element product : products[label % a]) {
          program_.elements.push_back(irreps_.elements[label - label % a + product]);
        }
      }
    }
  }

  struct Groups {
    std::map<std::pair<std::uint32_t, Twiddle>, Butterflies> all;

    // slots first, first + apart, ...
    void add(std::uint32_t p, Complex w, std::size_t first, std::size_t apart, std::size_t slot_numbers) {
      const bool one = is_same_value(w, 1.0);
      const Twiddle kind = one                                         ? Twiddle::kOne
                           : p == 2 && is_same_value(w, Complex(0, 1)) ? Twiddle::kImaginary
                                                                       : Twiddle::kGeneral;
      Butterflies& group =
          all.try_emplace({p, kind}, Butterflies{p, kind, {}, {}, circle<Real>(p)}).first->second;
      Complex power = 1.0;
      for (std::uint32_t i = 0; i < p; ++i) {
        group.slots.push_back(static_cast<std::uint32_t>((first + i * apart) * slot_numbers));
        power *= w;
        if (i + 1 == p || kind != Twiddle::kGeneral) continue;
        group.twiddles.push_back(static_cast<Real>(power.real()));
        group.twiddles.push_back(static_cast<Real>(power.imag()));
      }
    }
  };

  void add_level(std::size_t block, std::uint32_t p, const char* side, Groups& groups) {
    Level level;
    level.block = block;
    level.index = p;
    level.description = std::to_string(p) + " butterflies, " + side + " factor";
    const double parts = program_.complex ? 2 : 1;
    for (auto& [key, group] : groups.all) {
      const double each = (p == 2 ? 2 * parts : parts * (p * p + 3 * p) / 2) +
                          (key.second == Twiddle::kGeneral ? 4 * (p - 1) : 0);
      level.operations += each * group.count();
      level.butterflies.push_back(std::move(group));
    }
    if (!level.butterflies.empty()) program_.levels.push_back(std::move(level));
  }

  void add_right_levels() {
    right_ = {0};
    for (const DoubleCosets::Level& level : cosets_.levels) {
      Groups groups;
      const std::size_t width = right_.size();
      std::vector<std::uint32_t> next(width * level.prime);
      for (std::size_t q = 0; q < width; ++q) {
        groups.add(level.prime, level.twiddles[right_[q]], q, width, program_.slot_numbers());
        for (std::uint32_t m = 0; m < level.prime; ++m) next[q + m * width] = level.extensions[right_[q]][m];
      }
      right_ = std::move(next);
      add_level(right_.size(), level.prime, "right", groups);
    }
  }

  void add_left_levels() {
    const std::size_t a = cosets_.order;
    for (std::size_t k = 0; k < cosets_.levels.size(); ++k) {
      interrupt_.poll();
      const DoubleCosets::Level& level = cosets_.levels[k];
      Groups groups;
      for (std::size_t x = 0; x < cosets_.all.size(); ++x) {
        const auto& coset = cosets_.all[x];
        if (!coset.levels[k].free) continue;
        std::size_t width = 1;
        for (std::size_t lower = 0; lower < k; ++lower) {
          if (coset.levels[lower].free) width *= cosets_.levels[lower].prime;
        }
        std::vector<std::vector<std::uint32_t>> left;
        for (const std::uint32_t right : right_) left.push_back(cosets_.left_characters(coset, right));
        for (std::size_t q = 0; q < coset.cosets.size(); ++q) {
          if (q / width % level.prime != 0) continue;
          for (std::size_t v = 0; v < a; ++v) {
            groups.add(level.prime, level.twiddles[restriction(left[v][q], k)], first_[x] + q * a + v,
                       width * a, program_.slot_numbers());
          }
        }
      }
      add_level(program_.order, level.prime, "left", groups);
    }
  }

  // Of a character of A to A_(k-1), counting levels from 0.
  std::uint32_t restriction(std::uint32_t character, std::size_t k) const {
    for (std::size_t level = cosets_.levels.size(); level-- > k;) {
      character = irreps_.levels[level + 1].irreps[character].blocks[0].irrep;
    }
    return character;
  }

  // The character of A that each basis vector of each irrep of G spans.
  std::vector<std::vector<std::uint32_t>> basis_characters() const {
    std::vector<std::vector<std::uint32_t>> below;
    for (std::uint32_t c = 0; c < cosets_.order; ++c) below.push_back({c});
    for (std::size_t k = cosets_.levels.size() + 1; k < irreps_.levels.size(); ++k) {
      std::vector<std::vector<std::uint32_t>> next;
      for (const AdaptedIrrep& irrep : irreps_.levels[k].irreps) {
        std::vector<std::uint32_t> characters(irrep.degree);
        for (const AdaptedIrrep::Block& block : irrep.blocks) {
          for (std::size_t i = 0; i < block.basis.size(); ++i) {
            characters[block.basis[i]] = below[block.irrep][i];
          }
        }
        next.push_back(std::move(characters));
      }
      below = std::move(next);
    }
    return below;
  }

  void add_products() {
    const std::size_t a = cosets_.order;
    struct Row {
      std::size_t entry;       // packed
      std::size_t transposed;  // the place of rho(x)[b, a] among the matrices of x
    };
    struct Column {
      std::size_t coset;
      std::uint32_t slot;
    };
    std::vector<std::vector<Row>> rows(a * a);
    std::vector<std::vector<Column>> columns(a * a);
    std::size_t offset = 0;
    for (const std::vector<std::uint32_t>& characters : basis_characters()) {
      const std::size_t d = characters.size();
      for (std::size_t i = 0; i < d; ++i) {
        for (std::size_t j = 0; j < d; ++j) {
          rows[characters[j] * a + characters[i]].push_back({offset + i * d + j, offset + j * d + i});
        }
      }
      offset += d * d;
    }
    std::vector<std::vector<Complex>> matrices;
    for (std::size_t x = 0; x < cosets_.all.size(); ++x) {
      interrupt_.poll();
      const auto& coset = cosets_.all[x];
      matrices.push_back(evaluate(irreps_, coset.cosets[0]));
      for (std::size_t v = 0; v < a; ++v) {
        const std::vector<std::uint32_t> left = cosets_.left_characters(coset, right_[v]);
        for (std::size_t q = 0; q < left.size(); ++q) {
          columns[left[q] * a + right_[v]].push_back({x, static_cast<std::uint32_t>(first_[x] + q * a + v)});
        }
      }
    }
    // Products of one size follow each other: their kernels repeat what they did.
    std::vector<std::size_t> pairs;
    for (std::size_t pair = 0; pair < a * a; ++pair) {
      if (rows[pair].size() != columns[pair].size()) {
        throw NumericalError(
            "double cosets: expected as many coefficients as double cosets for a pair of characters");
      }
      if (!rows[pair].empty()) pairs.push_back(pair);
    }
    std::ranges::stable_sort(pairs, {}, [&](std::size_t pair) { return rows[pair].size(); });
    program_.coefficients.resize(program_.order);
    Panel forward;
    Panel adjoint;
    std::vector<std::uint32_t> sources;
    std::vector<std::uint32_t> targets;
    for (const std::size_t pair : pairs) {
      interrupt_.poll();
      for (const Column& column : columns[pair]) sources.push_back(number(column.slot));
      for (const Row& row : rows[pair]) {
        const auto next = static_cast<std::uint32_t>(targets.size());
        targets.push_back(number(next));
        program_.coefficients[row.entry] = next;
      }
      const auto value = [&](std::size_t row, std::size_t column) {
        return std::conj(matrices[columns[pair][column].coset][rows[pair][row].transposed]);
      };
      add_product(forward, rows[pair].size(), value);
      add_product(adjoint, rows[pair].size(),
                  [&](std::size_t row, std::size_t column) { return std::conj(value(column, row)); });
    }
    forward.columns.push_back({1, 0, 0, sources, targets});
    adjoint.columns.push_back({1, 0, 0, std::move(targets), std::move(sources)});
    Level level;
    level.block = program_.order;
    level.index = 1;
    level.operations = static_cast<double>(cosets_.entries) * (program_.complex ? 4 : 1);
    level.description =
        std::to_string(pairs.size()) + " dense products, " + std::to_string(cosets_.entries) + " entries";
    level.forward.push_back(std::move(forward));
    level.adjoint.push_back(std::move(adjoint));
    program_.levels.push_back(std::move(level));
  }

  // As DenseView wants it: runs of kLanes rows, column by column, real parts before imaginary ones.
  template <typename Value>
  void add_product(Panel& panel, std::size_t size, const Value& value) const {
    panel.sizes.push_back(static_cast<std::uint32_t>(size));
    panel.rows += static_cast<std::uint32_t>(size);
    const std::size_t column_numbers = kLanes<Real> * (program_.complex ? 2 : 1);
    const std::size_t first = panel.values.size();
    panel.values.resize(first + (size + kLanes<Real> - 1) / kLanes<Real> * size * column_numbers, 0);
    for (std::size_t row = 0; row < size; ++row) {
      Real* run = panel.values.data() + first + row / kLanes<Real> * size * column_numbers;
      for (std::size_t column = 0; column < size; ++column) {
        const Complex z = value(row, column);
        Real* at = run + column * column_numbers + row % kLanes<Real>;
        at[0] = static_cast<Real>(z.real());
        if (program_.complex) at[kLanes<Real>] = static_cast<Real>(z.imag());
      }
    }
  }

  const AdaptedIrreps& irreps_;
  const DoubleCosets& cosets_;
  const Interrupt& interrupt_;
  ChainProgram<Real> program_;
  std::vector<std::size_t> first_;    // slot of each double coset
  std::vector<std::uint32_t> right_;  // the character of A at each place of a coset
};

}  // namespace

template <typename Real>
ChainProgram<Real> compile_double_cosets(const AdaptedIrreps& irreps, const DoubleCosets& cosets,
                                         const Interrupt& interrupt) {
  return Compiler<Real>(irreps, cosets, interrupt).run();
}

template ChainProgram<float> compile_double_cosets<float>(const AdaptedIrreps&, const DoubleCosets&,
                                                          const Interrupt&);
template ChainProgram<double> compile_double_cosets<double>(const AdaptedIrreps&, const DoubleCosets&,
                                                            const Interrupt&);

}  // namespace peterweyl
