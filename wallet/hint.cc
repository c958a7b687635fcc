#include "wallet/hint.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

namespace wallet {

namespace {

struct HintRow {
  std::string_view reason;
  std::string_view hint;  // LOOK stands for the command that shows the record.
};

// The chain's own sentence already says what to do.
constexpr std::string_view said;

constexpr std::string_view a_new_one = "Run the command again: it makes a new transaction.";
constexpr std::string_view look = "See how it is now: LOOK.";
constexpr std::string_view lists = "`list` shows those there are.";
constexpr std::string_view again = "Try again in a moment.";
constexpr std::string_view elsewhere =
    "Try again in a moment, or ask another node: `--node HOST:PORT`.";
constexpr std::string_view ours = "This is a fault of the wallet or the node: please report it.";

constexpr HintRow hints[] = {
    // ---- what a node says: reaching it, its limits, its pool ----
    {"NODE_UNREACHABLE",
     "Is the node running? `labor node status` asks it; `--node HOST:PORT` asks another one."},
    {"DEADLINE_EXCEEDED", "The node is busy: try again, or `--node HOST:PORT` asks another one."},
    {"UNIMPLEMENTED", "The node does not know this call: it is older than this wallet."},
    {"RESOURCE_EXHAUSTED", elsewhere},
    {"NODE_BUSY", elsewhere},
    {"NODE_STOPPING", "Ask another node: `--node HOST:PORT`."},
    {"POOL_FULL", elsewhere},
    {"PEER_POOL_FULL", elsewhere},
    {"ACCOUNT_POOL_FULL", "`labor tx list` shows yours; `labor tx wait ID` waits for one."},
    {"SEQUENCE_MISMATCH",
     "Another transaction of this account came first, or still waits: `labor tx list` shows yours, "
     "`labor tx wait ID` waits for one. Then run the command again."},
    {"SEQUENCE_TOO_FAR",
     "Earlier transactions of this account are missing: `labor tx list` shows yours; send them "
     "again, or run the command again."},
    {"SEQUENCE_TAKEN", "`labor tx list` shows yours; `labor tx wait ID` waits for one."},
    {"STALE_VIEW", again},
    {"NOT_YET_PROVABLE", again},
    {"BLOCK_NOT_FOUND", "`labor node status` tells the last height."},
    {"DOCUMENT_EMPTY", said},
    {"DOCUMENT_TOO_LONG", "Shorten it, or name in it where the rest is."},
    {"DOCUMENT_NOT_TEXT", "Save it as plain text in UTF-8; nodes keep no other files."},
    {"DOCUMENT_NOT_SIGNED", ours},
    {"NOT_DOCUMENT_OWNER",
     "`--from NAME` chooses the key, `--account ADDRESS` for whom it signs. What several keys must "
     "sign together, one of you puts in its own name."},
    {"DOCUMENT_ERASED", said},
    {"DOCUMENT_OWNER_FULL",
     "`labor document list` shows yours; `labor document delete` makes room."},
    {"DOCUMENT_STORE_FULL", "Ask another node: `--node HOST:PORT`."},
    {"DOCUMENT_DISK_FULL", "Ask another node: `--node HOST:PORT`."},
    {"DOCUMENT_DISK_FAILED", "Ask another node: `--node HOST:PORT`."},
    {"DOCUMENT_NOT_FOUND",
     "Ask another node: `--node HOST:PORT`. What this wallet has kept is put again by `labor "
     "document put HASH`."},
    {"HISTORY_PRUNED", "Ask an archive node: `--node HOST:PORT`."},
    {"CURSOR_AHEAD", "`--after` names a place that is not there yet; leave it out to start now."},
    {"SLOW_READER", "Go on from the last event with `--after HEIGHT:INDEX`."},
    {"INVALID_PAGE_TOKEN", ours},
    {"PAGE_TOKEN_EXPIRED", "Run the command again."},
    {"INVALID_FIELD", said},

    // ---- admission ----
    {"UNSPECIFIED", ours},
    {"OK", said},
    {"TOO_LARGE", said},
    {"NON_CANONICAL", ours},
    {"WRONG_CHAIN", "`labor network list` shows the networks; `--network` chooses one."},
    {"MALFORMED", "`labor tx decode` shows what it says."},
    {"NO_MESSAGES", said},
    {"TOO_MANY_MESSAGES", said},
    {"TOO_MANY_SIGNATURES", said},
    {"SIGNATURES_NOT_SORTED", ours},
    {"BAD_SIGNATURE", "`labor tx decode` tells whose signatures are good."},
    {"EXPIRED", a_new_one},
    {"VALID_TOO_LONG", a_new_one},
    {"ACCOUNT_NOT_FOUND", "A member can sponsor you: `labor account sponsor ADDRESS`."},
    {"NOT_AUTHORIZED", "Sign with the key of the account: `--from NAME`."},
    {"FEE_PAYER_NOT_SIGNED", "`labor tx sign` with `--from` the fee payer adds its signature."},
    {"FEE_LIMIT_TOO_LOW", "Run the command again: it asks the node for the fee anew."},
    {"FEE_NOT_COVERED",
     "Wait until the allowance refills (`labor account show`), lock LBR, or ask a member to "
     "sponsor you: `labor account sponsor`."},
    {"INTERNAL", said},

    // ---- fields ----
    {"INVALID_AMOUNT", "Give more than nothing."},
    {"INVALID_ADDRESS", "`labor address check ADDRESS` tells whether it is one."},
    {"INVALID_ASSET", "There are USD, to pay with, and LBR, to vote with."},
    {"INVALID_HASH", "Write 64 hex digits, or `@FILE` for the hash of a file."},
    {"TEXT_TOO_LONG", "`--document @FILE` puts a longer text beside the chain."},
    {"TEXT_MISSING", "`--help` of the command tells what it takes."},
    {"INVALID_TIME", "Write a UTC date to come, or a duration like `30d`."},
    {"DEADLINE_PASSED", look},
    {"AMOUNT_OVERFLOW", said},
    {"ASSET_CLOSED", "Agree on another way to pay, or wait for the owners to open it again."},
    {"WRONG_STATE", look},
    {"SAME_ACCOUNT", said},

    // ---- money ----
    {"INSUFFICIENT_BALANCE", "`labor account show` tells what you have."},
    {"NOT_A_MEMBER", said},
    {"ALREADY_SPONSORED", "`labor account show ADDRESS` tells by whom."},
    {"TOO_MANY_SPONSORED", said},
    {"NOT_A_NEWCOMER", said},
    {"LOCK_NOT_FOUND", "`labor token list` shows yours."},
    {"NOT_YOUR_LOCK", "`labor token list` shows yours."},
    {"LOCK_NOT_OVER", "`labor token list` tells when each lock ends."},
    {"LOCK_TOO_LONG", said},
    {"TOO_MANY_LOCKS", "`labor token list` tells when each lock ends."},
    {"INVALID_KEY", said},
    {"INVALID_THRESHOLD", said},
    {"INVALID_GUARDIANS", said},
    {"RECOVERY_NOT_FOUND", "`labor authority show ACCOUNT` tells what is asked for."},
    {"RECOVERY_EXISTS", "`labor authority show ACCOUNT` tells what is asked for."},
    {"NOT_A_GUARDIAN", "`labor authority show ACCOUNT` tells who is."},
    {"RECOVERY_CHANGED", "`labor authority show ACCOUNT` tells what is asked for now."},
    {"ALREADY_APPROVED", said},
    {"ACCOUNT_CLOSED", "`labor account reopen` opens it again."},
    {"ACCOUNT_OPEN", said},
    {"PROFILE_NOT_CLOSED", "`labor profile close`, for good."},
    {"ACCOUNT_HAS_WORK", "`labor todo` and the lists of jobs, offers and contracts show it."},
    {"ACCOUNT_HAS_LOCKS", "`labor token list` tells when each lock ends."},
    {"ACCOUNT_HAS_STAKE", "`labor juror withdraw`."},
    {"ACCOUNT_HAS_GRANTS", "`labor ownership show` tells what vests when."},
    {"BLOCKED", said},
    {"ALREADY_BLOCKED", "`labor account blocked` shows them."},
    {"NOT_BLOCKED", "`labor account blocked` shows whom you have."},
    {"TOO_MANY_BLOCKED", "`labor account blocked` shows them."},
    {"INVALID_SCOPE", said},
    {"INVALID_LIMIT", said},
    {"INVALID_APP_NAME", said},
    {"INVALID_SHARE", "`labor ballot parameters` tells the most: app_bps_max."},
    {"MANDATE_NOT_FOUND", "`labor mandate list --held` shows those that you hold."},
    {"APP_STRUCK", "Leave --app away, or name another."},
    {"APP_NOT_FOUND", "`labor app list` shows those there are."},
    {"NOT_YOUR_APP", "`labor app show NAME` tells whose it is."},
    {"OUT_OF_SCOPE", "`labor mandate list --held` tells what it is for."},
    {"OVER_LIMIT", "`labor mandate list --held` tells what is left."},
    {"TOO_MANY_MANDATES", "`labor mandate list` shows them."},
    {"TOO_MANY_APPS", "`labor app list` shows them."},
    {"NOTHING_VESTED", "`labor ownership show` tells what vests when."},

    // ---- people ----
    {"INVALID_HANDLE", said},
    {"INVALID_PROFILE_KIND", said},
    {"TOO_MANY_SKILLS", said},
    {"INVALID_SKILL", said},
    {"INVALID_HOURS", said},
    {"TOO_MANY_LINKS", said},
    {"INVALID_LINK", said},
    {"PROFILE_NOT_FOUND",
     "Whoever is to be hired makes one: `labor profile create`, then `labor profile publish`."},
    {"PROFILE_EXISTS", "Change it: `labor profile edit`."},
    {"PROFILE_NOT_ACTIVE", "`labor profile show ACCOUNT` tells its state."},
    {"COMMITMENT_NOT_FOUND", "First `labor handle commit HANDLE`, then claim it a minute later."},
    {"COMMITMENT_TOO_YOUNG", "Wait a minute after `labor handle commit`, then claim again."},
    {"COMMITMENT_TOO_OLD", "Commit again: `labor handle commit HANDLE`."},
    {"COMMITMENT_MISMATCH", "Commit again: `labor handle commit HANDLE`."},
    {"HANDLE_EXISTS", "`labor profile show` tells which."},
    {"HANDLE_TAKEN", "`labor handle show HANDLE` tells to whom."},
    {"HANDLE_RESERVED", said},
    {"INVALID_SCHEMA", said},
    {"INVALID_SPLIT", said},
    {"TEAM_NOT_FOUND", "`labor team list` shows those that you are in."},
    {"NOT_A_TEAM", "Make one: `labor profile create --kind team`, or `edit` it."},
    {"NOT_IN_TEAM", "`labor team show ACCOUNT` tells who is."},
    {"TEAM_NOT_SETTLED", "`labor team show ACCOUNT` tells who has to agree."},
    {"SPLIT_PROPOSAL_CHANGED", "`labor team show ACCOUNT` tells what is proposed now."},
    {"ATTESTATION_NOT_FOUND", "`labor attestation list ACCOUNT` shows those of an account."},
    {"NOT_AN_ISSUER", "`labor issuer list` shows who may."},
    {"NOT_YOUR_ATTESTATION", "`labor attestation show ID` tells whose it is."},
    {"PERSON_HAS_ACCOUNT", said},
    {"ACCOUNT_IS_ANOTHER_PERSON", "`labor attestation list ACCOUNT` shows who says so."},
    {"TOO_MANY_ATTESTATIONS", "`labor attestation list ACCOUNT` shows them."},
    {"NOT_REVOCABLE", said},
    {"NOT_RESPONSIBLE", "`labor profile show ACCOUNT` tells whom it names."},
    {"NOT_ATTESTED", "`labor issuer list` shows who can attest that you are a person."},
    {"OWN_AGENT", "Name a person: `labor profile edit --responsible ACCOUNT`."},
    {"NOT_AN_AGENT", "`labor profile edit --kind agent` makes it one."},
    {"AGENT_IS_ANSWERED_FOR", "`labor profile show ACCOUNT` tells by whom."},
    {"NOBODY_ANSWERS",
     "The profile names a person (`--responsible`), who then runs `labor profile answer-for`."},

    // ---- work ----
    {"INVALID_BUDGET", "Write the least and the most, like `500..900 USD`."},
    {"INVALID_TERMS",
     "An offer has a title, and either milestones, each with a title, or a rate and hours a week."},
    {"TOO_MANY_MILESTONES", said},
    {"AMOUNT_TOO_SMALL", "`labor ballot parameters` tells the least: milestone_min_usd."},
    {"INVALID_DUE_DAYS", said},
    {"INVALID_RATING", said},
    {"INVALID_WEEKLY_LIMIT", said},
    {"JOB_NOT_FOUND", lists},
    {"PROPOSAL_NOT_FOUND", lists},
    {"OFFER_NOT_FOUND", lists},
    {"CONTRACT_NOT_FOUND", lists},
    {"MILESTONE_NOT_FOUND", "`labor contract show ID` lists its milestones."},
    {"FEEDBACK_NOT_FOUND", "`labor feedback show ID` tells who has given it."},
    {"WEEK_NOT_FOUND", "`labor hours list CONTRACT` shows its weeks."},
    {"INVITATION_NOT_FOUND", "`labor job invitations` shows yours."},
    {"INVITATION_EXISTS", said},
    {"ENTRY_NOT_FOUND", "`labor hours show CONTRACT/WEEK` lists its entries."},
    {"OWN_JOB", said},
    {"OWN_OFFER", said},
    {"NOT_YOUR_JOB", "See whose it is: LOOK."},
    {"NOT_YOUR_PROPOSAL", "See whose it is: LOOK."},
    {"NOT_YOUR_OFFER", "See whose it is: LOOK."},
    {"NOT_YOUR_CONTRACT", "See who is who: LOOK."},
    {"NOT_YOUR_TURN",
     "Who made a version or a split may withdraw it; the other side answers it. See whose turn it "
     "is: LOOK."},
    {"NOT_INVITED", "`labor job list` shows jobs that are open to all, too."},
    {"TOO_MANY_INVITATIONS", look},
    {"JOB_NOT_OPEN", look},
    {"CONTRACT_NOT_ACTIVE", look},
    {"MILESTONE_NOT_FUNDED", look},
    {"FEEDBACK_GIVEN", "`labor feedback show ID` tells what it is."},
    {"NOT_HOURLY", look},
    {"WEEK_ALREADY_FUNDED",
     "`labor hours top-up CONTRACT LIMIT` locks the next ones by themselves."},
    {"HOURS_DISPUTED", "`labor dispute list` shows it."},
    {"HOURS_OUTSIDE_WEEK", "`labor hours show CONTRACT/WEEK` tells when it began and ends."},
    {"HOURS_OVER_LIMIT", "`labor contract amend` offers another limit, from the next week on."},
    {"TOO_MANY_ENTRIES", "`labor hours log WEEK TIME --entry N` puts one right."},
    {"CONTRACT_NOT_ENDED", "`labor contract show ID` tells what it waits for."},
    {"NOTHING_TO_RATE", said},
    {"FEEDBACK_BLIND", "`labor feedback give` chooses the right one by itself."},
    {"FEEDBACK_NOT_BLIND", "`labor feedback give` chooses the right one by itself."},
    {"FEEDBACK_TOO_EARLY", said},
    {"FEEDBACK_MISMATCH", "It is kept in HOME/feedback of the wallet that committed."},
    {"FEEDBACK_ANSWERED", said},
    {"CONTRACT_PAUSED", look},
    {"CONTRACT_NOT_PAUSED", look},
    {"NO_PAUSE_LEFT", said},
    {"TERMS_CHANGED", "Read the offer as it is now: LOOK."},
    {"ALREADY_PROPOSED", "`labor proposal list` shows yours."},
    {"TOO_MANY_OPEN_JOBS", "`labor job list --mine` shows them."},
    {"TOO_MANY_PROPOSALS", "`labor proposal list` shows them."},
    {"TOO_MANY_OPEN_OFFERS", "`labor offer list` shows them."},
    {"TOO_MANY_COUNTERS", said},
    {"TOO_MANY_CONTRACTS", "`labor contract list` shows them."},
    {"TOO_MANY_CHANGE_REQUESTS", said},
    {"REFUND_ALREADY_ASKED", "The talent answers by then, or it is refunded."},
    {"REFUND_TOO_SOON", "You may ask again after that time."},
    {"REFUND_NOT_ASKED", look},
    {"RELEASE_TOO_LARGE", look},
    {"SPLIT_TOO_LARGE", look},
    {"SPLIT_NOT_OFFERED", look},
    {"SPLIT_CHANGED", "Read the split that is offered now: LOOK."},
    {"BONUS_TOO_LATE", said},
    {"AMENDMENT_NOT_OFFERED", look},
    {"AMENDMENT_CHANGED", "Read the amendment that is offered now: LOOK."},
    {"MILESTONE_NOT_AMENDABLE", "`labor contract show ID` tells their states."},

    // ---- votes ----
    {"BALLOT_NOT_FOUND", "`labor ballot list` shows those there are."},
    {"UNKNOWN_PARAMETER", "`labor ballot parameters` lists them."},
    {"PARAMETER_OUT_OF_BOUNDS", "`labor ballot parameters` tells the bounds."},
    {"PARAMETER_TWICE", said},
    {"TOO_MANY_CHANGES", "Make it two ballots."},
    {"DEPOSIT_TOO_SMALL", "`labor ballot parameters` tells what is needed: ballot_deposit."},
    {"DEPOSIT_TOO_LARGE", "See what it lacks: LOOK."},
    {"NO_VOTING_WEIGHT", "`labor ballot show ID` tells what your vote weighs, and why."},
    {"DELEGATE_NOT_ATTESTED", "`labor account show ACCOUNT` tells whether somebody is attested."},
    {"SAME_DELEGATE", said},
    {"NOT_A_PERSON", "`labor issuer list` shows who attests."},
    {"TOO_FEW_FEES", "`labor account show` tells what you have brought."},
    {"TOO_FEW_COUNTERPARTIES", said},
    {"ENROLLED_ALREADY", "`labor ballot members` tells until when."},
    {"COUNCIL_SITS", "`labor ballot members` shows who is enrolled."},
    {"QUARTER_SPENT", said},
    {"ACTION_TWICE", said},
    {"NOTHING_TO_CHANGE", said},
    {"ARBITER_NOT_A_MEMBER", "`labor account show ACCOUNT` tells whether somebody is a member."},
    {"INVALID_UPGRADE", said},
    {"UPGRADE_EXISTS", said},
    {"INVALID_ELECTION", said},
    {"INVALID_APPROVALS", "`labor ballot show ID` lists the candidates; name some by --approve."},
    {"INVALID_CHOICE", said},
    {"FEE_RISES_TOO_FAST", said},
    {"TOO_MANY_BALLOTS", "`labor ballot list` shows them."},
    {"RATE_MOVES_TOO_FAST", said},
    {"INVALID_ISSUER", said},
    {"ISSUER_TWICE", said},
    {"ISSUER_EXISTS", "`labor issuer list` shows those there are."},
    {"ISSUER_NOT_FOUND", "`labor issuer list` shows those there are."},

    // ---- validators ----
    {"INVALID_VALIDATOR_NAME", said},
    {"INVALID_VALIDATOR_KEY", "`labord init` makes keys and prints them."},
    {"INVALID_VOTE", said},
    {"NO_OFFENCE", said},
    {"VALIDATOR_NOT_FOUND", "`labor validator list` shows them, and their keys."},
    {"EPOCH_NOT_FOUND", said},
    {"NOT_YOUR_SEAT", "`labor validator list` tells whose it is."},
    {"ALREADY_OFFENDED", said},
    {"SEAT_GONE", "`labor ballot new --admit` is the way to a new seat."},
    {"VALIDATOR_TWICE", said},
    {"VALIDATOR_NAME_TAKEN", "`labor validator list` shows those that are taken."},
    {"VALIDATOR_KEY_TAKEN", "`labord rotate` makes a new one."},
    {"TOO_MANY_VALIDATORS", "`labor validator list` shows them."},
    {"BLOCK_NOT_RECENT", "A node that runs with the key says it by itself, when it has caught up."},
    {"BAD_KEY_PROOF", "`labord rotate` prints the command with its proof."},
    {"BAD_VOTE_SIGNATURE", said},
    {"EVIDENCE_STALE", said},
    {"NOT_YOUR_NODE", said},
    {"ROUND_NOT_OPEN", said},
    {"NOT_IN_ROUND", said},
    {"RANDOMNESS_MISMATCH", said},

    // ---- disputes ----
    {"INVALID_AWARD", "Write 0 to 100: so many per cent for the talent."},
    {"INVALID_CASE", said},
    {"DISPUTE_NOT_FOUND", "`labor dispute list` shows yours."},
    {"VETTING_NOT_FOUND", "`labor vetting list` shows yours."},
    {"NOT_YOUR_DISPUTE", look},
    {"NOT_A_JUROR", "`labor juror list` shows who may sit."},
    {"NOT_ON_PANEL", look},
    {"OWN_VERDICT", look},
    {"DISPUTE_OVER", look},
    {"NOT_VOTING", look},
    {"NOT_REVEALING", look},
    {"VERDICT_GIVEN", look},
    {"REFUND_NOT_REFUSED",
     "Deliver it; or wait for a refund request and refuse it: `labor milestone refuse-refund`."},
    {"TOO_MUCH_EVIDENCE", said},
    {"NOT_ENOUGH_JURORS", "`labor juror list` shows who may sit."},
    {"VERDICT_MISMATCH", said},
    {"STAKE_LOCKED", "`labor juror show` tells how much is."},
    {"ALREADY_RULED", look},
    {"OWN_VETTING", "`labor profile edit` takes a claim back."},
    {"TOO_MANY_JURORS", "`labor juror list` shows them."},
    {"SKILL_NOT_CLAIMED", "`labor profile edit --skill URI:LEVEL` claims it."},
    {"ALREADY_VETTED", "`labor profile show` tells what was vetted."},
    {"VETTING_UNDER_WAY", "`labor vetting list` shows it."},
    {"VETTING_TOO_SOON", "You may apply again after that time."},
    {"REPORT_NOT_FOUND", "`labor report list` shows yours."},
    {"JOB_REPORTED", look},
    {"REPORT_UNDER_WAY", "`labor report list` shows it."},
    {"NOTHING_DELIVERED", "Put the fee down yourself: leave `--on-loan` out."},
    {"LOAN_TOO_SOON", "Put the fee down yourself: leave `--on-loan` out."},
    {"LOAN_TOO_LARGE", "Put the fee down yourself: leave `--on-loan` out."},
    {"LOAN_NOT_FUNDED", "Put the fee down yourself: leave `--on-loan` out."},
    {"TOO_MANY_VETTINGS", "`labor profile show` tells them, `labor vetting show` until when."},
};

constexpr std::string_view placeholder = "LOOK";
constexpr std::string_view look_by_hand = "`show`";

}  // namespace

std::string command_showing(labor::v1::Message const& message) {
  auto const& outer = *message.GetReflection();
  auto const* const chosen =
      outer.GetOneofFieldDescriptor(message, message.GetDescriptor()->oneof_decl(0));
  if (chosen == nullptr) return {};
  if (chosen->name().ends_with("_profile")) return "labor profile show";
  auto const& act = outer.GetMessage(message, chosen);
  auto const* const milestone = act.GetDescriptor()->FindFieldByName("milestone");
  for (auto const* const noun :
       {"job", "proposal", "offer", "contract", "ballot", "dispute", "vetting", "report"}) {
    auto const* const field = act.GetDescriptor()->FindFieldByName(noun);
    if (field == nullptr) continue;
    auto const id = act.GetReflection()->GetUInt64(act, field);
    if (id == 0) continue;
    if (milestone == nullptr) return fmt::format("labor {} show {}", noun, id);
    return fmt::format("labor milestone show {}/{}", id,
                       act.GetReflection()->GetUInt32(act, milestone));
  }
  return {};
}

std::optional<std::string> hint_row(std::string_view reason, std::string_view look_command) {
  auto const* const row = std::ranges::find(hints, reason, &HintRow::reason);
  if (row == std::ranges::end(hints)) return std::nullopt;
  std::string hint{row->hint};
  auto const at = hint.find(placeholder);
  if (at == std::string::npos) return hint;
  auto const command =
      look_command.empty() ? std::string{look_by_hand} : fmt::format("`{}`", look_command);
  return hint.replace(at, placeholder.size(), command);
}

std::string hint_of(std::string_view reason, std::string_view look_command) {
  return hint_row(reason, look_command).value_or(std::string{});
}

}  // namespace wallet
