// A node of one process: real blocks, proofs and certificates of a TestChain, served on a port of
// the system's choosing, honest or not as the test says.

#pragma once

#include <google/rpc/error_details.pb.h>
#include <google/rpc/status.pb.h>
#include <grpcpp/grpcpp.h>
#include <labor/v1/node_service.grpc.pb.h>

#include <map>
#include <string>

#include "consensus/certificate/encoding.h"
#include "protocol/address.h"
#include "protocol/codec/canonical.h"
#include "protocol/document.h"
#include "protocol/state/keys.h"
#include "protocol/state/proof.h"
#include "protocol/state/records.h"
#include "protocol/validators/seats.h"
#include "protocol/validators/set.h"
#include "tests/support/test_chain.h"

namespace wallet {

enum class Mood {
  honest,
  keeps_pending,     // Takes it and never includes it.
  lets_expire,       // Never includes it, and time goes by.
  refuses,           // With a reason.
  loses_answer,      // Includes it, but the answer to Submit does not arrive.
  says_expired,      // Without a block past its time.
  hides_inclusion,   // Includes it, lets time go by and calls it expired.
  lies_about_money,  // In records.
  lies_in_receipt,
  forges_certificate,
  hides_epochs,           // Has no changes of validators to show.
  lies_about_validators,  // In changes of epochs.
  lies_about_documents,   // Gives another text.
  refuses_documents,      // As a full one does.
  other_chain,
};

class FakeNode final : public labor::v1::NodeService::Service {
 public:
  explicit FakeNode(testing_support::TestChain& chain) : chain_{chain} {
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port_);
    builder.RegisterService(this);
    server_ = builder.BuildAndStart();
    keep_block();
  }
  ~FakeNode() override { stop(); }
  void stop() {
    if (server_) server_->Shutdown();
    server_.reset();
  }

  std::string api() const { return "127.0.0.1:" + std::to_string(port_); }

  Mood mood = Mood::honest;
  int submitted = 0;
  int asked_for_epochs = 0;
  int submitted_at_put = -1;
  std::map<protocol::Hash, protocol::Document> documents;

  // A block so much later.
  void pass(std::uint64_t ms) {
    chain_.advance(ms);
    keep_block();
  }

  using Status = grpc::Status;
  using Context = grpc::ServerContext;

  Status GetNodeInfo(Context*, labor::v1::GetNodeInfoRequest const*,
                     labor::v1::GetNodeInfoResponse* response) override {
    response->set_chain_id(mood == Mood::other_chain ? "other" : chain_.chain().id());
    response->set_genesis_hash(chain_.chain().hash().str());
    response->set_version("test");
    response->set_name("fake");
    response->set_height(chain_.last().header.height());
    response->set_block_time_ms(chain_.time().value());
    response->set_now_ms(chain_.time().value());
    response->set_devnet(true);
    return Status::OK;
  }

  Status GetGenesis(Context*, labor::v1::GetGenesisRequest const*,
                    labor::v1::GetGenesisResponse* response) override {
    *response->mutable_genesis() = chain_.chain().genesis();
    return Status::OK;
  }

  Status GetValidators(Context*, labor::v1::GetValidatorsRequest const* request,
                       labor::v1::GetValidatorsResponse* response) override {
    for (auto& seat : validators::all_seats(chain_.state())) {
      if (seat.state() == labor::v1::SEAT_STATE_GONE && !request->gone()) continue;
      *response->add_seats() = std::move(seat);
    }
    return Status::OK;
  }

  Status GetAccount(Context*, labor::v1::GetAccountRequest const* request,
                    labor::v1::GetAccountResponse* response) override {
    auto const address = protocol::Address::from(request->address());
    if (!address) return {grpc::StatusCode::INVALID_ARGUMENT, "address"};
    auto const account = chain_.find<labor::v1::Account>(state::keys::account(*address));
    if (account) response->set_next_sequence(account->sequence());
    response->set_allowance_now(1000);
    return Status::OK;
  }

