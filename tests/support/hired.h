// A chain on which one person works for another, and a third has nothing to do with it: for tests
// that need blocks around a contract.

#pragma once

#include <labor/v1/work.pb.h>

#include <cstdint>
#include <vector>

#include "tests/support/test_chain.h"

namespace testing_support {

class Hired {
 public:
  explicit Hired(labor::v1::Genesis genesis = test_genesis());

  Person const client{1};
  Person const talent{2};
  Person const other{3};

  TestChain& chain() { return chain_; }

  template <class M>
  labor::v1::TxStatus act(Person const& who, M const& inner) {
    return chain_.send(who, {message(inner)}).status();
  }

  // A signed contract with milestones of these amounts in USD, each due so many days after it is
  // funded. Its id.
  std::uint64_t sign(std::vector<std::uint64_t> const& amounts, std::uint32_t due_days = 30);
  // Its first milestone, moved on.
  void fund(std::uint64_t contract);
  void submit(std::uint64_t contract);
  void request_changes(std::uint64_t contract);

  labor::v1::Contract contract(std::uint64_t id) const;
  labor::v1::Milestone milestone(std::uint64_t contract, std::uint32_t index = 0) const;
  std::uint64_t usd_of(Person const& who) const;

 private:
  TestChain chain_;
};

}  // namespace testing_support
