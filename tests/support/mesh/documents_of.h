// The documents of a node of a mesh, on a disk in memory: what an API needs beside the engine.

#pragma once

#include "node/documents/documents.h"
#include "tests/support/memory_disk.h"
#include "tests/support/mesh/mesh.h"

namespace node {

class DocumentsOf {
 public:
  DocumentsOf(Mesh& mesh, std::size_t index)
      : documents_{{.store = *DocumentStore::open("documents", {}, disk_),
                    .chain_store = mesh.store(index),
                    .genesis = mesh.chain().hash(),
                    .clock = mesh.clock(),
                    .next = mesh.engine(index),
                    .copy_ms = 24ull * 60 * 60 * 1000}} {
    documents_.start(mesh.peers(index));
  }

  Documents& get() { return documents_; }

 private:
  testing_support::MemoryDisk disk_;
  Documents documents_;
};

}  // namespace node
