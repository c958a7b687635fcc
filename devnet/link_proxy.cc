#include "devnet/link_proxy.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <deque>
#include <fstream>
#include <memory>
#include <sstream>

namespace devnet {
namespace {

using tcp = boost::asio::ip::tcp;
using Clock = std::chrono::steady_clock;
using Error = boost::system::error_code;

constexpr std::size_t held_bytes_max = 64u << 20;
constexpr auto reread_interval = std::chrono::milliseconds{50};

struct StateName {
  LinkState state;
  std::string_view name;
};
constexpr StateName state_names[] = {
    {LinkState::open, "open"}, {LinkState::cut, "cut"}, {LinkState::silent, "silent"}};

// One direction of one connection: reads from `in`, holds, writes to `out`.
class Pipe : public std::enable_shared_from_this<Pipe> {
 public:
  Pipe(std::shared_ptr<tcp::socket> in, std::shared_ptr<tcp::socket> out,
       std::shared_ptr<Link const> link)
      : in_{std::move(in)},
        out_{std::move(out)},
        link_{std::move(link)},
        timer_{in_->get_executor()} {}

  // After the link has changed.
  void look() {
    if (link_->state == LinkState::cut) return close();
    if (!writing_) write();
  }

  void read() {
    if (held_bytes_ > held_bytes_max) {
      paused_ = true;
      return;
    }
    in_->async_read_some(boost::asio::buffer(buffer_),
                         [self = shared_from_this()](Error error, std::size_t size) {
                           if (error) return self->close();
                           self->hold(size);
                           self->read();
                         });
  }

 private:
  struct Held {
    Clock::time_point due;
    std::string bytes;
  };

  void hold(std::size_t size) {
    auto const delay = std::chrono::milliseconds{link_->delay_ms};
    held_.push_back({Clock::now() + delay, std::string{buffer_.data(), size}});
    held_bytes_ += size;
    if (!writing_) write();
  }

  void write() {
    if (held_.empty() || link_->state != LinkState::open) return;
    writing_ = true;
    auto const due = held_.front().due;
    if (due > Clock::now()) {
      timer_.expires_at(due);
      timer_.async_wait([self = shared_from_this()](Error error) {
        self->writing_ = false;
        if (!error) self->write();
      });
      return;
    }
    boost::asio::async_write(*out_, boost::asio::buffer(held_.front().bytes),
                             [self = shared_from_this()](Error error, std::size_t size) {
                               if (error) return self->close();
                               self->written(size);
                             });
  }

  void written(std::size_t size) {
    held_bytes_ -= size;
    held_.pop_front();
    writing_ = false;
    write();
    if (!paused_ || held_bytes_ > held_bytes_max) return;
    paused_ = false;
    read();
  }

  void close() {
    Error ignored;
    in_->close(ignored);
    out_->close(ignored);
    timer_.cancel();
  }

  std::shared_ptr<tcp::socket> in_;
  std::shared_ptr<tcp::socket> out_;
  std::shared_ptr<Link const> link_;
  boost::asio::steady_timer timer_;
  std::array<char, 64u << 10> buffer_{};
  std::deque<Held> held_;
  std::size_t held_bytes_ = 0;
  bool writing_ = false;
  bool paused_ = false;
};

class Listener : public std::enable_shared_from_this<Listener> {
 public:
  Listener(boost::asio::io_context& context, Link const& link)
      : context_{context},
        acceptor_{context,
                  tcp::endpoint{boost::asio::ip::address_v4::loopback(), link.listen_port}},
        link_{std::make_shared<Link>(link)} {}

  void accept() {
    acceptor_.async_accept([self = shared_from_this()](Error error, tcp::socket socket) {
      if (error) return;
      self->connect(std::make_shared<tcp::socket>(std::move(socket)));
      self->accept();
    });
  }

  void change(Link const& link) {
    *link_ = link;
    for (auto const& weak : pipes_) {
      if (auto const pipe = weak.lock()) pipe->look();
    }
  }

