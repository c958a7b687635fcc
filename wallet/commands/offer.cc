// labor offer: make, counter, accept, decline, withdraw, show, list.

#include <fmt/format.h>

#include "protocol/work/terms.h"
#include "wallet/commands/arguments.h"

namespace wallet {

namespace {

struct OfferArguments {
  std::string id;
  std::string proposal;
  std::string talent;
  std::string app;
  std::string title;
  std::vector<std::string> milestones;
  std::string document;
  std::string rate;
  std::string hours;
  std::string client;
};

Result<labor::v1::OfferTerms> terms_of(Session& session, OfferArguments const& arguments) {
  auto const hourly = !arguments.rate.empty() || !arguments.hours.empty();
  if (hourly != arguments.milestones.empty()) {
    return usage("WHAT_IS_PAID", "An offer is paid by milestones or by the hour.",
                 "Give either `--milestone`, or `--rate` and `--hours-per-week`.");
  }
  labor::v1::OfferTerms terms;
  terms.set_title(arguments.title);
  terms.set_asset(labor::v1::ASSET_USD);
  for (auto const& text : arguments.milestones) {
    TRY(milestone, parse_milestone_terms(text));
    *terms.add_milestones() = milestone;
  }
  if (hourly) {
    TRY(paid, parse_hourly_terms(arguments.rate, arguments.hours));
    *terms.mutable_hourly() = paid;
  }
  if (!arguments.document.empty()) {
    TRY(hash, parse_document_hash(session, arguments.document));
    terms.set_document_hash(hash);
  }
  return terms;
}

Result<Output> make(Session& session, OfferArguments const& arguments) {
  if (arguments.proposal.empty() == arguments.talent.empty()) {
    return usage("WHOM", "An offer is to a proposal or to a talent.",
                 "Give either `--proposal ID` or `--talent ADDRESS`.");
  }
  labor::v1::Message message;
  auto& offer = *message.mutable_make_offer();
  if (!arguments.proposal.empty()) {
    TRY(proposal, parse_id(arguments.proposal, "proposal"));
    offer.set_proposal(proposal);
  } else {
    TRY(talent, session.address_of(arguments.talent));
    offer.set_talent(talent.str());
    offer.set_app(arguments.app);
  }
  TRY(terms, terms_of(session, arguments));
  *offer.mutable_terms() = terms;
  return perform(session, std::move(message));
}

Result<labor::v1::Offer> read_offer(Session& session, std::string const& id) {
  TRY(number, parse_id(id, "offer"));
  labor::v1::Record key;
  key.mutable_offer()->set_id(number);
  TRY(record, existing_record(session, key, "offer", id));
  return record.offer();
}

Result<Output> counter(Session& session, OfferArguments const& arguments) {
  TRY(offer, read_offer(session, arguments.id));
  labor::v1::Message message;
  message.mutable_counter_offer()->set_offer(offer.id());
  message.mutable_counter_offer()->set_version(offer.version());
  TRY(terms, terms_of(session, arguments));
  *message.mutable_counter_offer()->mutable_terms() = terms;
  return perform(session, std::move(message));
}

// The hash is computed from the terms that are shown, never taken from the node.
Result<Output> accept(Session& session, OfferArguments const& arguments) {
  TRY(offer, read_offer(session, arguments.id));
  labor::v1::Message message;
  message.mutable_accept_offer()->set_offer(offer.id());
  message.mutable_accept_offer()->set_version(offer.version());
  message.mutable_accept_offer()->set_terms_hash(work::terms_hash(offer).str());
  return perform(session, std::move(message));
}

Result<Output> list(Session& session, OfferArguments const& arguments) {
  return list_sides(session, {.by_talent = labor::v1::RECORD_INDEX_OFFERS_BY_TALENT,
                              .by_client = labor::v1::RECORD_INDEX_OFFERS_BY_CLIENT,
                              .talent = arguments.talent,
                              .client = arguments.client});
}

void add_terms(Verb verb, std::shared_ptr<OfferArguments> const& arguments) {
  verb.option("--title", arguments->title, "Of the contract", Need::required);
  verb.options("--milestone", arguments->milestones,
               "TITLE=AMOUNT/DAYSd, like \"Design=500 USD/14d\"; as often as needed");
  verb.option("--rate", arguments->rate, "Instead: of an hour, like \"40 USD\"");
  verb.option("--hours-per-week", arguments->hours, "And how many at most are paid a week");
  verb.option("--document", arguments->document, document_help);
}

}  // namespace

void add_offer(Menu& menu) {
  auto noun = menu.noun("offer", "Terms on the way to a contract");
  auto& session = menu.session();
  auto const arguments = std::make_shared<OfferArguments>();

  auto making = noun.verb("make", "Make an offer",
                          [&session, arguments] { return make(session, *arguments); });
  making.option("--proposal", arguments->proposal, "On this proposal");
  making.option("--talent", arguments->talent, "Directly to this talent");
  making.option("--app", arguments->app, "Of a direct offer: the app that it comes from");
  add_terms(making, arguments);

  auto countering = noun.verb("counter", "Answer it with other terms",
                              [&session, arguments] { return counter(session, *arguments); });
  countering.argument("ID", arguments->id, "The offer");
  add_terms(countering, arguments);

  noun.verb("accept", "Accept exactly the terms shown; makes a contract",
            [&session, arguments] { return accept(session, *arguments); })
      .argument("ID", arguments->id, "The offer");
  add_id_verb(menu.session(), noun, {.name = "decline", .help = "Decline it", .noun = "offer"},
              [](Session& acting, std::uint64_t id) {
                labor::v1::Message message;
                message.mutable_decline_offer()->set_offer(id);
                return perform(acting, std::move(message));
              });
  add_id_verb(menu.session(), noun,
              {.name = "withdraw", .help = "Take yours back", .noun = "offer"},
              [](Session& acting, std::uint64_t id) {
                labor::v1::Message message;
                message.mutable_withdraw_offer()->set_offer(id);
                return perform(acting, std::move(message));
              });
  add_id_verb(menu.session(), noun, {.name = "show", .help = "An offer; proved", .noun = "offer"},
              [](Session& acting, std::uint64_t id) {
                labor::v1::Record key;
                key.mutable_offer()->set_id(id);
                return show_record(acting, key, "offer", fmt::format("{}", id));
              });
  auto listing = noun.verb("list", "Yours on either side, or those of a talent or client",
                           [&session, arguments] { return list(session, *arguments); });
  listing.option("--talent", arguments->talent, "To this talent");
  listing.option("--client", arguments->client, "By this client");
}

}  // namespace wallet