  Status Simulate(Context*, labor::v1::SimulateRequest const* request,
                  labor::v1::SimulateResponse* response) override {
    auto const receipt =
        execution::simulate(chain_.chain(), chain_.parent(), next_time(), request->body());
    if (!receipt) return refusal(execution::reason_of(receipt.error().status));
    *response->mutable_receipt() = *receipt;
    return Status::OK;
  }

  Status Submit(Context*, labor::v1::SubmitRequest const* request,
                labor::v1::SubmitResponse* response) override {
    ++submitted;
    if (mood == Mood::refuses) return refusal("SEQUENCE_MISMATCH");
    auto const checked = execution::check_transaction(request->transaction(), chain_.chain());
    if (!checked) return refusal(execution::reason_of(checked.error().status));
    response->set_transaction_id((*checked)->id().str());
    bool const includes =
        mood != Mood::keeps_pending && mood != Mood::lets_expire && mood != Mood::says_expired;
    if (includes) include(*checked);
    bool const waits = mood == Mood::lets_expire || mood == Mood::hides_inclusion;
    if (waits) {
      chain_.block({}, 11ull * 60 * testing_support::second_ms);
      keep_block();
    }
    if (mood == Mood::loses_answer) return {grpc::StatusCode::UNAVAILABLE, "gone"};
    return Status::OK;
  }

  Status GetTransaction(Context*, labor::v1::GetTransactionRequest const* request,
                        labor::v1::GetTransactionResponse* response) override {
    auto const found = included_.find(request->transaction_id());
    bool const expired =
        mood == Mood::lets_expire || mood == Mood::says_expired || mood == Mood::hides_inclusion;
    if (expired) {
      response->set_outcome(labor::v1::TRANSACTION_OUTCOME_EXPIRED);
    } else if (found == included_.end()) {
      response->set_outcome(labor::v1::TRANSACTION_OUTCOME_PENDING);
    } else {
      *response = found->second;
    }
    if (mood == Mood::lies_in_receipt) response->mutable_receipt()->set_fee_charged(7);
    return Status::OK;
  }

  Status GetBlock(Context*, labor::v1::GetBlockRequest const* request,
                  labor::v1::GetBlockResponse* response) override {
    auto const height = request->height() == 0 ? chain_.last().header.height() : request->height();
    auto const found = blocks_.find(height);
    if (found == blocks_.end()) return {grpc::StatusCode::NOT_FOUND, "no such block"};
    *response = found->second;
    if (mood == Mood::forges_certificate) forge(*response->mutable_finalization());
    return Status::OK;
  }

  Status GetEpochs(Context*, labor::v1::GetEpochsRequest const* request,
                   labor::v1::GetEpochsResponse* response) override {
    ++asked_for_epochs;
    if (mood == Mood::hides_epochs) return Status::OK;
    for (auto epoch = request->first_epoch() + 1;; ++epoch) {
      auto next = validators::set_of_epoch(chain_.state(), protocol::Epoch{epoch});
      if (!next) return Status::OK;
      auto const& boundary = blocks_.at(next->first_height() - 1);
      labor::v1::Block block;
      block.ParseFromString(boundary.block());
      auto& change = *response->add_changes();
      change.set_boundary_header(block.header());
      change.set_finalization(boundary.finalization());
      *change.mutable_next_set() = *std::move(next);
      if (mood == Mood::lies_about_validators) {
        change.mutable_next_set()->mutable_validators(0)->set_consensus_key(std::string(32, 'k'));
      }
    }
  }

  // Of every receipt, whatever the filter says.
  Status WatchEvents(Context*, labor::v1::WatchEventsRequest const*,
                     grpc::ServerWriter<labor::v1::WatchEventsResponse>* writer) override {
    labor::v1::WatchEventsResponse response;
    for (auto const& [height, block] : blocks_) {
      response.mutable_cursor()->set_height(height);
      for (auto const& receipt : block.receipts()) {
        response.set_transaction_id(receipt.transaction_id());
        for (auto const& event : receipt.events()) {
          *response.mutable_event() = event;
          writer->Write(response);
        }
      }
    }
    response.clear_event();
    writer->Write(response);
    return Status::OK;
  }

