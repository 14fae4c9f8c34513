// Tests of the API client without a server: amounts, signatures and refusals.
import assert from "node:assert/strict";
import { test } from "node:test";
import { generateKeyPairSigner } from "@solana/kit";
import { ApiError, apiClient, putBlob } from "./api.ts";
import { cidOfBytes } from "./cid.ts";
import { signatureHeaders } from "./http-signature.ts";

const NOW = 1_767_225_600;

/** Fake server that records its requests and always returns the same answer. */
class Server {
  readonly requests: Request[] = [];
  readonly #status: number;
  readonly #answer: unknown;

  constructor(answer: unknown, status = 200) {
    this.#answer = answer;
    this.#status = status;
  }

  readonly fetch = (request: Request): Promise<Response> => {
    this.requests.push(request);
    return Promise.resolve(Response.json(this.#answer, { status: this.#status }));
  };
}

test("64-bit integers arrive as bigint, at every depth, and other text stays", async () => {
  const job = { job: "1", cap: "18446744073709551615", sequence: "7", reject_reason: "12", node: null };
  const server = new Server({ jobs: [job, job], next_cursor: "34" });
  const { data } = await apiClient({ url: "http://api", fetch: server.fetch }).GET("/v1/jobs");
  assert.deepEqual(data?.jobs[1], { ...job, cap: 18446744073709551615n, sequence: 7n });
  assert.equal(data.next_cursor, "34");
});

test("a request that writes is signed over what is sent", async () => {
  const signer = await generateKeyPairSigner();
  const server = new Server({ cid: "", size: "5" });
  const client = apiClient({ url: "http://api", fetch: server.fetch, signer, now: () => NOW });
  const body = new TextEncoder().encode("hello");
  const cid = await putBlob(client, body);
  const [request] = server.requests;
  assert.ok(request);
  assert.equal(cid, cidOfBytes(body));
  assert.deepEqual(await request.bytes(), body);
  const nonce = request.headers.get("x-hypernode-nonce") ?? "";
  const target = `/v1/blobs/${cid}`;
  const expected = await signatureHeaders(signer, { method: "PUT", target, body, timestamp: NOW, nonce });
  for (const [name, value] of Object.entries(expected)) assert.equal(request.headers.get(name), value);
});

test("a request that reads is not signed", async () => {
  const server = new Server({ jobs: [] });
  const signer = await generateKeyPairSigner();
  await apiClient({ url: "http://api", fetch: server.fetch, signer }).GET("/v1/jobs");
  assert.equal(server.requests[0]?.headers.get("x-hypernode-key"), null);
});

test("a bigint is sent as a decimal string", async () => {
  const server = new Server({});
  const spec = { timeout_seconds: 60 };
  const client = apiClient({ url: "http://api", fetch: server.fetch });
  await client.POST("/v1/quotes", { body: { spec, rate: 2n ** 63n } });
  assert.deepEqual(await server.requests[0]?.json(), { spec, rate: "9223372036854775808" });
});

test("a refusal carries the API's own reason", async () => {
  const problem = { type: "about:blank", title: "Not found", status: 404, detail: "no such job", error: "JobNotFound" };
  const client = apiClient({ url: "http://api", fetch: new Server(problem, 404).fetch });
  const { error } = await client.GET("/v1/jobs/{job}", { params: { path: { job: "1" } } });
  assert.equal(error?.error, "JobNotFound");
  await assert.rejects(putBlob(client, Uint8Array.of()), (thrown) => {
    assert.ok(thrown instanceof ApiError);
    assert.equal(thrown.problem.error, "JobNotFound");
    return true;
  });
});
