// What a check of many things has found wrong, in words.

#pragma once

#include <string>
#include <utility>
#include <vector>

namespace testing_support {

class Findings {
 public:
  void expect(bool holds, std::string const& what) {
    if (!holds) found_.push_back(what);
  }
  std::vector<std::string> take() && { return std::move(found_); }

 private:
  std::vector<std::string> found_;
};

}  // namespace testing_support
