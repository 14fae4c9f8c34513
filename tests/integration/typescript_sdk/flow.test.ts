// The installed client against a local chain and the API that HYPERNODE_HOME names: one buyer, in order.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import {
  canonicalBytes,
  canonicalHash,
  cidOfDigest,
  connect,
  decodeEvents,
  findBuyerAddress,
  findTokenAddress,
  type KnownEvent,
  ProgramError,
  putBlob,
} from "@hypernode/sdk";
import * as markets from "@hypernode/sdk/programs/markets";
import { address, createKeyPairSignerFromBytes, generateKeyPairSigner, type Signature } from "@solana/kit";

const HYPER = 1_000_000n;
const HOME = process.env["HYPERNODE_HOME"] ?? "";
const cluster = read<Record<string, string>>("cluster.json");
const owner = await createKeyPairSignerFromBytes(Uint8Array.from(read<number[]>("keys/wallet.json")));
const endpoints = {
  rpcUrl: cluster["rpc_url"] ?? "",
  wsUrl: cluster["ws_url"] ?? "",
  apiUrl: cluster["api_url"] ?? "",
};
const { rpc, api, send } = connect({ ...endpoints, signer: owner });
const [config] = await markets.findConfigPda();
const { mint } = (await markets.fetchConfig(rpc, config)).data;
const market = address(cluster["market"] ?? "");
const buyer = await findBuyerAddress(owner.address);
const [vault, vaultBump] = await markets.findVaultPda({ owner: owner.address });
const source = await findTokenAddress(owner.address, mint);
const nonce = 2n ** 62n + 1n;
const [job] = await markets.findJobPda({ owner: owner.address, nonce });
const spec = { type: "hn/spec/1", note: "any document is a blob" };
const specHash = canonicalHash(spec);

function read<T>(name: string): T {
  return JSON.parse(readFileSync(`${HOME}/${name}`, "utf8")) as T;
}

async function eventsOf(signature: Signature): Promise<KnownEvent[]> {
  const found = await rpc.getTransaction(signature, { maxSupportedTransactionVersion: 0, encoding: "json" }).send();
  const { events, complete } = decodeEvents(found?.meta?.logMessages ?? []);
  assert.ok(complete);
  return events.filter((event): event is KnownEvent => event.name !== "Unknown");
}

/** Ask until there is an answer; the test's own time limit ends it. */
async function eventually<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await setTimeout(50);
  }
}

test("a buyer account is opened and filled in one transaction", async () => {
  const open = await markets.getOpenBuyerInstructionAsync({ owner, payer: owner, mint, buyer, vault, vaultBump });
  const deposit = markets.getDepositInstruction({ owner, buyer, vault, source, amount: 5n * HYPER });
  const events = await eventsOf(await send([open, deposit], owner));
  assert.deepEqual(events.map((event) => event.name), ["BuyerOpened", "Deposited"]);
  const { data, programAddress } = await markets.fetchBuyerAccount(rpc, buyer);
  assert.equal(programAddress, markets.PROGRAM_ADDRESS);
  assert.deepEqual([data.owner, data.vault], [owner.address, vault]);
});

test("a job is created, read back and announced by an event", async () => {
  const rate = (await markets.fetchMarket(rpc, market)).data.pricePerSecond;
  const create = await markets.getCreateJobInstructionAsync({
    owner, payer: owner, market, buyer, nonce, specHash, rate, timeoutSeconds: 60,
    gpuVendor: 0, gpuCount: 0, minVramMib: 0,
  });
  const [event] = await eventsOf(await send([create], owner));
  const { data } = await markets.fetchJob(rpc, job);
  assert.deepEqual([data.buyer, data.nonce, data.cap], [owner.address, nonce, 60n * rate]);
  assert.deepEqual(Buffer.from(data.specHash), Buffer.from(specHash));
  assert.ok(event?.program === "markets" && event.name === "JobCreated");
  assert.deepEqual([event.data.job, event.data.sequence], [job, data.sequence]);
});

test("the API takes a signed blob and gives it back", async () => {
  const cid = await putBlob(api, canonicalBytes(spec));
  assert.equal(cid, cidOfDigest(specHash));
  const { data } = await api.GET("/v1/blobs/{cid}", { params: { path: { cid } }, parseAs: "text" });
  assert.equal(data, new TextDecoder().decode(canonicalBytes(spec)));
});

test("the API refuses what is not signed", async () => {
  await assert.rejects(putBlob(connect(endpoints).api, canonicalBytes(spec)), { name: "ApiError" });
});

test("the API's job equals the account, amounts as bigint", async () => {
  const shown = await eventually(async () => (await api.GET("/v1/jobs/{job}", { params: { path: { job } } })).data);
  const { data } = await markets.fetchJob(rpc, job);
  assert.deepEqual([shown.cap, shown.rate, shown.sequence], [data.cap, data.rate, data.sequence]);
});

test("a rule of the program is a typed error", async () => {
  const tooMuch = markets.getWithdrawInstruction({ owner, buyer, vault, destination: source, amount: 100n * HYPER });
  await assert.rejects(send([tooMuch], owner), (error) => {
    assert.ok(error instanceof ProgramError);
    const rules: Readonly<Record<number, { name: string; message: string }>> = markets.ERRORS;
    assert.deepEqual({ name: error.rule, message: error.message }, rules[error.code]);
    assert.deepEqual([error.program, error.programAddress], ["markets", markets.PROGRAM_ADDRESS]);
    assert.ok(error.logs.length > 0);
    return true;
  });
});

test("a failure that no program numbered is the error of @solana/kit", async () => {
  const stranger = await generateKeyPairSigner();
  const cancel = markets.getCancelJobInstruction({ owner, buyer, job, payer: owner.address });
  await assert.rejects(send([cancel], stranger), { name: "SolanaError" });
});

test("a cancelled job is gone from the chain, and the API knows how it ended", async () => {
  const [event] = await eventsOf(
    await send([markets.getCancelJobInstruction({ owner, buyer, job, payer: owner.address })], owner),
  );
  assert.ok(event?.program === "markets" && event.name === "JobCancelled");
  assert.equal((await markets.fetchMaybeJob(rpc, job)).exists, false);
  await eventually(async () => {
    const { data } = await api.GET("/v1/jobs/{job}", { params: { path: { job } } });
    return data?.status === "Cancelled" ? data : undefined;
  });
});
