#include "tests/sim/simulated_journal.h"

#include <string>

namespace sim {
namespace {

constexpr auto path = "journal/0";
constexpr std::size_t whole_file = 64u << 20;

}  // namespace

SimulatedJournal::SimulatedJournal(SimulatedDisk& disk, Power& power) : power_{power} {
  file_ = *disk.open(path);
  if (*file_->size() == 0) {
    auto const segment = encode_record(consensus::Segment{.id = {}, .epoch = {}, .floor = {}});
    // Created and synced before the node is a validator; a crash comes later.
    (void)file_->truncate(segment.size());
    (void)file_->write(0, segment);
    (void)file_->sync();
  }
  auto replayed = consensus::replay(*file_->read(0, whole_file));
  if (!replayed) disk.stop(std::string{consensus::explain(replayed.error())});
  replayed_ = *std::move(replayed);
  end_ = replayed_.sound_bytes;
  (void)file_->truncate(end_);
}

std::expected<void, consensus::DiskFailure> SimulatedJournal::append_and_sync(
    std::vector<consensus::Vote> const& votes) {
  for (auto const& vote : votes) {
    auto const record = consensus::encode_record(vote);
    (void)file_->write(end_, record);
    end_ += record.size();
  }
  (void)file_->sync();
  if (power_.on()) {
    for (auto const& vote : votes) durable_(vote);
  }
  return {};
}

}  // namespace sim
