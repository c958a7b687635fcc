// A transaction whose form and signatures have been checked. Only check_transaction() makes one,
// so whoever holds one need not ask again (6 decisions, 3).
//
// What is checked here needs the bytes and the chain alone: size, canonical encoding, chain id,
// form, counts, order of signatures, and every signature. What needs a state is admission.h.
//
// Threads: check_transaction() is a free function without state; the worker pool calls it.
// A CheckedTransaction is immutable and shared between mempool, builder and executor.

#pragma once

#include <labor/v1/transaction.pb.h>

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/execution/failure.h"
#include "protocol/genesis.h"
#include "protocol/types.h"

namespace execution {

class CheckedTransaction;
using CheckedPtr = std::shared_ptr<CheckedTransaction const>;

// The statuses TOO_LARGE to BAD_SIGNATURE, in that order.
std::expected<CheckedPtr, Failure> check_transaction(std::string bytes,
                                                     protocol::Chain const& chain);

// The same without signatures, for those who hold a body alone: WRONG_CHAIN to TOO_MANY_MESSAGES.
Done check_body(labor::v1::TransactionBody const& body, protocol::Chain const& chain);

// LBRtx1 over the encoded body, LBRwire1 over the encoded transaction.
protocol::TransactionId transaction_id(std::string_view body);
protocol::WireHash wire_hash(std::string_view transaction);

// What a transaction uses of the allowance: a unit per byte, more per signature and message, by
// what they cost a validator.
std::uint64_t units_of(labor::v1::TransactionBody const& body, std::size_t bytes,
                       std::size_t signatures);

// Bytes of the encoded transaction around a body of `body` bytes.
std::size_t signed_size(std::size_t body, std::size_t signatures);

class CheckedTransaction {
 public:
  // The bytes that arrived; what blocks carry.
  std::string const& bytes() const { return bytes_; }
  protocol::TransactionId const& id() const { return id_; }
  protocol::WireHash const& wire() const { return wire_; }

  labor::v1::TransactionBody const& body() const { return body_; }
  protocol::Address const& account() const { return account_; }
  std::optional<protocol::Address> const& fee_payer() const { return fee_payer_; }
  protocol::Sequence sequence() const { return protocol::Sequence{body_.sequence()}; }
  protocol::TimeMs valid_until() const { return protocol::TimeMs{body_.valid_until_ms()}; }

  // Whose signatures were found good, ascending; at least one.
  std::vector<protocol::PublicKey> const& signers() const { return signers_; }
  std::uint64_t units() const { return units_; }

 private:
  friend std::expected<CheckedPtr, Failure> check_transaction(std::string bytes,
                                                              protocol::Chain const& chain);
  CheckedTransaction() = default;

  std::string bytes_;
  protocol::TransactionId id_{};
  protocol::WireHash wire_{};
  labor::v1::TransactionBody body_;
  protocol::Address account_{};
  std::optional<protocol::Address> fee_payer_;
  std::vector<protocol::PublicKey> signers_;
  std::uint64_t units_ = 0;
};

}  // namespace execution
