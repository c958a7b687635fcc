#include "devnet/description.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_to.hpp>

namespace devnet {
namespace {

namespace json = boost::json;

json::object to_json(ProcessName const& process) {
  return {{"pid", process.pid}, {"started", process.started}};
}

ProcessName process_from(json::value const& value) {
  return {.pid = json::value_to<pid_t>(value.at("pid")),
          .started = json::value_to<std::uint64_t>(value.at("started"))};
}

}  // namespace

Result<Description> read_description(std::string_view text) {
  // Boost.JSON reports a missing field by throwing; this is the boundary.
  try {
    auto const value = json::parse(text);
    Description description{
        .chain_id = json::value_to<std::string>(value.at("chain_id")),
        .seed = json::value_to<std::string>(value.at("seed")),
        .validators = {},
        .proxied = value.at("proxied").as_bool(),
        .proxy = process_from(value.at("proxy")),
    };
    for (auto const& row : value.at("validators").as_array()) {
      description.validators.push_back(
          {.name = json::value_to<std::string>(row.at("name")),
           .api_port = json::value_to<std::uint16_t>(row.at("api_port")),
           .peer_port = json::value_to<std::uint16_t>(row.at("peer_port")),
           .web_port = json::value_to<std::uint16_t>(row.at("web_port")),
           .process = process_from(row.at("process"))});
    }
    return description;
  } catch (std::exception const& error) {
    return std::unexpected{std::string{"devnet.json is damaged: "} + error.what() +
                           "; `labor-devnet reset` starts anew"};
  }
}

std::string write_description(Description const& description) {
  json::array validators;
  for (auto const& validator : description.validators) {
    validators.push_back(json::object{{"name", validator.name},
                                      {"api_port", validator.api_port},
                                      {"peer_port", validator.peer_port},
                                      {"web_port", validator.web_port},
                                      {"process", to_json(validator.process)}});
  }
  return json::serialize(json::object{{"chain_id", description.chain_id},
                                      {"seed", description.seed},
                                      {"validators", std::move(validators)},
                                      {"proxied", description.proxied},
                                      {"proxy", to_json(description.proxy)}});
}

}  // namespace devnet
