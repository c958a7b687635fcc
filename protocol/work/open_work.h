// What an account has open, counted so that each kind stays within its bound (limits.h).

#pragma once

#include <labor/v1/work.pb.h>

#include <cstddef>

#include "protocol/execution/context.h"
#include "protocol/types.h"

namespace work {

// The account's record, or a fresh one with nothing open.
labor::v1::OpenWork open_work_of(execution::Context const& context,
                                 protocol::Address const& account);

// `status` {have, most} where one more would be too many.
execution::Done must_have_room(std::size_t have, std::size_t most, labor::v1::TxStatus status);

// One more or one fewer of a kind. INTERNAL: what closes was not open.
enum class Kind { job, offer, contract };
execution::Done count_opened(execution::Context& context, protocol::Address const& account,
                             Kind kind, std::string_view cause);
execution::Done count_closed(execution::Context& context, protocol::Address const& account,
                             Kind kind, std::string_view cause);

// The report of a job that the account has under way; 0: it is over.
void note_report(execution::Context& context, protocol::Address const& account,
                 std::uint64_t report, std::string_view cause);

// Proposals are named, so that a talent never has two open to one job. INTERNAL: what is dropped
// was not listed.
void add_proposal(execution::Context& context, protocol::Address const& talent, std::uint64_t id,
                  std::string_view cause);
execution::Done drop_proposal(execution::Context& context, protocol::Address const& talent,
                              std::uint64_t id, std::string_view cause);

}  // namespace work
