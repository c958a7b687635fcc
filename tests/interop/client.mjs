// A client that knows only the .proto files: derives its key from words, builds and signs a
// transfer, submits it, waits until it is final and follows its event.
//
//   node client.mjs HOST:PORT PROTO_DIR WORDS_FILE TO_ADDRESS AMOUNT
//
// Exits 0 if everything held, and says what did not otherwise.

import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { credentials, loadPackageDefinition } from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";
import { ed25519 } from "@noble/curves/ed25519";
import { blake2b } from "@noble/hashes/blake2b";
import { hmac } from "@noble/hashes/hmac";
import { sha512 } from "@noble/hashes/sha2";
import { bech32m } from "@scure/base";
import { mnemonicToSeedSync } from "@scure/bip39";
import protobuf from "protobufjs";

const [host, protoDir, wordsFile, toAddress, amount] = process.argv.slice(2);
const bytes = (text) => new TextEncoder().encode(text);
const concat = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));
const padded = (text) => concat(bytes(text), new Uint8Array(16 - text.length));
const hash = (domain, data) => blake2b(data, { dkLen: 32, personalization: padded(domain) });
const same = (left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)) === 0;

// SLIP-0010 ed25519: every step is hardened.
function derive(seed, path) {
  let node = hmac(sha512, bytes("ed25519 seed"), seed);
  for (const index of path) {
    const number = new Uint8Array(4);
    new DataView(number.buffer).setUint32(0, index + 0x80000000);
    node = hmac(sha512, node.slice(32), concat([0], node.slice(0, 32), number));
  }
  return node.slice(0, 32);
}

const files = ["labor/v1/node_service.proto", "labor/v1/transaction.proto"];
const definition = loadSync(files, { includeDirs: [protoDir], longs: String, enums: String, oneofs: true });
const { NodeService } = loadPackageDefinition(definition).labor.v1;
const root = new protobuf.Root();
root.resolvePath = (_, target) => join(protoDir, target);
root.loadSync(files);
const Body = root.lookupType("labor.v1.TransactionBody");
const Transaction = root.lookupType("labor.v1.Transaction");
const { ASSET_USD } = root.lookupEnum("labor.v1.Asset").values;

const node = new NodeService(host, credentials.createInsecure());
const call = (method, request) =>
  new Promise((resolve, reject) =>
    node[method](request, { deadline: Date.now() + 20_000 }, (error, response) =>
      error ? reject(error) : resolve(response)));

const words = readFileSync(wordsFile, "utf8").trim();
const secret = derive(mnemonicToSeedSync(words), [44, 1, 0, 0]);
const publicKey = ed25519.getPublicKey(secret);
const address = hash("LBRacct1", publicKey);
const to = bech32m.fromWords(bech32m.decode(toAddress, 90).words);

const info = await call("GetNodeInfo", {});
const before = await call("GetAccount", { address });
const balance = (answer) =>
  BigInt(answer.balances.find((row) => row.asset === "ASSET_USD")?.amount ?? 0);

const body = Body.encode(Body.create({
  chainId: info.chainId,
  account: address,
  ...(before.nextSequence === "0" ? {} : { sequence: before.nextSequence }),
  validUntilMs: (BigInt(info.nowMs) + 600_000n).toString(),
  messages: [{ transfer: { to, asset: ASSET_USD, amount } }],
})).finish();
const statement = concat(padded("LABOR/tx/v1"), info.genesisHash, body);
const signature = ed25519.sign(statement, secret);
const wire = Transaction.encode(
  Transaction.create({ body, signatures: [{ publicKey, signature }] })).finish();
const id = hash("LBRtx1", body);

const watch = node.WatchEvents({
  after: { height: info.height, index: 0xffffffff },
  filter: { address, causePrefix: "transfer" },
});
const seen = new Promise((resolve, reject) => {
  const late = setTimeout(() => reject(new Error("no event within 20 s")), 20_000);
  watch.on("error", () => {});
  watch.on("data", (message) => {
    if (!message.event || !same(message.transactionId, id)) return;
    clearTimeout(late);
    watch.cancel();
    resolve(message.event.moneyMoved);
  });
});

const submitted = await call("Submit", { transaction: wire });
assert(same(submitted.transactionId, id), "the node computes another transaction id");
const final = await call("GetTransaction", { transactionId: id, waitMs: 15_000 });
assert.equal(final.outcome, "TRANSACTION_OUTCOME_FINAL");
assert.equal(final.receipt.status, "TX_STATUS_OK");

// A second encoder agrees byte for byte with what the chain carries.
const carried = Transaction.decode(final.transaction);
assert(same(Transaction.encode(carried).finish(), wire), "encodings of the transaction differ");
assert(same(Body.encode(Body.decode(carried.body)).finish(), body), "encodings of the body differ");

const event = await seen;
assert.equal(event.amount, amount);
assert(same(event.to.address, to), "the event names another recipient");
const after = await call("GetAccount", { address });
assert.equal(balance(after), balance(before) - BigInt(amount), "the balance does not add up");

// The same body twice is one transaction; a changed signature is refused with its reason.
const again = await call("Submit", { transaction: wire }).catch((error) => error);
assert(!again.transactionId || same(again.transactionId, id));
const forged = Uint8Array.from(signature);
forged[0] ^= 1;
const refused = await call("Submit", {
  transaction: Transaction.encode({ body, signatures: [{ publicKey, signature: forged }] }).finish(),
}).catch((error) => error);
assert(refused instanceof Error, "a forged signature was taken");

console.log(`transfer final at height ${final.height}, event followed, encodings agree`);
node.close();
