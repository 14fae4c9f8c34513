// The job receipt document: all that is known of one ended job, in one file (docs/job-receipt.md).
import type { Address } from "@solana/kit";
import type { Document } from "./canonical.ts";
import { DocumentReader } from "./document.ts";
import type { Block } from "./draw.ts";

const U8_MAX = 255;
const U32_MAX = 2 ** 32 - 1;
const MAX_FEE_BPS = 3_000;

export const VERDICTS = { accept: 1, reject: 2 } as const;
export const REASONS = {
  none: 0, spec_mismatch: 1, wrong_node: 2, bad_signature: 3, late: 4, image_mismatch: 5, missing_blob: 6,
  hash_mismatch: 7, output_mismatch: 8, usage_implausible: 9, limit: 11, impossible: 12,
} as const;
export const ENDINGS = { exited: 0, time: 1, memory: 2, outputs: 3, stopped: 4 } as const;
export const AUDITS = { none: 0, repeated: 1, unrepeatable: 2, impossible: 3, replicated: 4 } as const;
export const BLAMES = { none: 0, timeout: 1, fault: 2, metering: 3 } as const;
// Jobs that a node submitted. The others have no receipt, no draw and no verdict to check.
const OUTCOMES = { settled: 1, rejected: 2, unverified: 6, accepted: 8 } as const;

export interface Result {
  readonly ending: keyof typeof ENDINGS;
  readonly exitCode: number;
  readonly root: Uint8Array;
}

export interface Decision {
  readonly verdict: keyof typeof VERDICTS;
  readonly reason: keyof typeof REASONS;
  readonly result: Result;
  readonly audit: keyof typeof AUDITS;
  readonly own: number;
  readonly blame: keyof typeof BLAMES;
}

export type JobReceipt = ReturnType<typeof readJobReceipt>;
export type JobFacts = JobReceipt["job"];
export type SignedFinding = JobReceipt["findings"][number];
export type WorkerReceipt = ReturnType<typeof readWorkerReceipt>;

/** Return a job receipt; throw `InvalidMember` for a document that cannot be read. */
export function readJobReceipt(document: unknown) {
  const reader = new DocumentReader(document);
  reader.kind("hn/job-receipt/1");
  const read = {
    genesis: reader.hex("genesis", 32),
    // As they were hashed.
    spec: reader.mapping("spec"),
    receipt: reader.optional("receipt", () => reader.mapping("receipt")),
    workerSignature: reader.optional("worker_signature", () => reader.hex("worker_signature", 64)),
    job: readJob(reader.object("job")),
    draw: reader.optional("draw", () => readDraw(reader.object("draw"))),
    findings: reader.objects("findings").map(readFinding),
    attestations: reader.objects("attestations").map(readAttestation),
    transaction: reader.signature("transaction"),
    outcome: reader.named("outcome", OUTCOMES),
    money: readMoney(reader.object("money")),
  };
  reader.finish();
  return read;
}

/** Return what a node claims in its receipt (docs/receipt.md). */
export function readWorkerReceipt(document: Document) {
  const reader = new DocumentReader(document);
  reader.kind("hn/receipt/2");
  const read = {
    job: reader.address("job"),
    sequence: reader.u64("sequence"),
    attempt: reader.integer("attempt", 1, U8_MAX),
    node: reader.address("node"),
    workerKey: reader.address("worker_key"),
    salt: reader.hex("salt", 32),
    outputRoot: reader.hex("output_root", 32),
    outputs: reader.hex("outputs", 32),
    logs: reader.hex("logs", 32),
    logsTruncated: reader.flag("logs_truncated"),
    ending: reader.named("ending", ENDINGS),
    exitCode: reader.integer("exit_code", 0, U8_MAX),
    stop: reader.optional("stop", () => reader.hex("stop", 64)),
    startedAt: reader.integer("started_at"),
    finishedAt: reader.integer("finished_at"),
    secondsUsed: reader.integer("seconds_used", 0, U32_MAX),
  };
  const usage = reader.object("usage");
  for (const name of ["cpu_ns", "peak_memory_bytes", "output_bytes"]) usage.u64(name);
  usage.finish();
  const runtime = reader.object("runtime");
  for (const name of ["engine", "runc", "image"]) runtime.text(name);
  runtime.hex("seccomp", 32);
  runtime.finish();
  reader.finish();
  if ((read.ending === "stopped") !== (read.stop !== null)) {
    throw reader.refuse("stop", "must be there exactly for the ending stopped");
  }
  return read;
}

/** Return what is compared: for a run that did not exit by itself its ending alone. */
export function resultOf({ ending, exitCode, outputRoot }: WorkerReceipt): Result {
  return ending === "exited" ? { ending, exitCode, root: outputRoot } : { ending, exitCode: 0, root: new Uint8Array(32) };
}

