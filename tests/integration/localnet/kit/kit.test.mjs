// The public TypeScript client, unchanged, against a local chain: RPC_URL and WS_URL say where it is.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  airdropFactory,
  appendTransactionMessageInstruction,
  createSolanaRpc,
  createSolanaRpcSubscriptions,
  createTransactionMessage,
  generateKeyPairSigner,
  getSignatureFromTransaction,
  isSolanaError,
  lamports,
  pipe,
  sendAndConfirmTransactionFactory,
  setTransactionMessageFeePayerSigner,
  setTransactionMessageLifetimeUsingBlockhash,
  signTransactionMessageWithSigners,
} from "@solana/kit";
import { getTransferSolInstruction } from "@solana-program/system";

const rpc = createSolanaRpc(process.env.RPC_URL);
const rpcSubscriptions = createSolanaRpcSubscriptions(process.env.WS_URL);
const airdrop = airdropFactory({ rpc, rpcSubscriptions });
const sendAndConfirm = sendAndConfirmTransactionFactory({ rpc, rpcSubscriptions });
const SOL = 1_000_000_000n;

// Asks for the next notice and leaves the stream open: the abort signal ends it. To be called before what
// causes the notice, because the client keeps none that nobody has asked for.
async function first(stream) {
  return (await stream[Symbol.asyncIterator]().next()).value;
}

async function funded() {
  const signer = await generateKeyPairSigner();
  await airdrop({
    recipientAddress: signer.address,
    lamports: lamports(10n * SOL),
    commitment: "confirmed",
  });
  return signer;
}

async function transfer(source, destination, amount) {
  const { value: blockhash } = await rpc.getLatestBlockhash().send();
  const message = pipe(
    createTransactionMessage({ version: 0 }),
    (draft) => setTransactionMessageFeePayerSigner(source, draft),
    (draft) => setTransactionMessageLifetimeUsingBlockhash(blockhash, draft),
    (draft) =>
      appendTransactionMessageInstruction(
        getTransferSolInstruction({ source, destination, amount: lamports(amount) }),
        draft,
      ),
  );
  return signTransactionMessageWithSigners(message);
}

test("airdrops and confirms over the WebSocket", async () => {
  const signer = await funded();
  assert.equal((await rpc.getBalance(signer.address).send()).value, 10n * SOL);
});

test("sends, confirms and reads a transaction back", async () => {
  const source = await funded();
  const destination = await generateKeyPairSigner();
  const signed = await transfer(source, destination.address, SOL);
  await sendAndConfirm(signed, { commitment: "confirmed" });
  const signature = getSignatureFromTransaction(signed);
  const found = await rpc
    .getTransaction(signature, { maxSupportedTransactionVersion: 0, encoding: "json" })
    .send();
  assert.equal(found.meta.err, null);
  assert.equal(found.version, 0);
  assert.equal(found.meta.fee, 5_000n);
  const [entry] = await rpc.getSignaturesForAddress(destination.address).send();
  assert.equal(entry.signature, signature);
  const { value } = await rpc.getAccountInfo(destination.address, { encoding: "base64" }).send();
  assert.equal(value.lamports, SOL);
});

test("subscribes to an account", async () => {
  const source = await funded();
  const destination = await generateKeyPairSigner();
  const aborted = new AbortController();
  const notice = first(
    await rpcSubscriptions
      .accountNotifications(destination.address, { commitment: "confirmed", encoding: "base64" })
      .subscribe({ abortSignal: aborted.signal }),
  );
  const signed = await transfer(source, destination.address, 2n * SOL);
  await sendAndConfirm(signed, { commitment: "confirmed" });
  assert.equal((await notice).value.lamports, 2n * SOL);
  aborted.abort();
});

test("subscribes to logs and slots", async () => {
  const source = await funded();
  const aborted = new AbortController();
  const log = first(
    await rpcSubscriptions
      .logsNotifications({ mentions: [source.address] }, { commitment: "confirmed" })
      .subscribe({ abortSignal: aborted.signal }),
  );
  const slot = first(
    await rpcSubscriptions.slotNotifications().subscribe({ abortSignal: aborted.signal }),
  );
  const destination = await generateKeyPairSigner();
  const signed = await transfer(source, destination.address, SOL);
  await sendAndConfirm(signed, { commitment: "confirmed" });
  assert.equal((await log).value.signature, getSignatureFromTransaction(signed));
  assert.ok((await slot).slot > 0n);
  aborted.abort();
});

test("reads a refusal as a typed error", async () => {
  const source = await funded();
  const destination = await generateKeyPairSigner();
  const signed = await transfer(source, destination.address, 1_000n * SOL);
  await assert.rejects(
    () => sendAndConfirm(signed, { commitment: "confirmed" }),
    (error) => isSolanaError(error) && /simulation/i.test(error.message),
  );
});

test("filters program accounts", async () => {
  const system = "11111111111111111111111111111111";
  const found = await rpc
    .getProgramAccounts(system, { encoding: "base64", filters: [{ dataSize: 0n }] })
    .send();
  assert.ok(found.length > 0);
});
