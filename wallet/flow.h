// From messages to a definite end, the one way every verb that changes something goes:
//
//   build -> simulate -> say completely what it does -> confirm -> sign -> put the texts that it
//   names (put_text.h) -> keep the bytes and print the id -> submit -> wait
//
// It ends as one of: final and succeeded (Output); final and failed, expired, refused, unknown
// with the command that will tell (a Problem each). People have paid twice after a time-out that
// said nothing; here nothing is sent before its id is on the screen and its bytes are on disk.

#pragma once

#include <labor/v1/transaction.pb.h>

#include <optional>
#include <vector>

#include "wallet/document.h"
#include "wallet/session.h"

namespace wallet {

// The whole way, as far as --build-only, --sign-only and --no-wait let it go.
Result<Output> perform(Session& session, std::vector<labor::v1::Message> messages);
Result<Output> perform(Session& session, labor::v1::Message message);

// ---- the steps, for the pipe of `tx` ----

// Account, sequence, time and fee limit filled in; simulated.
Result<Document> build(Session& session, protocol::Address const& account,
                       std::vector<labor::v1::Message> messages);

// What it would do now. A Problem (refused) if it would fail.
Result<labor::v1::Receipt> simulate(Session& session, Document const& document);

struct Telling {
  // Read records and simulate; off, nothing dials.
  bool online = true;
  // It has happened: what records say now is not what they said then.
  bool past = false;
};

// Everything a person should know before signing, line by line.
Result<std::vector<std::string>> summarize(Session& session, Document const& document,
                                           Telling telling);

// Shows the summary and asks; CANCELLED if the answer is no.
Result<void> confirm(Session& session, Document const& document, std::string_view question,
                     Telling telling);

// Asks whether to go on, unless --yes; CANCELLED if the answer is no.
Result<void> agree(Session& session, std::string_view question);

// Of any bytes that name what they are and the chain. KEY_FOR_DEVNETS where it is not one.
Result<labor::v1::Signature> signature_of(Session& session, KeyFile const& file,
                                          std::string_view bytes);

// Asks for the password of the acting key, signs, and adds the signature.
Result<Document> sign(Session& session, Document const& document);

// Keeps, prints the id, submits and waits.
Result<Output> send(Session& session, Document const& document);

// Waits for the end of a transaction. Without `document` (this wallet never signed it) expiry
// cannot be told.
Result<Output> follow(Session& session, protocol::TransactionId const& id,
                      std::optional<Document> const& document);

}  // namespace wallet
