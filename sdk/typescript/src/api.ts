// Typed client of the marketplace API. 64-bit integers are `bigint`, and it signs writing requests.
import createClient, { type Client, type Middleware } from "openapi-fetch";
import type { MessagePartialSigner } from "@solana/kit";
import { BIG_INTEGERS, type components, type paths } from "./generated/api.ts";
import { cidOfBytes } from "./cid.ts";
import { requestNonce, signatureHeaders } from "./http-signature.ts";

export type ApiClient = Client<paths>;
/** The API's models by name: `ApiModels["JobView"]`. */
export type ApiModels = components["schemas"];

export interface ApiOptions {
  readonly url: string;
  /** Key that signs requests; without one the client can only read. */
  readonly signer?: MessagePartialSigner | undefined;
  /** Current time in Unix seconds; the system's clock unless given. */
  readonly now?: () => number;
  readonly fetch?: (request: Request) => Promise<Response>;
}

/** Return a client of the API at `url`. */
export function apiClient({ url, signer, now = systemTime, fetch }: ApiOptions): ApiClient {
  const client = createClient<paths>({
    baseUrl: url,
    bodySerializer: (body) => JSON.stringify(body, bigintsAsText),
    ...(fetch === undefined ? {} : { fetch }),
  });
  client.use(bigIntegers);
  if (signer !== undefined) client.use(signing(signer, now));
  return client;
}

/** Store `data` under its content id and return the id. */
export async function putBlob(client: ApiClient, data: Uint8Array): Promise<string> {
  const cid = cidOfBytes(data);
  const { error } = await client.PUT("/v1/blobs/{cid}", {
    params: { path: { cid } },
    headers: { "content-type": "application/octet-stream" },
    // The generated type of a binary body is `string`; the serializer sends the bytes as they are.
    body: data as unknown as string,
    bodySerializer: () => data,
  });
  if (error !== undefined) throw new ApiError(error);
  return cid;
}

/** Body of every refusal: `error` names the reason; `detail` and `fix` are texts for people. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly error: string;
  readonly fix?: string | null;
}

/** Error of a request that the API refused. `problem.error` names the reason. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.error}: ${problem.detail}`);
    this.problem = problem;
  }
}

const bigIntegers: Middleware = {
  async onResponse({ request, response, schemaPath }) {
    const places = BIG_INTEGERS[`${request.method} ${schemaPath}`];
    if (places === undefined || !response.ok) return undefined;
    const text = await response.text();
    const headers = new Headers(response.headers);
    // openapi-fetch calls `json()` only for an answer of known length.
    headers.set("content-length", String(text.length));
    const answer = new Response(text, { status: response.status, headers });
    const document = JSON.parse(text) as unknown;
    const converted = places.reduce((value, place) => convert(value, place.split(".")), document);
    return Object.defineProperty(answer, "json", { value: () => Promise.resolve(converted) });
  },
};

/** Return `value` with the decimal string at `path` replaced by its bigint; null and missing members stay. */
function convert(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) return typeof value === "string" ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map((item) => convert(item, rest));
  if (typeof value !== "object" || value === null) return value;
  const convertible = Object.entries(value).map(([key, member]) => [
    key,
    name === "*" || key === name ? convert(member, rest) : (member as unknown),
  ]);
  return Object.fromEntries(convertible) as unknown;
}

function bigintsAsText(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? value.toString() : value;
}

function signing(signer: MessagePartialSigner, now: () => number): Middleware {
  return {
    async onRequest({ request }) {
      if (request.method === "GET" || request.method === "HEAD") return undefined;
      const url = new URL(request.url);
      const body = new Uint8Array(await request.clone().arrayBuffer());
      const target = url.pathname + url.search;
      const signed = { method: request.method, target, body, timestamp: now(), nonce: requestNonce() };
      for (const [name, value] of Object.entries(await signatureHeaders(signer, signed))) {
        request.headers.set(name, value);
      }
      return request;
    },
  };
}

function systemTime(): number {
  return Math.floor(Date.now() / 1000);
}
