#include <exception>
#include <string>
#include <vector>

#include "wallet/console.h"
#include "wallet/exit.h"
#include "wallet/run.h"

int main(int argc, char** argv) {
  wallet::ProcessConsole console;
  // Nothing of ours throws; what a library throws ends here, with a word.
  try {
    return wallet::run(std::vector<std::string>(argv + 1, argv + argc), console);
  } catch (std::exception const& exception) {
    console.message(std::string{"A fault of this program: "} + exception.what());
  }
  return static_cast<int>(wallet::Exit::unexpected);
}
