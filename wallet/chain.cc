#include "wallet/chain.h"

#include <fmt/format.h>

#include "protocol/base/hex.h"
#include "protocol/execution/transaction.h"
#include "wallet/light/epoch_cache.h"
#include "wallet/light/epochs.h"
#include "wallet/light/final_header.h"

namespace wallet {

namespace {

// A list of lists would be a lot of proofs: lists stop here and say so.
constexpr std::uint32_t page_records = 50;

Result<labor::v1::Block> block_in(labor::v1::GetBlockResponse const& response) {
  labor::v1::Block block;
  if (!block.ParseFromString(response.block())) return unverified("BAD_BLOCK", "not a block.");
  return block;
}

}  // namespace

Result<labor::v1::GetNodeInfoResponse> Chain::info() const {
  TRY(info, client_.info());
  auto const& chain = trust_.chain();
  if (info.chain_id() == chain.id() && info.genesis_hash() == chain.hash().chars()) return info;
  auto wrong = Problem{
      .exit = Exit::unreachable,
      .reason = "WRONG_CHAIN",
      .message =
          info.chain_id() == chain.id()
              ? fmt::format("The node at {} serves a chain that is also called `{}` but began "
                            "with another genesis.",
                            client_.api(), chain.id())
              : fmt::format("The node at {} serves the chain `{}`, not `{}`.", client_.api(),
                            info.chain_id(), chain.id()),
      .hint =
          "`labor network list` shows the networks; `--network` chooses one. After a devnet was "
          "reset, add it again.",
      .metadata = {{"expected_genesis", base::hex(chain.hash().view())},
                   {"got_genesis", base::hex(info.genesis_hash())}}};
  return std::unexpected{std::move(wrong)};
}

Result<void> Chain::follow(std::string_view header) const {
  TRY(decoded, header_of(trust_.chain(), header));
  protocol::Epoch const epoch{decoded.epoch()};
  if (trust_.find(epoch) != nullptr) return {};
  auto const followed = follow_epochs(
      trust_, epoch,
      [this](labor::v1::GetEpochsRequest const& request) { return client_.epochs(request); });
  if (!followed) return followed;
  // A cache that cannot be written costs the next command time, and nothing else.
  static_cast<void>(save_epochs(home_, trust_));
  return {};
}

Result<FinalHeader> Chain::final_header(labor::v1::FinalityProof const& proof,
                                        std::uint64_t height) const {
  if (auto const known = proved_.find(height); known != proved_.end()) return known->second;
  TRY_VOID(follow(proof.header()));
  TRY(header, verify_finality(trust_, proof, protocol::Height{height}));
  proved_.emplace(height, header);
  return header;
}

Result<std::optional<labor::v1::Record>> Chain::record(labor::v1::Record const& key) const {
  labor::v1::GetRecordRequest request;
  *request.mutable_key() = key;
  request.set_prove(checking_ == Checking::on);
  TRY(response, client_.record(request));
  std::optional<labor::v1::Record> record;
  bool const set = response.record().record_case() != labor::v1::Record::RECORD_NOT_SET;
  if (set) record = response.record();
  if (checking_ == Checking::off) return record;
  TRY(header, final_header(response.finality(), response.height()));
  TRY_VOID(verify_record(header, key, record, response.proof()));
  return record;
}

Result<std::vector<labor::v1::Record>> Chain::list(labor::v1::ListRecordsRequest request,
                                                   std::size_t records_max) const {
  std::vector<labor::v1::Record> records;
  request.set_page_size(page_records);
  for (;;) {
    TRY(page, client_.list(request));
    for (auto const& listed : page.records()) {
      if (records.size() == records_max) return records;
      // The list names the records; what they say is read with a proof each.
      auto const* one = &listed;
      std::optional<labor::v1::Record> proved;
      if (checking_ == Checking::on) {
        TRY(read, record(listed));
        if (!read) continue;  // Gone since the page was made.
        proved = std::move(read);
        one = &*proved;
      }
      records.push_back(*one);
    }
    if (page.next_page_token().empty()) return records;
    request.set_page_token(page.next_page_token());
  }
}

Result<FinalHeader> Chain::head() const {
  TRY(response, client_.block(0));
  TRY(block, block_in(response));
  labor::v1::FinalityProof proof;
  proof.set_header(block.header());
  *proof.mutable_headers() = response.headers();
  proof.set_finalization(response.finalization());
  return final_header(proof, response.header().height());
}

Result<Standing> Chain::standing(labor::v1::GetTransactionRequest const& request) const {
  TRY(answer, client_.transaction(request));
  Standing standing{.outcome = answer.outcome(),
                    .height = answer.height(),
                    .block_time_ms = answer.block_time_ms(),
                    .receipt = answer.receipt(),
                    .transaction = answer.transaction()};
  if (checking_ == Checking::off) return standing;
  if (answer.outcome() == labor::v1::TRANSACTION_OUTCOME_FINAL) {
    auto const id = protocol::TransactionId::from(request.transaction_id());
    TRY(response, client_.block(answer.height()));
    TRY(encoded, block_in(response));
    TRY_VOID(follow(encoded.header()));
    TRY(block, verify_block(trust_, response, protocol::Height{answer.height()}));
    if (!id) return usage("INVALID_ID", "A transaction id has 32 bytes.");
    TRY_VOID(verify_inclusion(block, response, answer.index(), *id, answer.receipt()));
    standing.block_time_ms = block.header.header.time_ms();
    standing.transaction = block.block.transactions(static_cast<int>(answer.index()));
  }
  if (answer.outcome() == labor::v1::TRANSACTION_OUTCOME_EXPIRED) {
    TRY(last, head());
    standing.height = last.header.height();
    standing.block_time_ms = last.header.time_ms();
    if (last.header.time_ms() <= request.valid_until_ms()) {
      return problem(Exit::unverified, "NOT_EXPIRED",
                     "The node's answer does not verify: it calls the transaction expired, but its "
                     "last final block is not past the transaction's time.",
                     "Ask another node: `--node HOST:PORT`.");
    }
  }
  return standing;
}

}  // namespace wallet
