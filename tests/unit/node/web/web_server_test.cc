#include "node/web/web_server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/http_get.h"

namespace node::web {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using testing::HasSubstr;
using testing::StartsWith;
using testing_support::http_get;

class WebServerTest : public testing::Test {
 protected:
  WebServerTest() {
    auto server = WebServer::start("127.0.0.1:0", [] { return std::string{"labor_view 1\n"}; });
    EXPECT_TRUE(server.has_value()) << server.error();
    server_ = *std::move(server);
  }

  std::unique_ptr<tcp::socket> connected() {
    auto socket = std::make_unique<tcp::socket>(context_);
    socket->connect({asio::ip::address_v4::loopback(), server_->port()});
    return socket;
  }
  // All that comes back until the server closes.
  std::string answer_to(std::string const& sent) {
    auto const socket = connected();
    boost::system::error_code ignored;
    asio::write(*socket, asio::buffer(sent), ignored);
    std::string answer;
    asio::read(*socket, asio::dynamic_buffer(answer), ignored);
    return answer;
  }

  asio::io_context context_;
  std::unique_ptr<WebServer> server_;
};

TEST_F(WebServerTest, ServesTheMetricsToWhoeverGetsThem) {
  for (auto const* target : {"/metrics", "/metrics?collect=all"}) {
    auto const got = http_get(server_->port(), target);
    EXPECT_EQ(got.result_int(), 200U);
    EXPECT_EQ(got.body(), "labor_view 1\n");
    EXPECT_EQ(got["Content-Type"], "text/plain; version=0.0.4; charset=utf-8");
  }
}

TEST_F(WebServerTest, AnswersWhatItDoesNotServeWithAReason) {
  struct Row {
    char const* name;
    std::string request;
    char const* status;
    char const* says;
  };
  Row const rows[] = {
      {"another page", "GET /secrets HTTP/1.1\r\nHost: x\r\n\r\n", "404", "only /metrics"},
      {"a path out of it", "GET /metrics/../x HTTP/1.1\r\nHost: x\r\n\r\n", "404", "only /metrics"},
      {"a change", "DELETE /metrics HTTP/1.1\r\nHost: x\r\n\r\n", "405", "only GET"},
      {"a body", "POST /metrics HTTP/1.1\r\nContent-Length: 4\r\n\r\nbody", "400", "body"},
      {"a body without end", "GET /metrics HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\n",
       "400", "body"},
      {"no HTTP", "\x16\x03\x01\x02\r\n\r\n", "400", "not a request"},
      {"a head without end", "GET /metrics HTTP/1.1\r\nX: " + std::string(9000, 'x'), "400",
       "header limit"},
  };
  for (auto const& row : rows) {
    SCOPED_TRACE(row.name);
    auto const answer = answer_to(row.request);
    EXPECT_THAT(answer, StartsWith(std::string{"HTTP/1.1 "} + row.status));
    EXPECT_THAT(answer, HasSubstr(row.says));
  }
  EXPECT_EQ(http_get(server_->port(), "/metrics").result_int(), 200U);
}

TEST_F(WebServerTest, TellsHeadTheLengthAndSendsNoBody) {
  auto const answer = answer_to("HEAD /metrics HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(answer, HasSubstr("Content-Length: 13\r\n"));
  EXPECT_THAT(answer, testing::EndsWith("\r\n\r\n"));
}

TEST_F(WebServerTest, ServesTheNextOnceOneOfTooManySilentOnesGoes) {
  std::vector<std::unique_ptr<tcp::socket>> silent;
  for (int i = 0; i < 40; ++i) silent.push_back(connected());
  // Those after the 32nd wait in the system's queue, the next one behind them.
  silent.clear();
  EXPECT_EQ(http_get(server_->port(), "/metrics").result_int(), 200U);
}

TEST_F(WebServerTest, StopsWhileOthersAreConnectedAndGivesThePortBack) {
  auto const address = "127.0.0.1:" + std::to_string(server_->port());
  auto const silent = connected();
  EXPECT_FALSE(WebServer::start(address, {}).has_value()) << "it is taken";
  server_->stop();
  server_->stop();
  server_.reset();
  EXPECT_TRUE(WebServer::start(address, {}).has_value());
}

TEST(WebServerAddress, ThatIsNotOfThisHostIsRefused) {
  EXPECT_FALSE(WebServer::start("203.0.113.1:0", {}).has_value());
  EXPECT_FALSE(WebServer::start("no such host:0", {}).has_value());
}

}  // namespace
}  // namespace node::web