 private:
  void connect(std::shared_ptr<tcp::socket> near) {
    // Closes it: the dialler sees a refused connection.
    if (link_->state == LinkState::cut) return;
    auto far = std::make_shared<tcp::socket>(context_);
    auto const target = tcp::endpoint{boost::asio::ip::address_v4::loopback(), link_->target_port};
    far->async_connect(target, [self = shared_from_this(), near, far](Error error) {
      if (error || self->link_->state == LinkState::cut) return;
      Error ignored;
      near->set_option(tcp::no_delay{true}, ignored);
      far->set_option(tcp::no_delay{true}, ignored);
      std::erase_if(self->pipes_, [](auto const& weak) { return weak.expired(); });
      for (auto const& pipe : {std::make_shared<Pipe>(near, far, self->link_),
                               std::make_shared<Pipe>(far, near, self->link_)}) {
        self->pipes_.push_back(pipe);
        pipe->read();
      }
    });
  }

  boost::asio::io_context& context_;
  tcp::acceptor acceptor_;
  std::shared_ptr<Link> link_;  // What the file says now; its pipes look at it.
  std::vector<std::weak_ptr<Pipe>> pipes_;
};

}  // namespace

std::expected<std::vector<Link>, std::string> read_links(std::filesystem::path const& file) {
  std::ifstream in{file};
  if (!in) return std::unexpected{"cannot read " + file.string()};
  std::vector<Link> links;
  for (std::string line; std::getline(in, line);) {
    std::istringstream fields{line};
    Link link;
    std::string state;
    fields >> link.listen_port >> link.target_port >> link.from >> link.to >> link.delay_ms >>
        state;
    auto const* const named = std::ranges::find(state_names, state, &StateName::name);
    if (!fields || named == std::end(state_names)) {
      return std::unexpected{file.string() + ": not a link: " + line};
    }
    link.state = named->state;
    links.push_back(link);
  }
  return links;
}

std::expected<void, std::string> write_links(std::filesystem::path const& file,
                                             std::vector<Link> const& links) {
  auto const draft = file.string() + ".new";
  std::ofstream out{draft};
  for (auto const& link : links) {
    out << fmt::format("{} {} {} {} {} {}\n", link.listen_port, link.target_port, link.from,
                       link.to, link.delay_ms,
                       std::ranges::find(state_names, link.state, &StateName::state)->name);
  }
  out.close();
  if (!out) return std::unexpected{"cannot write " + draft};
  std::error_code error;
  std::filesystem::rename(draft, file, error);
  if (error) return std::unexpected{"cannot replace " + file.string() + ": " + error.message()};
  return {};
}

int serve_links(std::filesystem::path const& file) {
  auto links = read_links(file);
  if (!links) {
    fmt::print(stderr, "{}\n", links.error());
    return 1;
  }
  boost::asio::io_context context;
  std::vector<std::shared_ptr<Listener>> listeners;
  try {
    for (auto const& link : *links) {
      listeners.push_back(std::make_shared<Listener>(context, link));
      listeners.back()->accept();
    }
  } catch (boost::system::system_error const& error) {
    fmt::print(stderr, "link proxy cannot listen: {}\n", error.what());
    return 1;
  }
  boost::asio::signal_set signals{context, SIGTERM, SIGINT};
  signals.async_wait([&context](Error, int) { context.stop(); });

  boost::asio::steady_timer timer{context};
  std::function<void(Error)> reread = [&](Error error) {
    if (error) return;
    if (auto const now = read_links(file); now && now->size() == links->size()) {
      for (std::size_t i = 0; i < now->size(); ++i) {
        if ((*now)[i] != (*links)[i]) listeners[i]->change((*now)[i]);
      }
      *links = *now;
    }
    timer.expires_after(reread_interval);
    timer.async_wait(reread);
  };
  reread({});
  context.run();
  return 0;
}

}  // namespace devnet
