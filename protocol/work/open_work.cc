#include "protocol/work/open_work.h"

#include <algorithm>

#include "protocol/base/check.h"
#include "protocol/state/keys.h"

namespace work {

using execution::Context;
using execution::Done;
using labor::v1::OpenWork;

namespace {

void change(OpenWork& open, Kind kind, bool more) {
  auto const changed = [more](std::uint32_t have) {
    CHECK(more || have > 0);
    return more ? have + 1 : have - 1;
  };
  switch (kind) {
    case Kind::job:
      return open.set_jobs(changed(open.jobs()));
    case Kind::offer:
      return open.set_offers(changed(open.offers()));
    case Kind::contract:
      return open.set_contracts(changed(open.contracts()));
  }
  UNREACHABLE();
}

void count(Context& context, protocol::Address const& account, Kind kind, bool more,
           std::string_view cause) {
  auto open = open_work_of(context, account);
  change(open, kind, more);
  context.put(open, cause);
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

void count_opened(Context& context, protocol::Address const& account, Kind kind,
                  std::string_view cause) {
  count(context, account, kind, true, cause);
}

void count_closed(Context& context, protocol::Address const& account, Kind kind,
                  std::string_view cause) {
  count(context, account, kind, false, cause);
}

void add_proposal(Context& context, protocol::Address const& talent, std::uint64_t id,
                  std::string_view cause) {
  auto open = open_work_of(context, talent);
  open.add_proposals(id);  // Ids ascend, and so does the list.
  context.put(open, cause);
}

void drop_proposal(Context& context, protocol::Address const& talent, std::uint64_t id,
                   std::string_view cause) {
  auto open = open_work_of(context, talent);
  auto& ids = *open.mutable_proposals();
  auto const found = std::ranges::find(ids, id);
  CHECK(found != ids.end());
  ids.erase(found);
  context.put(open, cause);
}

}  // namespace work
