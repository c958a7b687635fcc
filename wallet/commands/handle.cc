// labor handle: commit, claim, show. The salt of a commitment waits in HOME/handles.

#include <fmt/format.h>

#include <system_error>

#include "protocol/base/hex.h"
#include "protocol/talent/handle.h"
#include "wallet/commands/arguments.h"
#include "wallet/file.h"
#include "wallet/keystore/secret.h"

namespace wallet {

namespace {

Result<void> check_handle(std::string const& handle) {
  if (talent::is_handle(handle)) return {};
  return usage("INVALID_HANDLE", fmt::format("`{}` cannot be a handle.", handle),
               "Use 3 to 20 of a-z, 0-9 and `_`.");
}

// One salt an account and handle: committing again with it is harmless.
std::filesystem::path salt_path(Session& session, KeyFile const& file, std::string const& handle) {
  return session.home() / "handles" / fmt::format("{}-{}", file.name, handle);
}

Result<protocol::Hash> kept_salt(std::filesystem::path const& path) {
  TRY(text, read_file(path));
  auto const salt = base::from_hex_as<protocol::Hash>(text);
  if (!salt) return usage("INVALID_SALT", fmt::format("{} holds no salt.", path.string()));
  return *salt;
}

Result<Output> commit(Session& session, std::string const& handle) {
  TRY_VOID(check_handle(handle));
  TRY(file, session.acting_key());
  TRY(me, session.subject());
  auto const path = salt_path(session, file, handle);
  std::error_code error;
  if (!std::filesystem::exists(path, error)) {
    TRY_VOID(write_file(path, base::hex(random_bytes(protocol::Hash::size)), Existing::refuse));
  }
  TRY(salt, kept_salt(path));
  labor::v1::Message message;
  message.mutable_commit_handle()->set_commitment(
      talent::handle_commitment(salt, me, handle).str());
  TRY(output, perform(session, std::move(message)));
  output.text +=
      fmt::format("\nClaim it in a minute, within a day: `labor handle claim {}`", handle);
  return output;
}

Result<Output> claim(Session& session, std::string const& handle) {
  TRY_VOID(check_handle(handle));
  TRY(file, session.acting_key());
  auto const path = salt_path(session, file, handle);
  std::error_code error;
  if (!std::filesystem::exists(path, error)) {
    return usage(
        "COMMITMENT_NOT_FOUND", fmt::format("You have not committed to `{}`.", handle),
        fmt::format("First: `labor handle commit {}`, then claim it a minute later.", handle));
  }
  TRY(salt, kept_salt(path));
  labor::v1::Message message;
  message.mutable_claim_handle()->set_handle(handle);
  message.mutable_claim_handle()->set_salt(salt.str());
  return perform(session, std::move(message));
}

Result<Output> show_handle(Session& session, std::string const& handle) {
  TRY_VOID(check_handle(handle));
  labor::v1::Record key;
  key.mutable_handle()->set_handle(handle);
  TRY(record, existing_record(session, key, "handle", handle));
  auto const owner = protocol::Address::from(record.handle().owner());
  return Output{.data = json_of(session, record),
                .text = show(Facts{{"Handle", handle},
                                   {"Owner", owner ? session.label_of(*owner) : "nobody now"}})};
}

}  // namespace

void add_handle(Menu& menu) {
  auto noun = menu.noun("handle", "A name that people type, in two steps");
  auto const handle = std::make_shared<std::string>();
  auto const verb = [&](std::string name, std::string help, auto action) {
    noun.verb(std::move(name), std::move(help),
              [&session = menu.session(), handle, action] { return action(session, *handle); })
        .argument("HANDLE", *handle, "3 to 20 of a-z, 0-9 and _");
  };
  verb("commit", "First step: commit to a handle without showing it", commit);
  verb("claim", "Second step, a minute to a day later", claim);
  verb("show", "Who has it", show_handle);
}

}  // namespace wallet
