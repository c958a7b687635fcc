#include "protocol/work/bond.h"

#include <algorithm>

#include "protocol/bank/holders.h"
#include "protocol/base/try.h"
#include "protocol/execution/form.h"
#include "protocol/limits.h"
#include "protocol/talent/identity.h"

namespace work {

using execution::Context;
using execution::Done;
using labor::v1::Job;
using protocol::Address;
using protocol::Amount;

namespace {

Done pay_out(Context& context, Job& job, Address const& to, std::uint64_t amount,
             std::string_view cause) {
  job.set_bond_held(job.bond_held() - amount);
  return context.move(bank::job_bond_holder(job.id()), bank::account_holder(to),
                      job.details().asset(), Amount{amount}, cause);
}

}  // namespace

Done put_down_bond(Context& context, Job& job, std::string_view cause) {
  job.set_bond_held(job.bond());
  auto const client = execution::address_in(job.client());
  return context.move(bank::account_holder(client), bank::job_bond_holder(job.id()),
                      job.details().asset(), Amount{job.bond()}, cause);
}

Done pay_unanswered(Context& context, Job& job, Address const& talent, std::string_view cause) {
  if (job.bond_held() == 0 || !talent::is_attested(context.state(), talent)) return {};
  auto const part = std::min(job.bond() / protocol::limits::bond_parts, job.bond_held());
  return pay_out(context, job, talent, part, cause);
}

Done give_bond_back(Context& context, Job& job, std::string_view cause) {
  return pay_out(context, job, execution::address_in(job.client()), job.bond_held(), cause);
}

}  // namespace work
