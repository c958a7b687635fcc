#include "node/documents/refusal.h"

#include "protocol/base/check.h"

namespace node {

std::string_view explain(DocumentRefusal refusal) {
  switch (refusal) {
    case DocumentRefusal::bad_owner:
      return "the owner is not an address of 32 bytes";
    case DocumentRefusal::bad_salt:
      return "the salt is not 32 random bytes";
    case DocumentRefusal::bad_hash:
      return "a hash has 32 bytes";
    case DocumentRefusal::no_text:
      return "there is no text in it";
    case DocumentRefusal::too_long:
      return "the text is longer than 65536 bytes: shorten it, or put it elsewhere and name its "
             "place";
    case DocumentRefusal::not_utf8:
      return "it is not plain text in UTF-8: nodes keep nothing else";
    case DocumentRefusal::bad_signatures:
      return "it must be signed by 1 to 7 keys of its owner, each once, for this chain and this "
             "document";
    case DocumentRefusal::no_account:
      return "the owner has no account on this chain as far as this node has followed it: only "
             "accounts put texts";
    case DocumentRefusal::not_the_owner:
      return "whoever signed may not sign for the owner of this document";
    case DocumentRefusal::erased:
      return "its owner had this text erased for good: put anew, with another salt, it is another "
             "document";
    case DocumentRefusal::owner_full:
      return "this owner has as much text at this node as one may: delete some, or ask another "
             "node";
    case DocumentRefusal::node_full:
      return "this node keeps as much text as its operator lets it: ask another node";
    case DocumentRefusal::disk_full:
      return "the disk of this node is full: ask another node";
    case DocumentRefusal::disk_failed:
      return "the disk of this node failed to do it: ask another node, and tell the operator";
    case DocumentRefusal::not_found:
      return "no node that was reached has a text of this hash: it may have been erased or never "
             "put; ask another node, or ask who wrote it";
    case DocumentRefusal::busy:
      return "this node has as much to do with documents as it takes on";
  }
  UNREACHABLE();
}

}  // namespace node
