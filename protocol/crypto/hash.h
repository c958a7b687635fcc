// BLAKE2b-256 with a domain: libsodium's personalisation field keeps hashes of different things
// apart, so that no encoding of one can be passed off as another.

#pragma once

#include <initializer_list>
#include <string_view>

#include "protocol/types.h"

namespace crypto {

// Up to 16 bytes, zero padded, used as the BLAKE2b personalisation.
struct Domain {
  std::string_view tag;
};

namespace domains {
inline constexpr Domain transaction{"LBRtx1"};
inline constexpr Domain wire{"LBRwire1"};
inline constexpr Domain header{"LBRhdr1"};
inline constexpr Domain receipt{"LBRrcpt1"};
inline constexpr Domain key{"LBRkey1"};
inline constexpr Domain value{"LBRval1"};
inline constexpr Domain leaf{"LBRleaf1"};
inline constexpr Domain node{"LBRnode1"};
inline constexpr Domain root{"LBRroot1"};
inline constexpr Domain account{"LBRacct1"};
inline constexpr Domain authority{"LBRauth1"};
inline constexpr Domain team{"LBRteam1"};
inline constexpr Domain terms{"LBRterms1"};
inline constexpr Domain amendment{"LBRamend1"};
inline constexpr Domain feedback{"LBRfeed1"};
inline constexpr Domain randomness{"LBRrand1"};
inline constexpr Domain randomness_seed{"LBRrseed1"};
inline constexpr Domain draw{"LBRdraw1"};
inline constexpr Domain verdict{"LBRverd1"};
inline constexpr Domain vetting_draw{"LBRvetd1"};
inline constexpr Domain vetting_verdict{"LBRvetv1"};
inline constexpr Domain report_draw{"LBRrepd1"};
inline constexpr Domain report_verdict{"LBRrepv1"};
inline constexpr Domain genesis{"LBRgen1"};
inline constexpr Domain handle{"LBRhand1"};
inline constexpr Domain list{"LBRlist1"};
inline constexpr Domain validator_set{"LBRset1"};
inline constexpr Domain document{"LBRdoc1"};
inline constexpr Domain document_text{"LBRtext1"};
}  // namespace domains

// Hash of the parts, one after the other. Callers frame parts of variable length.
protocol::Hash hash(Domain domain, std::initializer_list<base::ByteView> parts);

// The same hash under another name: hash_as<BlockHash>(domains::header, {bytes}).
template <class T>
T hash_as(Domain domain, std::initializer_list<base::ByteView> parts) {
  return T{hash(domain, parts).data};
}

}  // namespace crypto
