// How the journal and the block log frame what they append to preallocated files.
//
//   file  = frame*, then zeros or the remains of a write that a power cut interrupted
//   frame = length(4, big-endian, at least 1) crc(4) bytes       crc: CRC-32C of length and bytes
//
// A frame is one write, and is synced before the next one is begun. So a bad frame is a torn tail
// if nothing whole comes after it, and damage if something does. (The length is in the crc so that
// a record inside a torn frame, which has a length and crc of its own, is no frame.)
//
// Threads: pure functions.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace node {

inline constexpr std::size_t frame_header_bytes = 8;

std::string frame(std::string_view bytes);

// The bytes of the frame at the start of `file`, if it is whole and no longer than `bytes_max`.
std::optional<std::string_view> first_frame(std::string_view file, std::size_t bytes_max);

struct Frames {
  std::vector<std::string_view> frames;  // Views into the file.
  std::size_t sound_bytes = 0;           // What follows is torn, zero or damaged.
  bool damaged = false;                  // A whole frame comes after a bad one.
};
Frames read_frames(std::string_view file, std::size_t bytes_max);

}  // namespace node