function readJob(reader: DocumentReader) {
  const fees = reader.object("fees");
  const protocolBps = fees.integer("protocol_bps", 0, MAX_FEE_BPS);
  const stakersBps = fees.integer("stakers_bps", 0, protocolBps);
  const operationsBps = fees.integer("operations_bps", 0, MAX_FEE_BPS - protocolBps);
  fees.finish();
  const job = {
    address: reader.address("address"),
    buyer: reader.address("buyer"),
    sequence: reader.u64("sequence"),
    attempt: reader.integer("attempt", 1, U8_MAX),
    node: reader.address("node"),
    operator: reader.address("operator"),
    workerKey: reader.address("worker_key"),
    specHash: reader.hex("spec_hash", 32),
    rate: reader.u64("rate"),
    cap: reader.u64("cap"),
    timeoutSeconds: reader.integer("timeout_seconds", 0, U32_MAX),
    auditBps: reader.integer("audit_bps", 0, 10_000),
    ratioBps: reader.integer("ratio_bps", 0, U32_MAX),
    baselineBps: reader.integer("baseline_bps", 0, U32_MAX),
    shares: { protocolBps, stakersBps, operationsBps },
    epoch: reader.u64("epoch"),
    receiptHash: reader.hex("receipt_hash", 32),
    seconds: reader.integer("seconds", 0, U32_MAX),
    submittedSlot: reader.u64("submitted_slot"),
  };
  reader.finish();
  return job;
}

function readDraw(reader: DocumentReader) {
  const record = {
    blocks: reader.objects("blocks").map(readBlock),
    drawId: reader.hex("draw_id", 8),
    drawn: reader.flag("drawn"),
    panel: reader.addresses("panel"),
  };
  reader.finish();
  return record;
}

function readBlock(reader: DocumentReader): Block {
  const block = { slot: reader.u64("slot"), parentSlot: reader.u64("parent_slot"), hash: reader.hex("hash", 32) };
  reader.finish();
  return block;
}

function readFinding(reader: DocumentReader) {
  const finding = {
    oracle: reader.address("oracle"),
    stage: reader.integer("stage", 1, 2),
    commitment: reader.hex("commitment", 32),
    signature: reader.hex("signature", 64),
    content: reader.optional("content", () => reader.hex("content", 48)),
    salt: reader.optional("salt", () => reader.hex("salt", 32)),
  };
  reader.finish();
  if ((finding.content === null) !== (finding.salt === null)) {
    throw reader.refuse("salt", "must be there exactly if content is");
  }
  return finding;
}

function readAttestation(reader: DocumentReader): { oracle: Address; decision: Decision; signature: Uint8Array } {
  const oracle = reader.address("oracle");
  const decision = {
    verdict: reader.named("verdict", VERDICTS),
    reason: reader.named("reason", REASONS),
    result: {
      ending: reader.named("ending", ENDINGS),
      exitCode: reader.integer("exit_code", 0, U8_MAX),
      root: reader.hex("output_root", 32),
    },
    audit: reader.named("audit", AUDITS),
    own: reader.integer("own", 0, U32_MAX),
    blame: reader.named("blame", BLAMES),
  };
  const signature = reader.hex("signature", 64);
  reader.finish();
  if (!isSound(decision)) throw reader.refuse("verdict", "does not stand with the other members");
  return { oracle, decision, signature };
}

/** Return true if the program takes these values together (docs/attestation.md). */
function isSound({ verdict, reason, result, audit, own, blame }: Decision): boolean {
  const spelled = result.ending === "exited" || (result.exitCode === 0 && result.root.every((byte) => byte === 0));
  if (!spelled || (own > 0 && audit !== "repeated" && audit !== "replicated")) return false;
  if (verdict === "accept") {
    return reason === "none" && (blame === "none" || (blame === "metering" && audit === "repeated"));
  }
  if (reason === "none" || audit === "unrepeatable") return false;
  if (audit === "none") return blame === "timeout" && !["output_mismatch", "limit", "impossible"].includes(reason);
  if (audit === "impossible" || reason === "impossible") {
    return audit === "impossible" && reason === "impossible" && blame === "none";
  }
  return blame !== "metering" || reason === "usage_implausible";
}

function readMoney(reader: DocumentReader) {
  const money = {
    price: reader.u64("price"),
    nodeShare: reader.u64("node_share"),
    treasury: reader.u64("treasury"),
    stakers: reader.u64("stakers"),
    operations: reader.u64("operations"),
    refund: reader.u64("refund"),
  };
  reader.finish();
  return money;
}
