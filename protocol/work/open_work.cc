#include "protocol/work/open_work.h"

#include <algorithm>

#include "protocol/base/check.h"
#include "protocol/base/try.h"
#include "protocol/state/keys.h"

namespace work {

using execution::Context;
using execution::Done;
using labor::v1::OpenWork;

namespace {

std::uint32_t counted(OpenWork const& open, Kind kind) {
  switch (kind) {
    case Kind::job:
      return open.jobs();
    case Kind::offer:
      return open.offers();
    case Kind::contract:
      return open.contracts();
  }
  UNREACHABLE();
}

void set_counted(OpenWork& open, Kind kind, std::uint32_t value) {
  switch (kind) {
    case Kind::job:
      return open.set_jobs(value);
    case Kind::offer:
      return open.set_offers(value);
    case Kind::contract:
      return open.set_contracts(value);
  }
  UNREACHABLE();
}

Done count(Context& context, protocol::Address const& account, Kind kind, bool more,
           std::string_view cause) {
  auto open = open_work_of(context, account);
  auto const have = counted(open, kind);
  TRY_VOID(execution::must_hold(more || have > 0));
  set_counted(open, kind, more ? have + 1 : have - 1);
  context.put(open, cause);
  return {};
}

}  // namespace

OpenWork open_work_of(Context const& context, protocol::Address const& account) {
  if (auto open = context.find<OpenWork>(state::keys::open_work(account))) return *open;
  OpenWork fresh;
  fresh.set_account(account.str());
  return fresh;
}

Done must_have_room(std::size_t have, std::size_t most, labor::v1::TxStatus status) {
  if (have < most) return {};
  return execution::fail(status, {{"have", have}, {"most", most}});
}

Done count_opened(Context& context, protocol::Address const& account, Kind kind,
                  std::string_view cause) {
  return count(context, account, kind, true, cause);
}

Done count_closed(Context& context, protocol::Address const& account, Kind kind,
                  std::string_view cause) {
  return count(context, account, kind, false, cause);
}

void note_report(Context& context, protocol::Address const& account, std::uint64_t report,
                 std::string_view cause) {
  auto open = open_work_of(context, account);
  open.set_report(report);
  context.put(open, cause);
}

void add_proposal(Context& context, protocol::Address const& talent, std::uint64_t id,
                  std::string_view cause) {
  auto open = open_work_of(context, talent);
  open.add_proposals(id);  // Ids ascend, and so does the list.
  context.put(open, cause);
}

Done drop_proposal(Context& context, protocol::Address const& talent, std::uint64_t id,
                   std::string_view cause) {
  auto open = open_work_of(context, talent);
  auto& ids = *open.mutable_proposals();
  auto const found = std::ranges::find(ids, id);
  TRY_VOID(execution::must_hold(found != ids.end()));
  ids.erase(found);
  context.put(open, cause);
  return {};
}

}  // namespace work
