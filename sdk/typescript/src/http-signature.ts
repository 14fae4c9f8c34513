// Signature of an HTTP request. It is valid for one request, for a short time, once.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, randomBytes } from "@noble/hashes/utils.js";
import { createSignableMessage, getBase58Decoder, type MessagePartialSigner } from "@solana/kit";

const NONCE_BYTES = 16;

export interface SignedRequest {
  readonly method: string;
  /** Path with its query, exactly as it is sent. */
  readonly target: string;
  readonly body: Uint8Array;
  /** Unix seconds. */
  readonly timestamp: number;
  /** 32 lower-case hexadecimal digits. */
  readonly nonce: string;
}

/** Return the bytes that the key signs: six lines of text. */
export function httpSigningBytes({ method, target, body, timestamp, nonce }: SignedRequest): Uint8Array {
  const lines = ["hn/http/1", method.toUpperCase(), target, bytesToHex(sha256(body)), String(timestamp), nonce];
  return new TextEncoder().encode(lines.join("\n"));
}

/** Return the four headers of a signed request. */
export async function signatureHeaders(
  signer: MessagePartialSigner,
  request: SignedRequest,
): Promise<Record<string, string>> {
  const [signatures] = await signer.signMessages([createSignableMessage(httpSigningBytes(request))]);
  const signature = signatures?.[signer.address];
  if (signature === undefined) throw new Error(`The signer returned no signature of ${signer.address}`);
  return {
    "X-Hypernode-Key": signer.address,
    "X-Hypernode-Timestamp": String(request.timestamp),
    "X-Hypernode-Nonce": request.nonce,
    "X-Hypernode-Signature": getBase58Decoder().decode(signature),
  };
}

/** Return a nonce for one request. */
export function requestNonce(): string {
  return bytesToHex(randomBytes(NONCE_BYTES));
}
