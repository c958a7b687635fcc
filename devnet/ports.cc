#include "devnet/ports.h"

#include <fmt/format.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <deque>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>

namespace devnet {
namespace {

using tcp = boost::asio::ip::tcp;

tcp::endpoint loopback(std::uint16_t port) {
  return {boost::asio::ip::address_v4::loopback(), port};
}

// The socket inode that listens on `port`, from /proc/net/tcp.
std::optional<std::string> listening_inode(std::uint16_t port) {
  std::ifstream in{"/proc/net/tcp"};
  auto const wanted = fmt::format(":{:04X}", port);
  for (std::string line; std::getline(in, line);) {
    std::istringstream fields{line};
    auto const words = std::vector<std::string>{std::istream_iterator<std::string>{fields}, {}};
    constexpr std::size_t inode = 9;
    constexpr auto listen = "0A";
    if (words.size() <= inode || words[3] != listen) continue;
    if (words[1].ends_with(wanted)) return words[inode];
  }
  return std::nullopt;
}

// "labord (pid 123)" of the process that holds the inode, as far as we may look.
std::string holder_of(std::uint16_t port) {
  namespace fs = std::filesystem;
  auto const inode = listening_inode(port);
  if (!inode) return "another process";
  auto const wanted = "socket:[" + *inode + "]";
  std::error_code error;
  for (auto const& process : fs::directory_iterator{"/proc", error}) {
    auto const pid = process.path().filename().string();
    if (pid.find_first_not_of("0123456789") != std::string::npos) continue;
    for (auto const& file : fs::directory_iterator{process.path() / "fd", error}) {
      if (fs::read_symlink(file.path(), error).string() != wanted) continue;
      std::ifstream in{process.path() / "comm"};
      std::string name;
      std::getline(in, name);
      return fmt::format("{} (pid {})", name, pid);
    }
  }
  return "another process";
}

// Opens a listener on `port` (0 = any); nothing if it is taken.
std::optional<tcp::acceptor> listen_on(boost::asio::io_context& context, std::uint16_t port) {
  tcp::acceptor acceptor{context};
  boost::system::error_code error;
  acceptor.open(tcp::v4(), error);
  if (!error && port != 0) acceptor.set_option(tcp::acceptor::reuse_address{true}, error);
  if (!error) acceptor.bind(loopback(port), error);
  if (!error) acceptor.listen(1, error);
  if (error) return std::nullopt;
  return acceptor;
}

}  // namespace

std::expected<std::vector<std::uint16_t>, std::string> ports_from(std::uint16_t first,
                                                                  std::size_t count) {
  boost::asio::io_context context;
  std::vector<std::uint16_t> ports;
  for (std::size_t i = 0; i < count; ++i) {
    auto const port = static_cast<std::uint16_t>(first + i);
    if (!listen_on(context, port)) {
      return std::unexpected{
          fmt::format("port {} is taken by {}; stop it, or choose others with --port-base", port,
                      holder_of(port))};
    }
    ports.push_back(port);
  }
  return ports;
}

std::expected<std::vector<std::uint16_t>, std::string> ports_free(std::size_t count) {
  boost::asio::io_context context;
  std::deque<tcp::acceptor> held;
  std::vector<std::uint16_t> ports;
  for (std::size_t i = 0; i < count; ++i) {
    auto acceptor = listen_on(context, 0);
    if (!acceptor) return std::unexpected{std::string{"no free loopback port"}};
    ports.push_back(acceptor->local_endpoint().port());
    held.push_back(std::move(*acceptor));
  }
  return ports;
}

}  // namespace devnet
