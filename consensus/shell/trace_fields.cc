#include "consensus/shell/trace_fields.h"

#include <charconv>
#include <utility>

#include "protocol/limits.h"

namespace consensus {
namespace {

// What stands before `separator`; both are taken away. All of it where there is none. Brackets are
// not looked into.
std::string_view take_until(std::string_view& text, std::string_view separator) {
  std::size_t depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '[') ++depth;
    if (text[i] == ']' && depth > 0) --depth;
    if (depth > 0 || !text.substr(i).starts_with(separator)) continue;
    auto const taken = text.substr(0, i);
    text.remove_prefix(i + separator.size());
    return taken;
  }
  return std::exchange(text, {});
}

}  // namespace

TraceFields::TraceFields(std::string_view text) {
  while (!text.empty()) {
    auto const field = take_until(text, " ");
    auto const equals = field.find('=');
    if (equals == std::string_view::npos) {
      words_.push_back(field);
    } else {
      by_name_.emplace(field.substr(0, equals), field.substr(equals + 1));
    }
  }
}

bool TraceFields::has(std::string_view name) const {
  return by_name_.contains(name);
}

std::string_view TraceFields::word(std::size_t place) const {
  return place < words_.size() ? words_[place] : std::string_view{};
}

std::string_view TraceFields::text(std::string_view name) {
  auto const found = by_name_.find(name);
  if (found != by_name_.end()) return found->second;
  good_ = false;
  return {};
}

std::uint64_t TraceFields::number(std::string_view name) {
  return number_of(text(name));
}

ValidatorIndex TraceFields::validator(std::string_view name) {
  return validator_of(text(name));
}

SignerSet TraceFields::validators(std::string_view name) {
  SignerSet set;
  for (auto list = text(name); !list.empty();) set.insert(validator_of(take_until(list, ",")));
  return set;
}

std::vector<std::string_view> TraceFields::items(std::string_view name) {
  std::vector<std::string_view> out;
  if (!has(name)) return out;
  for (auto list = inside(name); !list.empty();) out.push_back(take_until(list, "; "));
  return out;
}

Statement TraceFields::statement() {
  auto said = nullify(Epoch{number("e")}, View{number("v")});
  said.kind = one_of(trace_names::vote_kinds, "kind");
  if (said.kind == VoteKind::nullify) return said;
  said.parent_view = View{number("p")};
  said.height = Height{number("h")};
  said.block = bytes<BlockHash>("block");
  return said;
}

Certificate TraceFields::certificate() {
  auto certificate =
      Certificate{.statement = statement(), .signers = validators("signers"), .signatures = {}};
  certificate.signatures.resize(certificate.signers.size());
  return certificate;
}

Vote TraceFields::vote() {
  return {.statement = statement(), .voter = validator("voter"), .signature = {}};
}

BlockRef TraceFields::block_in(std::string_view name) {
  TraceFields fields{inside(name)};
  auto const block = BlockRef{.view = View{fields.number("v")},
                              .height = Height{fields.number("h")},
                              .block = fields.bytes<BlockHash>("block")};
  good_ = good_ && fields.good();
  return block;
}

TimerId TraceFields::timer_in_word(std::size_t place) {
  auto text = word(place);
  auto const kind = kept(trace_names::named(trace_names::timer_kinds, take_until(text, "/")));
  return {.kind = kind, .view = View{number_of(text)}};
}

std::string_view TraceFields::inside(std::string_view name) {
  auto const value = text(name);
  if (value.size() >= 2 && value.starts_with('[') && value.ends_with(']')) {
    return value.substr(1, value.size() - 2);
  }
  good_ = false;
  return {};
}

std::uint64_t TraceFields::number_of(std::string_view text) {
  std::uint64_t value = 0;
  auto const* const end = text.data() + text.size();
  auto const [at, error] = std::from_chars(text.data(), end, value);
  if (error == std::errc{} && at == end) return value;
  good_ = false;
  return 0;
}

ValidatorIndex TraceFields::validator_of(std::string_view text) {
  auto const value = number_of(text);
  if (value < protocol::limits::validators_max) {
    return ValidatorIndex{static_cast<std::uint8_t>(value)};
  }
  good_ = false;
  return {};
}

}  // namespace consensus
