#include "node/store/frame.h"

#include "protocol/base/big_endian.h"
#include "protocol/base/bytes.h"
#include "protocol/base/check.h"
#include "protocol/base/crc32c.h"

namespace node {

namespace {

std::uint32_t crc_of(std::string_view bytes) {
  auto const length = base::big_endian(static_cast<std::uint32_t>(bytes.size()));
  return base::crc32c({base::bytes_of(length), base::bytes_of(bytes)});
}

}  // namespace

std::string frame(std::string_view bytes) {
  CHECK(!bytes.empty());
  auto framed = base::big_endian(static_cast<std::uint32_t>(bytes.size()));
  base::append_big_endian(framed, crc_of(bytes));
  return framed.append(bytes);
}

std::optional<std::string_view> first_frame(std::string_view file, std::size_t bytes_max) {
  if (file.size() < frame_header_bytes) return std::nullopt;
  auto const length = base::read_big_endian<std::uint32_t>(file);
  auto const crc = base::read_big_endian<std::uint32_t>(file.substr(4));
  file.remove_prefix(frame_header_bytes);
  if (length == 0 || length > bytes_max || length > file.size()) return std::nullopt;
  auto const bytes = file.substr(0, length);
  if (crc_of(bytes) != crc) return std::nullopt;
  return bytes;
}

Frames read_frames(std::string_view file, std::size_t bytes_max) {
  Frames all;
  while (auto const bytes = first_frame(file.substr(all.sound_bytes), bytes_max)) {
    all.frames.push_back(*bytes);
    all.sound_bytes += frame_header_bytes + bytes->size();
  }
  // Frames begin anywhere; in zeros none does, so the search is quick where it is usual.
  for (auto rest = all.sound_bytes; rest < file.size() && !all.damaged; ++rest) {
    all.damaged = first_frame(file.substr(rest), bytes_max).has_value();
  }
  return all;
}

}  // namespace node