  Status PutDocument(Context*, labor::v1::PutDocumentRequest const* request,
                     labor::v1::PutDocumentResponse* response) override {
    if (mood == Mood::refuses_documents) return refusal("DOCUMENT_STORE_FULL");
    protocol::Document const document{.owner = *protocol::Address::from(request->owner()),
                                      .salt = *protocol::Salt::from(request->salt()),
                                      .text = request->text()};
    auto const hash = protocol::document_hash(document);
    auto const bytes = protocol::putting_bytes(chain_.chain().hash(), hash);
    if (!is_signed(document.owner, request->signatures(), bytes)) {
      return refusal("NOT_DOCUMENT_OWNER");
    }
    // A transaction comes after the texts that it names.
    submitted_at_put = submitted;
    documents[hash] = document;
    response->set_hash(hash.str());
    return Status::OK;
  }

  Status GetDocument(Context*, labor::v1::GetDocumentRequest const* request,
                     labor::v1::GetDocumentResponse* response) override {
    auto const found = documents.find(*protocol::Hash::from(request->hash()));
    if (found == documents.end()) return {grpc::StatusCode::NOT_FOUND, "no such document"};
    response->set_owner(found->second.owner.str());
    response->set_salt(found->second.salt.str());
    response->set_text(found->second.text);
    if (mood == Mood::lies_about_documents) response->mutable_text()->append("!");
    return Status::OK;
  }

  Status DeleteDocument(Context*, labor::v1::DeleteDocumentRequest const* request,
                        labor::v1::DeleteDocumentResponse* response) override {
    auto const owner = *protocol::Address::from(request->owner());
    auto const hash = protocol::document_hash(owner, *protocol::Hash::from(request->text_hash()));
    auto const bytes = protocol::erasing_bytes(chain_.chain().hash(), hash);
    if (!is_signed(owner, request->signatures(), bytes)) return refusal("NOT_DOCUMENT_OWNER");
    response->set_hash(hash.str());
    response->set_was_here(documents.erase(hash) > 0);
    response->set_peers_told(3);
    return Status::OK;
  }

  // Of the indexes that tests ask for, in one page.
  Status ListRecords(Context*, labor::v1::ListRecordsRequest const* request,
                     labor::v1::ListRecordsResponse* response) override {
    auto const wanted = [&](labor::v1::Record const& record) {
      if (request->index() == labor::v1::RECORD_INDEX_VOTES_BY_BALLOT) {
        return record.has_vote() && record.vote().ballot() == request->id();
      }
      return request->index() == labor::v1::RECORD_INDEX_DELEGATIONS_BY_DELEGATE &&
             record.has_delegation() && record.delegation().delegate() == request->address();
    };
    for (auto const& [key, value] : chain_.values().values()) {
      auto const record = state::record_of(key, value);
      if (record && wanted(*record)) *response->add_records() = *record;
    }
    return Status::OK;
  }

  Status GetRecord(Context*, labor::v1::GetRecordRequest const* request,
                   labor::v1::GetRecordResponse* response) override {
    auto const key = state::key_of(request->key());
    if (!key) return {grpc::StatusCode::INVALID_ARGUMENT, "key"};
    auto const& block = blocks_.at(chain_.last().header.height());
    response->set_height(chain_.last().header.height());
    *response->mutable_proof() = state::prove(chain_.state(), *key);
    labor::v1::Block whole;
    whole.ParseFromString(block.block());
    response->mutable_finality()->set_header(whole.header());
    response->mutable_finality()->set_finalization(block.finalization());
    if (mood == Mood::forges_certificate)
      forge(*response->mutable_finality()->mutable_finalization());
    if (auto const value = chain_.state().get(*key)) fill(request->key(), *value, *response);
    return Status::OK;
  }

 private:
  protocol::TimeMs next_time() const {
    return protocol::TimeMs{chain_.time().value() + testing_support::second_ms};
  }

  static Status refusal(std::string const& reason) {
    google::rpc::ErrorInfo info;
    info.set_reason(reason);
    info.set_domain("labor");
    (*info.mutable_metadata())["expected"] = "4";
    google::rpc::Status status;
    status.set_code(static_cast<int>(grpc::StatusCode::FAILED_PRECONDITION));
    status.add_details()->PackFrom(info);
    return {grpc::StatusCode::FAILED_PRECONDITION, "Refused by the test.",
            status.SerializeAsString()};
  }

