#include "wallet/texts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <system_error>
#include <utility>

#include "protocol/base/hex.h"
#include "protocol/base/utf8.h"
#include "protocol/limits.h"
#include "wallet/file.h"
#include "wallet/hint.h"
#include "wallet/json.h"
#include "wallet/keystore/secret.h"

namespace wallet {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kind = "document/1";
constexpr std::string_view suffix = ".json";
constexpr std::array states{TextState::kept, TextState::put, TextState::erased};

json::object json_of(Text const& text) {
  json::object object{{"labor", kind},
                      {"state", name_of(text.state)},
                      {"name", text.name},
                      {"kept_at_ms", fmt::format("{}", text.kept_at_ms)},
                      {"owner", base::hex(text.document.owner.view())},
                      {"text_hash", base::hex(text.text_hash.view())}};
  if (text.state == TextState::erased) return object;
  object["salt"] = base::hex(text.document.salt.view());
  object["text"] = text.document.text;
  return object;
}

std::string text_at(json::object const& object, std::string_view name) {
  auto const* const value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string{value->get_string()} : std::string{};
}

// 0 where there is none.
std::uint64_t number_in(std::string_view text) {
  std::uint64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

std::optional<Text> text_in(json::object const& object) {
  auto const owner = base::from_hex_as<protocol::Address>(text_at(object, "owner"));
  auto const text_hash = base::from_hex_as<protocol::Hash>(text_at(object, "text_hash"));
  auto const* const state =
      std::ranges::find(states, text_at(object, "state"), [](auto one) { return name_of(one); });
  auto const whole = text_at(object, "labor") == kind && owner && text_hash;
  if (!whole || state == states.end()) return std::nullopt;
  Text text{.document = {.owner = *owner, .salt = {}, .text = text_at(object, "text")},
            .text_hash = *text_hash,
            .name = text_at(object, "name"),
            .kept_at_ms = number_in(text_at(object, "kept_at_ms")),
            .state = *state};
  if (text.state == TextState::erased) return text;
  auto const salt = base::from_hex_as<protocol::Salt>(text_at(object, "salt"));
  if (!salt || protocol::text_hash(*salt, text.document.text) != *text_hash) return std::nullopt;
  text.document.salt = *salt;
  return text;
}

Result<Text> read_text(fs::path const& path, protocol::Hash const& hash) {
  TRY(content, read_file(path));
  auto const value = parse_json(content);
  auto const text = value ? text_in(value->get_object()) : std::nullopt;
  if (text && text->hash() == hash) return *text;
  return problem(Exit::unexpected, "DOCUMENT_DAMAGED", fmt::format("{} is damaged.", path.string()),
                 "A node may still have the text: `labor document get HASH`.");
}

}  // namespace

std::string_view name_of(TextState state) {
  constexpr std::array<std::string_view, 3> names{"kept", "put", "erased"};
  return names.at(static_cast<std::size_t>(state));
}

Result<Text> make_text(protocol::Address const& owner, std::string name, std::string content) {
  constexpr auto most = protocol::limits::document_bytes_max;
  auto const refuse = [&](char const* reason, std::string why) {
    return usage(reason, fmt::format("`{}` {}.", name, why), hint_of(reason));
  };
  if (content.empty()) return refuse("DOCUMENT_EMPTY", "is empty");
  if (content.size() > most) {
    return refuse("DOCUMENT_TOO_LONG",
                  fmt::format("has {} bytes: nodes take {} at most", content.size(), most));
  }
  if (!base::is_utf8(content)) return refuse("DOCUMENT_NOT_TEXT", "is not plain text in UTF-8");
  auto const random = random_bytes(protocol::Salt::size);
  protocol::Salt salt;
  std::ranges::copy(base::bytes_of(random), salt.data.begin());
  auto const text_hash = protocol::text_hash(salt, content);
  return Text{.document = {.owner = owner, .salt = salt, .text = std::move(content)},
              .text_hash = text_hash,
              .name = std::move(name)};
}

Result<void> Texts::keep(Text const& text) const {
  auto const path = folder_ / fmt::format("{}{}", base::hex(text.hash().view()), suffix);
  return write_file(path, json::serialize(json_of(text)) + "\n", Existing::replace);
}

Result<Text> Texts::find(protocol::Hash const& hash) const {
  auto const path = folder_ / fmt::format("{}{}", base::hex(hash.view()), suffix);
  std::error_code error;
  if (!fs::exists(path, error)) {
    return usage("UNKNOWN_DOCUMENT", "This wallet has kept no text of that hash.",
                 "`labor document list` shows those it has.");
  }
  return read_text(path, hash);
}

Result<std::vector<Text>> Texts::all() const {
  std::vector<Text> texts;
  std::error_code error;
  for (auto const& entry : fs::directory_iterator{folder_, error}) {
    auto const hash = base::from_hex_as<protocol::Hash>(entry.path().stem().string());
    if (!hash || entry.path().extension() != suffix) continue;
    TRY(text, read_text(entry.path(), *hash));
    texts.push_back(std::move(text));
  }
  std::ranges::sort(texts, [](Text const& one, Text const& other) {
    return std::pair{other.kept_at_ms, other.hash()} < std::pair{one.kept_at_ms, one.hash()};
  });
  return texts;
}

}  // namespace wallet
