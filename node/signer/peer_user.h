// Who is at the other end of a Unix socket, as the kernel says (SO_PEERCRED).

#pragma once

namespace node::signer {

// Whether it is a process of this process's user.
bool same_user(int socket);

}  // namespace node::signer
