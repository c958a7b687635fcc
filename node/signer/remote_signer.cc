#include "node/signer/remote_signer.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "consensus/certificate/encoding.h"
#include "protocol/base/check.h"
#include "protocol/base/try.h"
#include "protocol/crypto/sign.h"
#include "protocol/validators/seats.h"

namespace node::signer {
namespace {

using consensus::Certificate;
using consensus::SigningOrder;
using consensus::Statement;
using consensus::Vote;
using consensus::VoteKind;

// A signer that restarts is found within this; one that is gone costs one attempt as often.
constexpr std::chrono::milliseconds look_again_after{250};

std::uint64_t now_ms() {
  auto const now = std::chrono::system_clock::now().time_since_epoch();
  return static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
}

auto after(std::chrono::milliseconds timeout) {
  return std::chrono::steady_clock::now() + timeout;
}

// The votes that were granted: each with a signature that is good.
std::vector<Vote> granted(SigningOrder const& order, std::span<Statement const> statements,
                          labor::v1::SignerAnswer const& answer,
                          protocol::GenesisHash const& genesis) {
  std::vector<Vote> votes;
  for (std::size_t i = 0; i < statements.size(); ++i) {
    auto const& verdict = answer.verdicts(static_cast<int>(i));
    auto const view = statements[i].view.value();
    if (!verdict.has_signature()) {
      spdlog::warn("the signer does not sign a vote of view {}: {}", view, verdict.refused());
      continue;
    }
    auto const signature = protocol::Signature::from(verdict.signature());
    auto const message = consensus::signing_bytes(genesis, statements[i]);
    auto const& key = order.validators.key(order.voter);
    if (!signature || !crypto::verify(key, base::bytes_of(message), *signature)) {
      spdlog::error("the signer's signature of a vote of view {} is bad", view);
      continue;
    }
    votes.push_back({.statement = statements[i], .voter = order.voter, .signature = *signature});
  }
  return votes;
}

}  // namespace

RemoteSigner::RemoteSigner(Options options)
    : options_{std::move(options)}, mark_{options_.recorded} {
  away_since_ms_ = now_ms();
}

RemoteSigner::~RemoteSigner() {
  end();
}

void RemoteSigner::end() {
  looking_ = {};  // Asks it to stop, and joins.
}

std::optional<std::uint64_t> RemoteSigner::away_since() const {
  auto const since = away_since_ms_.load();
  return since == 0 ? std::nullopt : std::optional{since};
}

// ---- found and lost ----

Channel::OrTrouble<Welcome> RemoteSigner::greet(Channel& channel) const {
  auto const deadline = after(options_.timeout);
  TRY_VOID(channel.connect(options_.socket, deadline));
  labor::v1::SignerMessage message;
  auto& hello = *message.mutable_hello();
  hello.set_genesis_hash(options_.genesis.str());
  hello.set_consensus_key(options_.key.str());
  hello.set_node_key(options_.node_key.str());
  TRY(answer, channel.ask(message, deadline));
  auto const signature = protocol::Signature::from(answer.welcome().peer_signature());
  if (!answer.has_welcome() || !signature) {
    return std::unexpected{std::string{"it does not answer a greeting with a welcome"}};
  }
  auto const& said = answer.welcome();
  JournalMark mark{.id = {},
                   .epoch = protocol::Epoch{said.epoch()},
                   .highest_view = protocol::View{said.highest_view()}};
  if (said.journal_id().size() != mark.id.size()) {
    return std::unexpected{std::string{"it does not say which journal it has"}};
  }
  std::ranges::copy(base::bytes_of(said.journal_id()), mark.id.begin());
  if (has_old_copy(mark)) {
    return std::unexpected{
        std::string{"its journal is an old copy: it has signed what it does not know of, and would "
                    "contradict it. Its key is spent: stop it; `labord rotate --signer` makes a "
                    "new key in a new signer"}};
  }
  return Welcome{.peer_signature = *signature,
                 .mark = mark,
                 .grounds = {said.grounds().begin(), said.grounds().end()},
                 .votes = {said.votes().begin(), said.votes().end()}};
}

bool RemoteSigner::has_old_copy(JournalMark const& said) const {
  auto const known = mark();
  return known && known->id == said.id &&
         std::tie(said.epoch, said.highest_view) < std::tie(known->epoch, known->highest_view);
}

void RemoteSigner::signed_up_to(JournalMark const& mark) {
  std::lock_guard const lock{mark_mutex_};
  mark_ = mark;
}

std::optional<JournalMark> RemoteSigner::mark() const {
  std::lock_guard const lock{mark_mutex_};
  return mark_;
}

std::optional<Welcome> RemoteSigner::greet() {
  auto channel = std::make_unique<Channel>();
  auto welcome = greet(*channel);
  std::lock_guard const lock{mutex_};
  if (!welcome) {
    say_away(welcome.error());
    return std::nullopt;
  }
  found(std::move(channel), *welcome);
  return *std::move(welcome);
}

void RemoteSigner::begin(std::function<void(Welcome const&)> back) {
  looking_ = std::jthread{[this, back = std::move(back)](std::stop_token const& stop) {
    while (!stop.stop_requested()) {
      if (auto const welcome = look()) back(*welcome);
      std::unique_lock lock{mutex_};
      changed_.wait_for(lock, stop, look_again_after, [] { return false; });
    }
  }};
}

// Looks whether it is there still, or again; its welcome if it has come back.
std::optional<Welcome> RemoteSigner::look() {
  {
    std::lock_guard const lock{mutex_};
    if (channel_ != nullptr && channel_->hung_up()) lost("it hung up");
    if (channel_ != nullptr) return std::nullopt;
  }
  return greet();
}

void RemoteSigner::found(std::unique_ptr<Channel> channel, Welcome const& welcome) {
  channel_ = std::move(channel);
  epoch_ = welcome.mark.epoch;
  signed_up_to(welcome.mark);
  away_since_ms_ = 0;
  said_.clear();
  spdlog::info("the signer at {} is there", options_.socket.string());
}

void RemoteSigner::lost(std::string const& why) {
  channel_.reset();
  shown_.clear();
  away_since_ms_ = now_ms();
  say_away(why);
}

void RemoteSigner::say_away(std::string const& why) {
  if (std::exchange(said_, why) == why) return;
  spdlog::warn(
      "the signer at {} is away: {}. This node follows and does not vote until it is there",
      options_.socket.string(), why);
}

// ---- signing ----

std::expected<std::vector<Vote>, consensus::DiskFailure> RemoteSigner::sign(
    SigningOrder const& wanted) {
  std::lock_guard const lock{mutex_};
  if (channel_ == nullptr) return std::vector<Vote>{};
  auto votes = order(wanted);
  if (votes) return *std::move(votes);
  lost(votes.error());
  return std::vector<Vote>{};
}

std::expected<void, consensus::DiskFailure> RemoteSigner::committed(consensus::View) {
  return {};  // Its floor rises with the finalizations that it is shown.
}

std::optional<protocol::Signature> RemoteSigner::ready(std::uint64_t seat, protocol::Height height,
                                                       protocol::BlockHash const& block) {
  std::lock_guard const lock{mutex_};
  if (channel_ == nullptr) return std::nullopt;
  labor::v1::SignerMessage message;
  auto& asked = *message.mutable_ready();
  asked.set_seat(seat);
  asked.set_height(height.value());
  asked.set_block_hash(block.str());
  auto const answer = channel_->ask(std::move(message), after(options_.timeout));
  if (!answer) {
    lost(answer.error());
    return std::nullopt;
  }
  auto const& verdicts = answer->answer().verdicts();
  auto const signature =
      protocol::Signature::from(verdicts.empty() ? std::string{} : verdicts[0].signature());
  auto const bytes = validators::ready_bytes(options_.genesis, seat, height, block);
  if (signature && crypto::verify(options_.key, base::bytes_of(bytes), *signature)) {
    return signature;
  }
  spdlog::error("the signer does not say with its key that it is ready for seat {}", seat);
  return std::nullopt;
}

// Mostly one question; many certificates or statements take several.
Channel::OrTrouble<std::vector<Vote>> RemoteSigner::order(SigningOrder const& wanted) {
  auto const deadline = after(options_.timeout);
  auto const epoch = wanted.statements.front().epoch;
  TRY_VOID(advance_to(epoch, deadline));
  if (epoch_ != epoch) return std::vector<Vote>{};  // It has been told of more than this node has.
  auto const certificates = convincing(wanted);
  std::span<Certificate const> shown = certificates;
  std::span<Statement const> asked = wanted.statements;
  std::vector<Vote> votes;
  while (!shown.empty() || !asked.empty()) {
    auto const show = std::min<std::size_t>(shown.size(), certificates_per_order_max);
    auto const last = show == shown.size();
    auto const ask = last ? std::min<std::size_t>(asked.size(), statements_per_order_max) : 0;
    TRY(some, put(wanted, shown.first(show), asked.first(ask), deadline));
    std::ranges::move(some, std::back_inserter(votes));
    shown = shown.subspan(show);
    asked = asked.subspan(ask);
  }
  note(epoch, votes);
  return votes;
}

// Before they leave.
void RemoteSigner::note(protocol::Epoch epoch, std::vector<Vote> const& votes) {
  auto known = mark();
  CHECK(known.has_value());  // It was found.
  if (std::exchange(known->epoch, epoch) != epoch) known->highest_view = {};
  for (auto const& vote : votes) {
    known->highest_view = std::max(known->highest_view, vote.statement.view);
  }
  signed_up_to(*known);
}

Channel::OrTrouble<void> RemoteSigner::advance_to(protocol::Epoch epoch,
                                                  Channel::Deadline deadline) {
  for (; epoch_ < epoch; epoch_ = epoch_.next()) {
    auto change = options_.boundary(epoch_);
    if (!change) return std::unexpected{std::string{"it is in an epoch that this node forgot"}};
    labor::v1::SignerMessage message;
    *message.mutable_epoch() = *std::move(change);
    TRY(answer, channel_->ask(std::move(message), deadline));
    if (!answer.has_answer()) return std::unexpected{std::string{"it does not answer an epoch"}};
  }
  return {};
}

Channel::OrTrouble<std::vector<Vote>> RemoteSigner::put(SigningOrder const& wanted,
                                                        std::span<Certificate const> certificates,
                                                        std::span<Statement const> statements,
                                                        Channel::Deadline deadline) {
  labor::v1::SignerMessage message;
  auto& body = *message.mutable_order();
  for (auto const& certificate : certificates) {
    body.add_certificates(consensus::encode(certificate, wanted.validators));
  }
  for (auto const& statement : statements) body.add_statements(consensus::encode(statement));
  TRY(answer, channel_->ask(std::move(message), deadline));
  auto const verdicts = static_cast<std::size_t>(answer.answer().verdicts_size());
  if (!answer.has_answer() || verdicts != statements.size()) {
    return std::unexpected{std::string{"it does not answer an order with its verdicts"}};
  }
  return granted(wanted, statements, answer.answer(), options_.genesis);
}

// What S3 and S4 ask for, as far as it has not been shown on this channel: a signer that restarts
// forgets what it did not need.
std::vector<Certificate> RemoteSigner::convincing(SigningOrder const& wanted) {
  auto const& safety = wanted.safety;
  std::vector<Certificate> certificates;
  auto const add = [&](Certificate const& certificate) {
    auto const& said = certificate.statement;
    if (shown_.insert({said.epoch, said.view, said.kind}).second) {
      certificates.push_back(certificate);
    }
  };
  std::erase_if(shown_, [&](auto const& known) {
    auto const& [epoch, view, kind] = known;
    return view < safety.floor() || (view == safety.floor() && kind != VoteKind::finalize);
  });
  if (auto const& final = safety.finalization()) add(*final);
  for (auto const& said : wanted.statements) {
    if (said.kind == VoteKind::nullify) continue;
    auto const on = said.kind == VoteKind::finalize ? said.view : said.parent_view;
    auto const notarized = safety.notarizations().find(on);
    if (notarized != safety.notarizations().end()) add(notarized->second);
    if (said.kind == VoteKind::finalize) continue;
    auto const& nullified = safety.nullifications();
    for (auto between = nullified.upper_bound(said.parent_view);
         between != nullified.end() && between->first < said.view; ++between) {
      add(between->second);
    }
  }
  return certificates;
}

}  // namespace node::signer
