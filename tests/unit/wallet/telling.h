// What a client reads before she signs a message about contract 7, whose talent is tara.

#pragma once

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "wallet/teller.h"

namespace wallet {

class TellingScene : public testing::Test {
 protected:
  TellingScene() {
    client_.data.fill(1);
    talent_.data.fill(2);
    auto& contract = *contract_.mutable_contract();
    contract.set_id(7);
    contract.set_client(client_.str());
    contract.set_talent(talent_.str());
    contract.set_asset(labor::v1::ASSET_USD);
    contract.mutable_frozen()->set_client_fee_bps(1000);
  }

  // What can be read besides the contract, one of a kind.
  virtual std::vector<labor::v1::Record> known() const = 0;

  std::string told(labor::v1::Message const& message, bool online = true) const {
    labor::v1::TransactionBody body;
    body.set_account(client_.str());
    *body.add_messages() = message;
    TellerOptions const options{
        .label = [&](auto const& address) { return address == talent_ ? "tara" : "clem"; },
        .read = [&](labor::v1::Record const& key) -> Result<std::optional<labor::v1::Record>> {
          if (!online) return std::nullopt;
          return found(key.record_case());
        },
        .unread = "What it holds could not be read here: no node was asked."};
    auto const lines = tell(body, options);
    EXPECT_TRUE(lines.has_value());
    return lines ? fmt::format("{}", fmt::join(*lines, "\n")) : std::string{};
  }

  protocol::Address client_;
  protocol::Address talent_;
  labor::v1::Record contract_;

 private:
  std::optional<labor::v1::Record> found(labor::v1::Record::RecordCase kind) const {
    if (kind == labor::v1::Record::kContract) return contract_;
    for (auto const& record : known()) {
      if (record.record_case() == kind) return record;
    }
    return std::nullopt;
  }
};

}  // namespace wallet
