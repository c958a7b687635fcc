#include "node/engine/loop.h"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <chrono>
#include <memory>
#include <utility>

#include "protocol/base/check.h"

namespace node {

namespace asio = boost::asio;
using boost::system::error_code;

Loop::Loop() : context_{1}, alive_{asio::make_work_guard(context_)} {}

Loop::~Loop() {
  stop();
}

void Loop::start(Hooks hooks) {
  CHECK(!thread_.joinable());
  hooks_ = std::move(hooks);
  thread_ = std::thread{[this] { context_.run(); }};
}

void Loop::stop() {
  context_.stop();
  if (thread_.joinable()) thread_.join();
}

void Loop::post(Task task) {
  bool first = false;
  {
    std::lock_guard const lock{mutex_};
    first = tasks_.empty();
    tasks_.push_back(std::move(task));
  }
  if (first) asio::post(context_, [this] { drain(); });
}

void Loop::drain() {
  std::vector<Task> batch;
  {
    std::lock_guard const lock{mutex_};
    batch.swap(tasks_);
  }
  for (auto& task : batch) task();
  if (hooks_.turn) hooks_.turn();
}

void Loop::after(std::uint64_t delay_ms, Task task) {
  auto timer = std::make_shared<asio::steady_timer>(context_, std::chrono::milliseconds{delay_ms});
  timer->async_wait([this, timer, task = std::move(task)](error_code error) mutable {
    if (!error) post(std::move(task));
  });
}

void Loop::arm(consensus::TimerId timer, std::uint64_t delay_ms) {
  auto& armed = armed_.try_emplace(timer, Armed{asio::steady_timer{context_}, 0}).first->second;
  auto const generation = ++generation_;
  armed.generation = generation;
  armed.timer.expires_after(std::chrono::milliseconds{delay_ms});
  armed.timer.async_wait([this, timer, generation](error_code error) {
    if (error) return;
    post([this, timer, generation] {
      auto const found = armed_.find(timer);
      if (found == armed_.end() || found->second.generation != generation) return;
      armed_.erase(found);
      if (hooks_.fired) hooks_.fired(timer);
    });
  });
}

void Loop::cancel(consensus::TimerId timer) {
  armed_.erase(timer);
}

std::vector<DueTimer> Loop::due() const {
  std::vector<DueTimer> due;
  for (auto const& [id, armed] : armed_) {
    auto const left = armed.timer.expiry() - std::chrono::steady_clock::now();
    auto const left_ms = std::chrono::ceil<std::chrono::milliseconds>(left).count();
    due.push_back({.id = id, .due_in_ms = static_cast<std::uint64_t>(std::max<long>(left_ms, 0))});
  }
  return due;
}

}  // namespace node
