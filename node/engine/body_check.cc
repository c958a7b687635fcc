#include "node/engine/body_check.h"

#include <algorithm>
#include <utility>

#include "protocol/base/check.h"

namespace node {

BodyCheck::BodyCheck(std::string body, protocol::Chain const& chain, Mempool const& mempool,
                     CheckedCache& cache, StageCosts& costs)
    : chain_{chain},
      cache_{cache},
      costs_{costs},
      parsed_{execution::parse_block(std::move(body), chain)} {
  if (!parsed_) return;
  auto const& bytes = parsed_->transactions;
  transactions_.resize(bytes.size());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    auto const hash = execution::wire_hash(bytes[i]);
    transactions_[i] = mempool.find(hash);
    if (transactions_[i] == nullptr) transactions_[i] = cache.find(hash);
    if (transactions_[i] == nullptr) unknown_.push_back(i);
  }
  refusals_.resize(unknown_.size(), labor::v1::TX_STATUS_OK);
}

void BodyCheck::spread(std::shared_ptr<BodyCheck> const& check, WorkerPool& workers) {
  auto const chunks = (check->unknown_.size() + chunk - 1) / chunk;
  auto const jobs = std::min<std::size_t>(chunks, workers.threads());
  for (std::size_t i = 0; i < jobs; ++i) {
    // A full lane costs help, not correctness.
    if (!workers.submit(WorkerPool::Lane::urgent, [check] { check->help(); })) return;
  }
}

void BodyCheck::help() {
  if (begun_.load(std::memory_order_relaxed) >= unknown_.size()) return;
  Stopwatch const stopwatch{costs_, Stage::verify};
  while (true) {
    auto const first = begun_.fetch_add(chunk, std::memory_order_relaxed);
    if (first >= unknown_.size()) return;
    auto const last = std::min(first + chunk, unknown_.size());
    for (auto i = first; i < last; ++i) {
      auto const index = unknown_[i];
      auto checked = execution::check_transaction(parsed_->transactions[index], chain_);
      if (checked) {
        cache_.keep(*checked);
        transactions_[index] = *std::move(checked);
      } else {
        refusals_[i] = checked.error().status;
      }
    }
    finished_.fetch_add(last - first, std::memory_order_release);
    finished_.notify_all();
  }
}

std::expected<BodyCheck::Checked, execution::BlockInvalid> BodyCheck::result() {
  if (!parsed_) return std::unexpected{parsed_.error()};
  help();
  for (auto done = finished_.load(std::memory_order_acquire); done != unknown_.size();
       done = finished_.load(std::memory_order_acquire)) {
    finished_.wait(done, std::memory_order_acquire);
  }
  if (auto const invalid = refusal()) return std::unexpected{*invalid};
  return Checked{.block = *std::move(parsed_), .transactions = std::move(transactions_)};
}

std::optional<execution::BlockInvalid> BodyCheck::refusal() const {
  auto const refused = std::ranges::find_if(
      refusals_, [](auto status) { return status != labor::v1::TX_STATUS_OK; });
  if (refused == refusals_.end()) return std::nullopt;
  auto const at = static_cast<std::size_t>(refused - refusals_.begin());
  return execution::BlockInvalid{
      .fault = execution::BlockFault::bad_transaction, .index = unknown_[at], .status = *refused};
}

void BodyChecks::begin(consensus::Block const& block) {
  {
    std::lock_guard const lock{mutex_};
    auto const known =
        std::ranges::find(checks_, block.hash, &decltype(checks_)::value_type::first);
    if (known != checks_.end()) return;
  }
  auto check = make(block);
  std::lock_guard const lock{mutex_};
  checks_.emplace_back(block.hash, std::move(check));
  if (checks_.size() > count_max) checks_.pop_front();
}

std::shared_ptr<BodyCheck> BodyChecks::take(consensus::Block const& block) {
  {
    std::lock_guard const lock{mutex_};
    auto const known =
        std::ranges::find(checks_, block.hash, &decltype(checks_)::value_type::first);
    if (known != checks_.end()) {
      auto check = std::move(known->second);
      checks_.erase(known);
      return check;
    }
  }
  return make(block);
}

std::shared_ptr<BodyCheck> BodyChecks::make(consensus::Block const& block) {
  auto check = std::make_shared<BodyCheck>(*block.body, chain_, mempool_, cache_, costs_);
  BodyCheck::spread(check, workers_);
  return check;
}

}  // namespace node
