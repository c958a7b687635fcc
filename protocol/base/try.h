// std::expected is the result type of the house. TRY binds a value or returns its error;
// TRY_VOID does so for an expression whose value is of no interest.
// (libstdc++ 12 has no and_then, and a named binding reads better anyway.)

#pragma once

#include <expected>

// NOLINTBEGIN(bugprone-macro-parentheses): `name` declares.
#define TRY(name, expression)                                            \
  auto name##_or_error = (expression);                                   \
  if (!name##_or_error) return std::unexpected{name##_or_error.error()}; \
  auto& name = *name##_or_error
// NOLINTEND(bugprone-macro-parentheses)

#define TRY_VOID(expression)                                                      \
  if (auto void_or_error = (expression); !void_or_error) return std::unexpected { \
      void_or_error.error()                                                       \
    }
