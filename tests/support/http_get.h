// One GET on loopback, as a collector of metrics makes it.

#pragma once

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <cstdint>
#include <string>

namespace testing_support {

using HttpResponse = boost::beast::http::response<boost::beast::http::string_body>;

// An empty one where nothing answers.
HttpResponse http_get(std::uint16_t port, std::string const& target);

}  // namespace testing_support
