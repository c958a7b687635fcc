// What a node says of itself, in the text format of Prometheus 0.0.4
// (https://prometheus.io/docs/instrumenting/exposition_formats/): one table a kind of source in
// metrics.cc, whose sentences are the HELP lines and so the manual.
//
// Names begin with labor_ and end in a base unit (seconds, bytes), _total if they only ever grow
// while the process runs. Labels: validator, epoch, stage, version: as many values as there are
// validators, stages and epochs in which someone contradicted itself.
//
// Threads: any.

#pragma once

#include <labor/v1/node_service.pb.h>

#include <string>

#include "node/api/node_facts.h"

namespace node::web {

// `consensus` null: the thread that decides did not answer in time, which is a metric, too.
std::string metrics_page(labor::v1::GetNodeInfoResponse const& info,
                         labor::v1::GetConsensusResponse const* consensus);

// Of a node that runs; waits a little for the thread that decides.
std::string metrics_page(NodeFacts const& facts);

}  // namespace node::web
