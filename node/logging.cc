#include "node/logging.h"

#include <fmt/format.h>
#include <grpc/support/log.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <chrono>
#include <memory>
#include <string>

namespace node {
namespace {

// An error is on the disk at once; the rest within a second.
constexpr auto flush_interval = std::chrono::seconds{1};

void log_of_grpc(gpr_log_func_args* line) {
  spdlog::debug("gRPC: {}", line->message);
}

}  // namespace

OrExit<void> start_logging(std::string_view level, std::filesystem::path const& file) {
  try {
    auto const sink =
        file.empty() ? spdlog::sink_ptr{std::make_shared<spdlog::sinks::stderr_color_sink_mt>()}
                     : std::make_shared<spdlog::sinks::basic_file_sink_mt>(file.string());
    auto logger = std::make_shared<spdlog::logger>("labord", sink);
    logger->set_level(spdlog::level::from_str(std::string{level}));
    logger->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %^%l%$ %v", spdlog::pattern_time_type::utc);
    logger->flush_on(spdlog::level::warn);
    spdlog::set_default_logger(std::move(logger));
    spdlog::flush_every(flush_interval);
  } catch (spdlog::spdlog_ex const& error) {
    return exit_with(ExitCode::config, fmt::format("log.file in labord.toml: {}", error.what()));
  }
  gpr_set_log_function(log_of_grpc);
  return {};
}

void flush_logs() {
  spdlog::shutdown();
}

}  // namespace node
