// A text's way to a node and back: signed by the acting key, and believed by its hash alone.
//
// What is posted with `--document @FILE` names a text by its hash. The text itself goes along: it
// is told of before anything is signed, put at the node once all is signed, and only then is the
// transaction sent, so that nobody finds a hash without its text.

#pragma once

#include <string>
#include <string_view>

#include "wallet/session.h"
#include "wallet/texts.h"

namespace wallet {

Result<Texts> texts_of(Session& session);

// With the texts of the session's acts (Session::texts()):
void tell_of_texts(Session& session);
Result<void> put_texts(Session& session);
// Nothing is sent: they stay here, and this says how to put them later.
Result<void> leave_texts(Session& session);

// Keeps it here and puts it at the node. Refused by the node, or BAD_DOCUMENT.
Result<void> put_text(Session& session, Text text);

// What the node has under that hash. BAD_DOCUMENT: something else.
Result<protocol::Document> get_text(Session& session, protocol::Hash const& hash);

// Signs that it be erased, and has the node do it.
Result<labor::v1::DeleteDocumentResponse> erase_text(Session& session, Text text);

}  // namespace wallet
