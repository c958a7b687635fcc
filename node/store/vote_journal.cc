#include "node/store/vote_journal.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <ranges>

#include "node/store/frame.h"
#include "protocol/base/check.h"
#include "protocol/base/try.h"

namespace node {
namespace {

using consensus::DiskFailure;

// A turn writes a few votes of under 200 bytes and seldom more than one certificate. More than fit
// go into frames of their own. What a new segment takes over must fit its first frame; with more,
// the old one grows on.
constexpr std::size_t frame_bytes_max = 64u << 10;
// Segments are replaced when they grow beyond options.segment_bytes; nothing of ours is longer.
constexpr std::uint64_t file_bytes_max = 256u << 20;

constexpr std::string_view name_begin = "votes-";
constexpr std::string_view name_end = ".journal";
constexpr std::size_t name_digits = 20;

std::string advice(DiskError const& error) {
  if (error.full) return "the disk is full: free space and start again";
  return "check the disk, then start again";
}

DiskFailure failure_of(DiskError const& error) {
  return {fmt::format("the journal of votes: {}; {}", error.message, advice(error))};
}

struct SegmentName {
  std::uint64_t epoch = 0;
  std::uint64_t serial = 0;
};

std::string name_of(SegmentName const& name) {
  return fmt::format("{}{:020}-{:020}{}", name_begin, name.epoch, name.serial, name_end);
}

std::optional<std::uint64_t> number_of(std::string_view digits) {
  std::uint64_t number = 0;
  auto const end = digits.data() + digits.size();
  auto const read = std::from_chars(digits.data(), end, number);
  if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
  return number;
}

std::optional<SegmentName> parse_name(std::string_view name) {
  if (name.size() != name_begin.size() + 2 * name_digits + 1 + name_end.size()) return std::nullopt;
  auto const epoch = number_of(name.substr(name_begin.size(), name_digits));
  auto const serial = number_of(name.substr(name_begin.size() + name_digits + 1, name_digits));
  if (!epoch || !serial) return std::nullopt;
  auto const parsed = SegmentName{*epoch, *serial};
  return name_of(parsed) == name ? std::optional{parsed} : std::nullopt;
}

// A segment file as it was found.
struct Contents {
  std::string damage = {};  // Why it cannot be believed; empty: it can.
  bool begun = false;       // False: its first frame never became whole, so nothing relied on it.
  consensus::Replay replay = {};
  std::uint64_t end = 0;
};

std::expected<Contents, DiskFailure> read_segment(File& file, std::filesystem::path const& path,
                                                  consensus::ValidatorSet const& validators) {
  auto const damaged = [&](std::string_view what) {
    Contents contents;
    contents.damage = fmt::format("{} is damaged: {}", path.string(), what);
    return contents;
  };
  auto const size = file.size();
  if (!size) return std::unexpected{failure_of(size.error())};
  if (*size > file_bytes_max) return damaged("it is longer than any journal");
  auto const bytes = file.read(0, static_cast<std::size_t>(*size));
  if (!bytes) return std::unexpected{failure_of(bytes.error())};

  auto const read = read_frames(*bytes, frame_bytes_max);
  if (read.damaged) return damaged("a record is bad and whole ones come after it");
  if (read.frames.empty()) return Contents{};
  std::string records;
  for (auto const frame : read.frames) records += frame;
  auto replayed = consensus::replay(records, validators);
  if (!replayed) return damaged(consensus::explain(replayed.error()));
  if (replayed->sound_bytes != records.size()) return damaged("a frame ends within a record");
  return Contents{.begun = true, .replay = std::move(*replayed), .end = read.sound_bytes};
}

VoteJournal::Opened lost(std::string const& reason) {
  VoteJournal::Opened opened;
  opened.state = VoteJournal::Opened::State::lost;
  opened.reason = fmt::format("{}; {}", reason, journal_lost_runbook);
  return opened;
}

// Why a journal that was read cannot be the one that this node signed with.
std::optional<std::string> why_lost(consensus::Replay const& replay, protocol::Epoch epoch,
                                    std::optional<JournalMark> const& mark) {
  if (replay.segment.epoch != epoch) return "it says that it is of another epoch";
  if (!mark) return std::nullopt;  // A new database: the journal alone knows all it signed.
  if (epoch < mark->epoch) return "it is of an earlier epoch than was signed in";
  if (epoch > mark->epoch) return std::nullopt;
  if (replay.segment.id != mark->id) return "it is not the journal that this node signed with";
  if (replay.highest_view < mark->highest_view) {
    return fmt::format("it ends at view {}, but view {} was signed: it is an old copy",
                       replay.highest_view.value(), mark->highest_view.value());
  }
  return std::nullopt;
}

}  // namespace

VoteJournal::VoteJournal(JournalOptions options, Disk& disk, consensus::Segment segment)
    : options_{std::move(options)},
      disk_{disk},
      segment_{segment},
      highest_view_{segment.floor.value()} {}

std::unexpected<DiskFailure> VoteJournal::fail(DiskError const& error) {
  failed_ = failure_of(error);
  return std::unexpected{*failed_};
}

std::expected<std::unique_ptr<VoteJournal>, DiskFailure> VoteJournal::create(
    JournalOptions options, Disk& disk, consensus::JournalId const& id, protocol::View floor) {
  auto const segment = consensus::Segment{.id = id, .epoch = options.epoch, .floor = floor};
  std::unique_ptr<VoteJournal> journal{new VoteJournal{std::move(options), disk, segment}};
  auto const& folder = journal->options_.folder;
  if (auto const made = disk.create_folder(folder); !made) return journal->fail(made.error());
  auto const names = disk.list(folder);
  if (!names) return journal->fail(names.error());
  for (auto const& name : *names) {
    auto const parsed = parse_name(name);
    if (!parsed || parsed->epoch > journal->options_.epoch.value()) continue;
    journal->obsolete_.push_back(folder / name);
    if (parsed->epoch == journal->options_.epoch.value()) journal->serial_ = parsed->serial;
  }
  TRY_VOID(journal->begin_segment());
  return journal;
}

std::expected<std::unique_ptr<VoteJournal>, DiskFailure> VoteJournal::successor(
    consensus::ValidatorSet validators) const {
  auto options = options_;
  options.epoch = options_.epoch.next();
  options.validators = std::move(validators);
  return create(std::move(options), disk_, segment_.id, protocol::View{0});
}

std::expected<VoteJournal::Opened, DiskFailure> VoteJournal::open(
    JournalOptions options, Disk& disk, std::optional<JournalMark> const& mark) {
  auto const epoch = options.epoch;
  std::unique_ptr<VoteJournal> journal{
      new VoteJournal{std::move(options), disk, {.id = {}, .epoch = epoch, .floor = {}}}};
  auto const& folder = journal->options_.folder;
  if (auto const made = disk.create_folder(folder); !made) return journal->fail(made.error());
  auto const names = disk.list(folder);
  if (!names) return journal->fail(names.error());

  Opened opened;
  auto found = false;
  for (auto const& name : *names | std::views::reverse) {
    auto const parsed = parse_name(name);
    if (!parsed || parsed->epoch > epoch.value()) continue;
    auto const path = folder / name;
    if (found || parsed->epoch < epoch.value()) {
      journal->obsolete_.push_back(path);
      continue;
    }
    journal->serial_ = std::max(journal->serial_, parsed->serial);
    auto file = disk.open(path);
    if (!file) return journal->fail(file.error());
    auto contents = read_segment(**file, path, journal->options_.validators);
    if (!contents) return std::unexpected{contents.error()};
    if (!contents->damage.empty()) return lost(contents->damage);
    if (!contents->begun) {
      journal->obsolete_.push_back(path);
      continue;
    }
    found = true;
    if (auto const reason = why_lost(contents->replay, epoch, mark)) {
      return lost(fmt::format("{}: {}", path.string(), *reason));
    }
    journal->present_ = path;
    TRY_VOID(journal->go_on(std::move(*file), contents->replay, contents->end));
    opened.entry = std::move(contents->replay.entry);
  }
  if (!found) {
    if (mark) return lost(fmt::format("{}: there is no journal here", folder.string()));
    opened.state = Opened::State::fresh;
    return opened;
  }
  opened.state = Opened::State::found;
  opened.segment = journal->segment_;
  opened.journal = std::move(journal);
  return opened;
}

// Takes over a segment that was found: its torn tail goes, so that nothing of it can be taken for
// a record later.
std::expected<void, DiskFailure> VoteJournal::go_on(std::unique_ptr<File> file,
                                                    consensus::Replay const& replay,
                                                    std::uint64_t end) {
  file_ = std::move(file);
  segment_ = replay.segment;
  keep(replay.entry);
  highest_view_ = replay.highest_view.value();
  end_ = end;
  if (auto const cut = file_->truncate(end_); !cut) return fail(cut.error());
  if (auto const done = file_->reserve(options_.segment_bytes); !done) return fail(done.error());
  if (auto const synced = file_->sync(); !synced) return fail(synced.error());
  return {};
}

// A vote's grounds come before it: whatever of an entry there is, no vote is there without them.
void VoteJournal::keep(consensus::JournalEntry const& entry) {
  for (auto const& ground : entry.grounds) {
    kept_.emplace_back(ground.statement.view,
                       consensus::encode_record(ground, options_.validators));
  }
  for (auto const& vote : entry.votes) {
    kept_.emplace_back(vote.statement.view, consensus::encode_record(vote));
  }
}

// One frame: a segment is there with all it takes over, or not at all.
std::string VoteJournal::first_records() const {
  auto records = consensus::encode_record(segment_);
  for (auto const& [view, record] : kept_) records += record;
  return records;
}

std::expected<void, DiskFailure> VoteJournal::begin_segment() {
  ++serial_;
  present_ = options_.folder / name_of({options_.epoch.value(), serial_});
  auto file = disk_.open(present_);
  if (!file) return fail(file.error());
  file_ = std::move(*file);
  end_ = 0;
  if (auto const done = file_->reserve(options_.segment_bytes); !done) return fail(done.error());
  if (auto const named = disk_.sync_folder(options_.folder); !named) return fail(named.error());
  return append(first_records());
}

std::expected<void, DiskFailure> VoteJournal::append(std::string_view records) {
  CHECK(records.size() <= frame_bytes_max);
  auto const framed = frame(records);
  if (auto const put = file_->write(end_, framed); !put) return fail(put.error());
  if (auto const synced = file_->sync(); !synced) return fail(synced.error());
  end_ += framed.size();
  return {};
}

std::expected<void, DiskFailure> VoteJournal::append_and_sync(
    consensus::JournalEntry const& entry) {
  if (failed_) return std::unexpected{*failed_};
  auto const before = kept_.size();
  keep(entry);
  std::string records;
  for (auto const& [view, record] : kept_ | std::views::drop(before)) {
    if (records.size() + record.size() > frame_bytes_max) {
      TRY_VOID(append(records));
      records.clear();
    }
    records += record;
  }
  if (!records.empty()) TRY_VOID(append(records));
  auto highest = highest_view_.load();
  for (auto const& vote : entry.votes) highest = std::max(highest, vote.statement.view.value());
  highest_view_ = highest;
  return {};
}

std::expected<void, DiskFailure> VoteJournal::committed(protocol::View floor) {
  if (failed_) return std::unexpected{*failed_};
  if (floor > segment_.floor) {
    segment_.floor = floor;
    std::erase_if(kept_, [&](auto const& kept) { return kept.first <= floor; });
  }
  if (end_ > options_.segment_bytes && first_records().size() <= frame_bytes_max) {
    obsolete_.push_back(present_);
    TRY_VOID(begin_segment());
  }
  return remove_obsolete();
}

std::expected<void, DiskFailure> VoteJournal::remove_obsolete() {
  if (obsolete_.empty()) return {};
  for (auto const& path : obsolete_) {
    if (auto const gone = disk_.remove(path); !gone) return fail(gone.error());
  }
  obsolete_.clear();
  if (auto const named = disk_.sync_folder(options_.folder); !named) return fail(named.error());
  return {};
}

JournalMark VoteJournal::mark() const {
  return {.id = segment_.id,
          .epoch = segment_.epoch,
          .highest_view = protocol::View{highest_view_.load()}};
}

}  // namespace node
