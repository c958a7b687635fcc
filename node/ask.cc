#include "node/ask.h"

#include <fmt/format.h>
#include <google/protobuf/util/json_util.h>

#include "node/config.h"

namespace node {

OrExit<Asked> whom_to_ask(std::string const& home, std::string const& api) {
  if (!api.empty()) return Asked{.address = api, .home = home};
  auto const config = read_config(home);
  if (!config) return exit_with(ExitCode::config, config.error().message);
  return Asked{.address = config->api_listen, .home = home};
}

Exit no_answer(Asked const& asked, grpc::Status const& status) {
  auto const& [address, home] = asked;
  auto const run = home.empty() ? std::string{"labord run"} : "labord run --home " + home;
  switch (status.error_code()) {
    case grpc::StatusCode::UNAVAILABLE:
      return {ExitCode::unavailable,
              fmt::format("no node answers at {}: it is not running, or api.listen in its "
                          "labord.toml is another address. Its log says why it stopped; start it "
                          "with `{}`",
                          address, run)};
    case grpc::StatusCode::DEADLINE_EXCEEDED:
      return {
          ExitCode::unavailable,
          fmt::format("the node at {} is there but did not answer for 5 s: it is paused, or its "
                      "processor or disk is overloaded. Look at its process and its log",
                      address)};
    case grpc::StatusCode::UNIMPLEMENTED:
      return {ExitCode::unavailable,
              fmt::format("what answers at {} does not know this question: it is an older labord, "
                          "or no labord at all",
                          address)};
    default:
      return {ExitCode::unavailable,
              fmt::format("the node at {} answers: {}", address, status.error_message())};
  }
}

std::string to_json_line(google::protobuf::Message const& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.always_print_primitive_fields = true;
  std::string json;
  auto const status = google::protobuf::util::MessageToJsonString(message, &json, options);
  return status.ok() ? json + "\n" : std::string{};
}

}  // namespace node
