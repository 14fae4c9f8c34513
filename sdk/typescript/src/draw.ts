// The draw: which job is repeated, and by which oracles first. A function of finalized blocks.
import { sha256 } from "@noble/hashes/sha2.js";
import { concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Geometry } from "./cluster.ts";
import { littleEndian } from "./document.ts";

const SEED_DOMAIN = utf8ToBytes("hn/audit/3");
const DRAW_DOMAIN = utf8ToBytes("hn/draw/3");
const BPS = 10_000n;
/** Audit rate that repeats every job, in bps. */
export const ALWAYS = 10_000;
const AUDIT_RATES = [0, 500, 1_000, 1_500, 2_000, 2_500, ALWAYS];
export const DRAW_ID_BYTES = 8;

export interface Block {
  readonly slot: bigint;
  readonly parentSlot: bigint;
  readonly hash: Uint8Array;
}

export interface Submission {
  readonly genesis: Uint8Array;
  readonly job: Uint8Array;
  readonly sequence: bigint;
  readonly attempt: number;
  readonly receiptHash: Uint8Array;
  readonly submittedSlot: bigint;
}

/** Error of blocks that do not prove a draw, or of a rate that no market can have. */
export class DrawIncomplete extends Error {
  override readonly name = "DrawIncomplete";
}

/** Return whether a submission is drawn, and the positions of the epoch's oracles in the panel's order. */
export function draw(
  submission: Submission,
  blocks: readonly Block[],
  geometry: Geometry,
  rate: number,
  oracles: number,
): { readonly drawn: boolean; readonly panel: readonly number[] } {
  checkBlocks(submission.submittedSlot, blocks, geometry);
  const seeds = blocks.map((block) => seed(submission, block.hash));
  const [modulus, limit] = [BigInt(seeds.length) * BPS, threshold(rate, seeds.length)];
  let first = seeds.findIndex((value) => fromLittleEndian(value.subarray(0, 8)) % modulus < limit);
  if (first < 0 && rate === ALWAYS) first = seeds.length - 1;
  const ordering = seeds[first < 0 ? 0 : (first + 1) % seeds.length];
  return { drawn: first >= 0, panel: ordering === undefined ? [] : panelOrder(ordering, oracles) };
}

/** Return the 8 bytes that name the blocks of a draw in an attestation. */
export function drawId(blocks: readonly Block[]): Uint8Array {
  return sha256(concatBytes(DRAW_DOMAIN, ...blocks.map(({ hash }) => hash))).slice(0, DRAW_ID_BYTES);
}

/** Refuse blocks that are not provably the first ones of the first groups with a block. */
function checkBlocks(submittedSlot: bigint, blocks: readonly Block[], geometry: Geometry): void {
  if (blocks.length !== geometry.groups) throw new DrawIncomplete(`${blocks.length} blocks are not a draw`);
  const slots = BigInt(geometry.slots);
  const start = ((submittedSlot + BigInt(geometry.distance) + slots - 1n) / slots) * slots;
  let previous: Block | undefined;
  for (const block of blocks) {
    const { slot, parentSlot } = block;
    const isFirst =
      previous === undefined
        ? parentSlot < start && start <= slot
        : previous.slot <= parentSlot &&
          parentSlot / slots === previous.slot / slots &&
          previous.slot / slots < slot / slots;
    if (!isFirst) throw new DrawIncomplete(`slot ${slot} is not provably the first block of the next group`);
    previous = block;
  }
}

function seed(submission: Submission, blockHash: Uint8Array): Uint8Array {
  const { genesis, job, sequence, attempt, receiptHash } = submission;
  const numbers = [littleEndian(sequence, 8), littleEndian(attempt, 1)];
  return sha256(concatBytes(SEED_DOMAIN, genesis, blockHash, job, ...numbers, receiptHash));
}

/** Return the least t for which `groups` chances of t in 10,000 times `groups` draw at least `rate` bps. */
function threshold(rate: number, groups: number): bigint {
  if (!AUDIT_RATES.includes(rate)) throw new DrawIncomplete(`${rate} bps is not an audit rate`);
  const modulus = BigInt(groups) * BPS;
  if (rate === ALWAYS) return (modulus * 2n + 8n) / 9n;
  const left = (BPS - BigInt(rate)) * modulus ** BigInt(groups);
  let [low, high] = [0n, modulus];
  while (low < high) {
    const middle = (low + high) / 2n;
    if ((modulus - middle) ** BigInt(groups) * BPS <= left) high = middle;
    else low = middle + 1n;
  }
  return low;
}

/** Shuffle the positions 0 to n - 1 (Fisher and Yates) with the u32 from byte 8 of a seed on. */
function panelOrder(value: Uint8Array, oracles: number): number[] {
  const order = Array.from({ length: oracles }, (_, place) => place);
  for (let last = oracles - 1, at = 8; last > 0; last--, at += 4) {
    const other = Number(fromLittleEndian(value.subarray(at, at + 4)) % BigInt(last + 1));
    [order[last], order[other]] = [order[other] ?? 0, order[last] ?? 0];
  }
  return order;
}

function fromLittleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}
