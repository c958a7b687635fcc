#include "wallet/history/resume.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "protocol/talent/handle.h"
#include "wallet/dates.h"
#include "wallet/history/credential.h"

namespace wallet {

namespace {

using labor::v1::Contract;
using labor::v1::Profile;
using labor::v1::Record;
using protocol::TimeMs;

// Newest first; who has had more has a long resume already.
constexpr std::size_t listed_max = 500;

std::unexpected<Problem> not_found(std::string message) {
  return usage("NOT_FOUND", std::move(message), "A handle, an address or the name of a key.");
}

Result<std::string> owner_of_handle(Chain const& chain, std::string_view handle) {
  Record key;
  key.mutable_handle()->set_handle(std::string{handle});
  TRY(record, chain.record(key));
  if (!record || record->handle().owner().empty()) {
    return not_found(fmt::format("Nobody has the handle `{}`.", handle));
  }
  return record->handle().owner();
}

// A key of this wallet comes before a handle of the same name, as everywhere.
Result<std::string> address_of(Session& session, Chain const& chain, std::string_view who) {
  if (who.starts_with('@')) return owner_of_handle(chain, who.substr(1));
  auto const address = session.address_of(who);
  if (address) return address->str();
  if (talent::is_handle(who)) return owner_of_handle(chain, who);
  return std::unexpected{address.error()};
}

// "2026-01-05"
std::string date(std::uint64_t time_ms) {
  return iso_time(TimeMs{time_ms}).substr(0, 10);
}

class Resume {
 public:
  Resume(Session& session, Chain const& chain, Profile profile)
      : session_{session}, chain_{chain}, profile_{std::move(profile)} {}

  Result<json::object> write() {
    TRY(work, work_done());
    TRY(certificates, certificates_held());
    TRY(references, references_given());
    return json::object{
        {"$schema",
         "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"},
        {"basics", basics()},
        {"work", std::move(work)},
        {"skills", skills()},
        {"certificates", std::move(certificates)},
        {"references", std::move(references)},
        {"meta", json::object{{"version", "v1.0.0"}}}};
  }

 private:
  Result<std::vector<Record>> list(labor::v1::RecordIndex index) const {
    labor::v1::ListRecordsRequest request;
    request.set_index(index);
    request.set_address(profile_.owner());
    return chain_.list(request, listed_max);
  }

  std::string address_text(std::string const& bytes) const {
    auto const address = protocol::Address::from(bytes);
    return address ? session_.text_of(*address) : std::string{};
  }

  // Handle, or the address of who has none.
  Result<std::string> name_of(std::string const& account) {
    if (auto const known = names_.find(account); known != names_.end()) return known->second;
    Record key;
    key.mutable_profile()->set_owner(account);
    TRY(profile, chain_.record(key));
    bool const named = profile && !profile->profile().handle().empty();
    auto name = named ? profile->profile().handle() : address_text(account);
    names_.emplace(account, name);
    return name;
  }

  json::object basics() const {
    auto const& details = profile_.details();
    json::array profiles{json::object{{"network", "labor"},
                                      {"username", profile_.handle()},
                                      {"address", address_text(profile_.owner())}}};
    json::object basics{
        {"name", profile_.handle().empty() ? address_text(profile_.owner()) : profile_.handle()},
        {"label", details.headline()}};
    if (!details.links().empty()) basics["url"] = details.links(0);
    for (int i = 1; i < details.links_size(); ++i) {
      profiles.push_back(json::object{{"url", details.links(i)}});
    }
    basics["profiles"] = std::move(profiles);
    return basics;
  }

  Result<json::array> work_done() {
    TRY(contracts, list(labor::v1::RECORD_INDEX_CONTRACTS_BY_TALENT));
    json::array work;
    for (auto const& record : contracts) {
      auto const& contract = record.contract();
      if (contract.state() != labor::v1::CONTRACT_STATE_ENDED) continue;
      TRY(client, name_of(contract.client()));
      work.push_back(json::object{{"name", client},
                                  {"position", contract.title()},
                                  {"startDate", date(contract.signed_at_ms())},
                                  {"endDate", date(contract.ended_at_ms())},
                                  {"summary", outcome_of(contract)}});
    }
    return work;
  }

  bool is_vetted(std::string const& uri) const {
    auto const& vetted = profile_.vetted();
    return std::ranges::find(vetted, uri, &labor::v1::VettedSkill::uri) != vetted.end();
  }

  json::array skills() const {
    json::array skills;
    for (auto const& skill : profile_.details().skills()) {
      json::array keywords;
      if (is_vetted(skill.uri())) keywords.push_back("vetted");
      skills.push_back(json::object{{"name", skill.uri()},
                                    {"level", fmt::format("{} of 5", skill.level())},
                                    {"keywords", std::move(keywords)}});
    }
    return skills;
  }

  Result<json::array> certificates_held() {
    json::array certificates;
    for (auto const& vetted : profile_.vetted()) {
      certificates.push_back(
          json::object{{"name", fmt::format("{}, level {} of 5", vetted.uri(), vetted.level())},
                       {"date", date(vetted.vetted_at_ms())},
                       {"issuer", "A panel of vetters"}});
    }
    TRY(attestations, list(labor::v1::RECORD_INDEX_ATTESTATIONS_BY_SUBJECT));
    for (auto const& record : attestations) {
      auto const& attestation = record.attestation();
      if (attestation.state() != labor::v1::ATTESTATION_STATE_LIVE) continue;
      Record key;
      key.mutable_issuer()->set_account(attestation.issuer());
      TRY(issuer, chain_.record(key));
      // Of an issuer that was removed it counts no more.
      if (!issuer) continue;
      certificates.push_back(json::object{{"name", attestation.schema()},
                                          {"date", date(attestation.made_at_ms())},
                                          {"issuer", issuer->issuer().name()}});
    }
    return certificates;
  }

  Result<json::array> references_given() {
    TRY(views, list(labor::v1::RECORD_INDEX_FEEDBACK_BY_SUBJECT));
    json::array references;
    for (auto const& record : views) {
      auto const& feedback = record.feedback();
      bool const of_a_client = feedback.side() == labor::v1::CONTRACT_SIDE_CLIENT;
      if (!of_a_client || feedback.state() != labor::v1::FEEDBACK_STATE_SHOWN) continue;
      auto const& said = feedback.content();
      TRY(client, name_of(feedback.author()));
      references.push_back(json::object{
          {"name", client},
          {"reference",
           fmt::format("Contract {}: quality {}, communication {}, punctuality {}, again {} of 5",
                       feedback.contract(), said.quality(), said.communication(),
                       said.punctuality(), said.again())}});
    }
    return references;
  }

  Session& session_;
  Chain const& chain_;
  Profile profile_;
  std::map<std::string, std::string> names_;
};

}  // namespace

Result<json::object> resume_of(Session& session, std::string const& who) {
  std::string account;
  if (who.empty()) {
    TRY(mine, session.subject());
    account = mine.str();
  }
  TRY(chain, session.chain());
  if (!who.empty()) {
    TRY(named, address_of(session, *chain, who));
    account = named;
  }
  Record key;
  key.mutable_profile()->set_owner(account);
  TRY(record, chain->record(key));
  if (!record) return not_found("That account has no profile.");
  return Resume{session, *chain, record->profile()}.write();
}

}  // namespace wallet
