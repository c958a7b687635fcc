#include "tests/model/itf.h"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace model {
namespace {

using boost::json::object;
using boost::json::value;

// State variables carry the modules they are in: sound::cluster::did.
value const& variable(object const& state, std::string_view name) {
  for (auto const& [key, held] : state) {
    if (key == name || std::string_view{key}.ends_with("::" + std::string{name})) return held;
  }
  throw std::runtime_error{"the trace has no variable " + std::string{name}};
}

std::uint64_t number(value const& from) {
  if (!from.is_object()) return from.to_number<std::uint64_t>();
  auto const& digits = from.as_object().at("#bigint").as_string();
  return std::stoull(std::string{digits.c_str(), digits.size()});
}

std::uint64_t number(value const& from, std::string_view field) {
  return number(from.as_object().at(field));
}

consensus::VoteKind kind(std::string_view name) {
  if (name == "notarize") return consensus::VoteKind::notarize;
  if (name == "nullify") return consensus::VoteKind::nullify;
  if (name == "finalize") return consensus::VoteKind::finalize;
  throw std::runtime_error{"the trace has a vote of the kind " + std::string{name}};
}

consensus::Statement statement(value const& from) {
  auto const said = kind(from.as_object().at("kind").as_string());
  auto const epoch = consensus::Epoch{number(from, "epoch")};
  auto const view = consensus::View{number(from, "view")};
  if (said == consensus::VoteKind::nullify) return consensus::nullify(epoch, view);
  return {.epoch = epoch,
          .view = view,
          .kind = said,
          .parent_view = consensus::View{number(from, "parent")},
          .height = consensus::Height{number(from, "height")},
          .block = hash_of(number(from, "block"))};
}

std::set<consensus::Statement> statements(value const& from, std::string_view field) {
  std::set<consensus::Statement> all;
  for (auto const& one : from.as_object().at(field).as_object().at("#set").as_array()) {
    all.insert(statement(one));
  }
  return all;
}

Validator validator(value const& from) {
  auto const& final = from.as_object().at("final");
  Validator out{.up = from.as_object().at("up").as_bool(),
                .epoch = consensus::Epoch{number(from, "epoch")},
                .view = consensus::View{number(from, "view")},
                .final = {.view = consensus::View{number(final, "view")},
                          .height = consensus::Height{number(final, "height")},
                          .block = hash_of(number(final, "block"))},
                .certificates = statements(from, "certificates"),
                .own = statements(from, "own"),
                .votes = {},
                .journal = statements(from, "journal"),
                .grounds = statements(from, "grounds"),
                .spoken = statements(from, "spoken")};
  for (auto const& vote : from.as_object().at("votes").as_object().at("#set").as_array()) {
    out.votes.emplace(number(vote, "by"), statement(vote.as_object().at("says")));
  }
  return out;
}

Deed deed(value const& from) {
  auto const& act = from.as_object().at("act").as_string();
  return {.act = {act.c_str(), act.size()},
          .who = number(from, "who"),
          .says = statement(from.as_object().at("says")),
          .by = number(from, "by"),
          .block = number(from, "block")};
}

Moment moment(object const& state) {
  Moment out{.did = deed(variable(state, "did")), .validators = {}, .headers = {}};
  for (auto const& entry : variable(state, "validators").as_object().at("#map").as_array()) {
    out.validators.emplace(number(entry.at(0)), validator(entry.at(1)));
  }
  for (auto const& entry : variable(state, "headers").as_object().at("#map").as_array()) {
    auto const& header = entry.at(1);
    out.headers.emplace(number(entry.at(0)), Header{.by = number(header, "by"),
                                                    .parent = number(header, "parent"),
                                                    .height = number(header, "height"),
                                                    .valid = header.at("valid").as_bool()});
  }
  return out;
}

}  // namespace

consensus::BlockHash hash_of(BlockNumber block) {
  consensus::BlockHash hash;
  for (std::size_t i = 0; i < 8; ++i) hash.data[i] = static_cast<std::uint8_t>(block >> 8 * i);
  return hash;
}

std::vector<Moment> read_trace(std::string const& path) {
  std::ifstream file{path};
  if (!file) throw std::runtime_error{"cannot be read"};
  std::string const text{std::istreambuf_iterator<char>{file}, {}};
  std::vector<Moment> out;
  auto const trace = boost::json::parse(text);
  for (auto const& state : trace.as_object().at("states").as_array()) {
    out.push_back(moment(state.as_object()));
  }
  return out;
}

}  // namespace model