  static bool is_signed(protocol::Address const& owner,
                        google::protobuf::RepeatedPtrField<labor::v1::Signature> const& signatures,
                        std::string const& bytes) {
    if (signatures.size() != 1) return false;
    auto const key = *protocol::PublicKey::from(signatures[0].public_key());
    auto const signature = *protocol::Signature::from(signatures[0].signature());
    return protocol::address_of(key) == owner &&
           crypto::verify(key, base::bytes_of(bytes), signature);
  }

  static void forge(std::string& finalization) {
    if (!finalization.empty()) finalization.back() = static_cast<char>(finalization.back() ^ 1);
  }

  void fill(labor::v1::Record const& key, std::string const& value,
            labor::v1::GetRecordResponse& response) const {
    auto& record = *response.mutable_record();
    record = key;
    auto const& reflection = *record.GetReflection();
    auto const* const field =
        reflection.GetOneofFieldDescriptor(record, record.GetDescriptor()->oneof_decl(0));
    reflection.MutableMessage(&record, field)->ParseFromString(value);
    if (mood == Mood::lies_about_money && record.has_balance()) {
      record.mutable_balance()->set_amount(record.balance().amount() + 1);
    }
  }

  void include(execution::CheckedPtr const& transaction) {
    chain_.block({transaction});
    keep_block();
    auto const& last = chain_.last();
    if (last.receipts.empty()) return;
    labor::v1::GetTransactionResponse answer;
    answer.set_outcome(labor::v1::TRANSACTION_OUTCOME_FINAL);
    answer.set_height(last.header.height());
    *answer.mutable_receipt() = last.receipts.front();
    answer.set_transaction(transaction->bytes());
    answer.set_block_time_ms(last.header.time_ms());
    included_[transaction->id().str()] = answer;
  }

  void keep_block() {
    auto const& last = chain_.last();
    labor::v1::GetBlockResponse response;
    response.set_block(last.bytes);
    response.set_block_hash(last.hash.str());
    *response.mutable_header() = last.header;
    for (auto const& receipt : last.receipts) *response.add_receipts() = receipt;
    *response.mutable_events() = last.events;
    if (last.header.height() > 0) response.set_finalization(finalization_of(last));
    blocks_[last.header.height()] = response;
  }

  std::string finalization_of(execution::ExecutedBlock const& block) const {
    std::vector<protocol::PublicKey> keys;
    std::map<protocol::PublicKey, std::uint64_t> numbers;
    for (auto const& validator : chain_.chain().validators()) {
      keys.push_back(*protocol::PublicKey::from(validator.consensus_key()));
    }
    for (std::uint64_t i = 0; i < keys.size(); ++i) {
      numbers[testing_support::secret_key(1000 + i).public_key()] = 1000 + i;
    }
    auto const set = *consensus::ValidatorSet::from(keys);
    consensus::Statement const statement{.epoch = protocol::Epoch{block.header.epoch()},
                                         .view = protocol::View{block.header.height()},
                                         .kind = consensus::VoteKind::finalize,
                                         .parent_view = protocol::View{block.header.height() - 1},
                                         .height = protocol::Height{block.header.height()},
                                         .block = block.hash};
    auto const bytes = consensus::signing_bytes(chain_.chain().hash(), statement);
    consensus::Certificate certificate{.statement = statement,
                                       .signers = consensus::SignerSet::first(set.quorum()),
                                       .signatures = {}};
    for (std::size_t i = 0; i < set.quorum(); ++i) {
      auto const key = testing_support::secret_key(numbers.at(keys[i]));
      certificate.signatures.push_back(key.sign(base::bytes_of(bytes)));
    }
    return consensus::encode(certificate, set);
  }

  testing_support::TestChain& chain_;
  std::map<std::uint64_t, labor::v1::GetBlockResponse> blocks_;
  std::map<std::string, labor::v1::GetTransactionResponse> included_;
  std::unique_ptr<grpc::Server> server_;
  int port_ = 0;
};

}  // namespace wallet
