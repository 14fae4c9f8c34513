// Checks of a job receipt against a cluster description, without any service (docs/job-receipt.md).
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { canonicalHash, type Document, receiptSigningBytes } from "./canonical.ts";
import { type ClusterDescription, isSigned, type OracleEpoch } from "./cluster.ts";
import { addressBytes, InvalidMember, littleEndian, sameBytes } from "./document.ts";
import { ALWAYS, draw, DRAW_ID_BYTES, drawId, DrawIncomplete } from "./draw.ts";
import {
  AUDITS, BLAMES, type Decision, ENDINGS, type JobFacts, type JobReceipt, readJobReceipt, readWorkerReceipt, REASONS,
  resultOf, type SignedFinding, VERDICTS, type WorkerReceipt,
} from "./job-receipt-document.ts";

export type CheckResult = "holds" | "fails" | "not checked";

/** One check: `member` is the path of the member that it read, `detail` what was found there. */
export interface Check {
  readonly name: string;
  readonly result: CheckResult;
  readonly member: string;
  readonly detail: string;
}

const BPS = 10_000n;
const NO_DECISION: Decision = {
  verdict: "accept", reason: "none", result: { ending: "exited", exitCode: 0, root: new Uint8Array(32) },
  audit: "none", own: 0, blame: "none",
};
// Reasons that need no repetition: evidence is missing, wrong, late, or claims more time than the chain saw.
const GATES: readonly string[] = [
  "spec_mismatch", "wrong_node", "bad_signature", "late", "image_mismatch", "missing_blob", "hash_mismatch",
  "usage_implausible",
];
/** What only the chain, or the run itself, can show. */
const OUTSIDE: readonly (readonly [name: string, member: string, detail: string])[] = [
  ["job facts", "job", "the job's account had these values: the account closes when the job ends"],
  ["operator", "job.operator", "the node belonged to this operator at the assignment"],
  ["transaction", "transaction", "the transaction ended this job and is finalized"],
  ["finalized blocks", "draw.blocks", "the blocks are finalized blocks of this cluster"],
  ["findings", "findings", "the verdict follows from the findings: the board may have withheld some"],
  ["oracle sets", "job.epoch", "the cluster description has the oracle sets that are on chain"],
];

/** Return every check of a job receipt in a fixed order; throw `InvalidMember` if it cannot be read. */
export async function verifyJobReceipt(document: unknown, cluster: ClusterDescription): Promise<Check[]> {
  return new Checks(readJobReceipt(document), cluster).all();
}

class Checks {
  readonly #read: JobReceipt;
  readonly #cluster: ClusterDescription;
  readonly #job: JobFacts;
  readonly #epoch: OracleEpoch | undefined;
  readonly #receipt: WorkerReceipt | InvalidMember | undefined;
  readonly #decision: Decision | undefined;
  readonly #byGate: boolean;

  constructor(read: JobReceipt, cluster: ClusterDescription) {
    this.#read = read;
    this.#cluster = cluster;
    this.#job = read.job;
    this.#epoch = cluster.epochs.find(({ epoch }) => epoch === read.job.epoch);
    this.#receipt = read.receipt === null ? undefined : attempt(read.receipt);
    this.#decision = read.attestations[0]?.decision;
    this.#byGate = this.#decision !== undefined && GATES.includes(this.#decision.reason);
  }

  async all(): Promise<Check[]> {
    const { genesis } = this.#read;
    return [
      found("cluster", "genesis", sameBytes(genesis, this.#cluster.genesis), "another genesis"),
      found("epoch", "job.epoch", this.#epoch !== undefined, `the description has no epoch ${this.#job.epoch}`),
      this.#spec(),
      this.#terms(),
      this.#receiptHash(),
      this.#receiptFacts(),
      await this.#workerSignature(),
      await this.#stop(),
      ...this.#draw(),
      await this.#findings(),
      ...(await this.#attestations()),
      this.#result(),
      this.#outcome(),
      ...this.#money(),
      ...OUTSIDE.map(([name, member, detail]) => notChecked(name, member, detail)),
    ];
  }

  #spec(): Check {
    const same = hasHash(this.#read.spec, this.#job.specHash);
    return found("spec hash", "spec", same, "the spec has another hash than job.spec_hash");
  }

  #terms(): Check {
    const { rate, cap, timeoutSeconds } = this.#job;
    const timeout = this.#read.spec["timeout_seconds"];
    if (timeout !== timeoutSeconds) return fails("terms", "job.timeout_seconds", "the spec says another timeout");
    const full = rate * BigInt(timeoutSeconds);
    return found("terms", "job.cap", cap === full, `rate times timeout is ${full}`);
  }

  #receiptHash(): Check {
    const [name, given] = ["receipt hash", this.#read.receipt];
    if (given !== null) {
      const same = hasHash(given, this.#job.receiptHash);
      return found(name, "receipt", same, "the receipt has another hash than job.receipt_hash");
    }
    const isExplained = this.#byGate || this.#read.outcome === "unverified";
    if (isExplained) return notChecked(name, "receipt", "the node did not deliver it");
    return fails(name, "receipt", "is missing, and no verdict says why");
  }

  #receiptFacts(): Check {
    const [name, receipt, job] = ["receipt facts", this.#receipt, this.#job];
    if (receipt === undefined) return notChecked(name, "receipt", "there is no receipt");
    if (receipt instanceof InvalidMember) return this.#evidence(name, `receipt.${receipt.field}`, false, receipt.message);
    const facts: readonly (readonly [string, unknown, unknown])[] = [
      ["job", receipt.job, job.address],
      ["sequence", receipt.sequence, job.sequence],
      ["attempt", receipt.attempt, job.attempt],
      ["node", receipt.node, job.node],
      ["worker_key", receipt.workerKey, job.workerKey],
      ["seconds_used", receipt.secondsUsed, job.seconds],
    ];
    const wrong = facts.find(([, said, fact]) => said !== fact);
    const member = wrong === undefined ? "receipt" : `receipt.${wrong[0]}`;
    return this.#evidence(name, member, wrong === undefined, "is another one than the job has");
  }

  async #workerSignature(): Promise<Check> {
    const [name, signature] = ["worker signature", this.#read.workerSignature];
    if (signature === null) return notChecked(name, "worker_signature", "it was not kept");
    const signed = await isSigned(this.#job.workerKey, receiptSigningBytes(this.#job.receiptHash), signature);
    return this.#evidence(name, "worker_signature", signed, "is not one of job.worker_key");
  }

  async #stop(): Promise<Check> {
    const receipt = this.#readable();
    if (receipt?.stop == null) return notChecked("stop", "receipt.stop", "the buyer did not stop the run");
    const { address, sequence, attempt } = this.#job;
    const keys = [this.#cluster.genesis, addressBytes(this.#cluster.programs.markets), addressBytes(address)];
    const numbers = [littleEndian(sequence, 8), littleEndian(attempt, 1)];
    const message = concatBytes(utf8ToBytes("hn/stop/1"), ...keys, ...numbers);
    const signed = await isSigned(this.#job.buyer, message, receipt.stop);
    return this.#evidence("stop", "receipt.stop", signed, "is not one of job.buyer");
  }

  /** Return the check of a node's evidence. What a rejection by a gate complains about may be wrong. */
  #evidence(name: string, member: string, isRight: boolean, detail: string): Check {
    if (!isRight && this.#byGate && this.#read.outcome === "rejected") {
      return notChecked(name, member, "the verdict rejects this evidence");
    }
    return found(name, member, isRight, detail);
  }

  #draw(): Check[] {
    const given = this.#read.draw;
    if (given === null) {
      const check = this.#isJudged() ? fails : notChecked;
      return ["draw", "draw id", "audit"].map((name) => check(name, "draw", "there is no draw"));
    }
    const named = drawId(given.blocks);
    return [
      this.#drawn(given),
      found("draw id", "draw.draw_id", sameBytes(named, given.drawId), `the blocks say ${bytesToHex(named)}`),
      this.#audit(given.drawn),
    ];
  }

  #drawn(given: NonNullable<JobReceipt["draw"]>): Check {
    const [job, epoch] = [this.#job, this.#epoch];
    if (epoch === undefined) return fails("draw", "draw.blocks", "the epoch is unknown");
    const { sequence, attempt, receiptHash, submittedSlot } = job;
    const fixed = { sequence, attempt, receiptHash, submittedSlot };
    const submission = { ...fixed, genesis: this.#cluster.genesis, job: addressBytes(job.address) };
    try {
      const made = draw(submission, given.blocks, epoch.geometry, job.auditBps, epoch.keys.length);
      if (made.drawn !== given.drawn) return fails("draw", "draw.drawn", `the blocks say ${String(made.drawn)}`);
      const panel = made.panel.map((place) => epoch.keys[place]).join();
      return found("draw", "draw.panel", panel === given.panel.join(), `the blocks say ${panel}`);
    } catch (fault) {
      if (!(fault instanceof DrawIncomplete)) throw fault;
      return fails("draw", "draw.blocks", fault.message);
    }
  }

  /** Check that what was drawn was repeated, and nothing else. */
  #audit(drawn: boolean): Check {
    const [decision, ending] = [this.#decision, this.#readable()?.ending];
    if (decision === undefined) return notChecked("audit", "attestations", "there is no verdict");
    const chosen = drawn || ending === "time" || ending === "memory";
    const repeated = decision.audit !== "none";
    let isRight = repeated === (chosen && ending !== "stopped");
    if (this.#byGate) isRight = repeated ? chosen : !drawn;
    const was = drawn ? "drawn" : "not drawn";
    return found("audit", "attestations[0].audit", isRight, `is ${decision.audit} for a job that was ${was}`);
  }

  async #findings(): Promise<Check> {
    const [name, seen] = ["signed findings", new Set<string>()];
    for (const [index, finding] of this.#read.findings.entries()) {
      const at = `findings[${index}]`;
      const fault = await this.#faultOf(finding);
      if (fault !== undefined) return fails(name, at + fault[0], fault[1]);
      const place = [finding.oracle, finding.stage, bytesToHex(finding.commitment)].join();
      if (seen.has(place)) return fails(name, at, "is there twice");
      seen.add(place);
    }
    if (seen.size === 0) return notChecked(name, "findings", "there are none");
    return { name, result: "holds", member: "findings", detail: `${seen.size} signed` };
  }

  async #faultOf(finding: SignedFinding): Promise<readonly [member: string, detail: string] | undefined> {
    const { oracle, stage, commitment, content, salt } = finding;
    if (!this.#isOracle(oracle)) return [".oracle", "is not an oracle of the epoch"];
    const message = concatBytes(
      padded("hn/finding/1"), this.#cluster.genesis, ...this.#submission(), this.#job.receiptHash,
      littleEndian(stage, 1), commitment,
    );
    if (!(await isSigned(oracle, sha256(message), finding.signature))) {
      return [".signature", "is not one of the oracle over this commitment"];
    }
    if (content === null || salt === null) return undefined;
    const opened = sha256(concatBytes(padded("hn/commit/1"), addressBytes(oracle), content, salt));
    if (!sameBytes(opened, commitment)) return [".commitment", "is not the one that content and salt open"];
    return isFinding(content) ? undefined : [".content", "is not a finding in its only spelling"];
  }

  async #attestations(): Promise<Check[]> {
    const [name, signed] = ["attestations", this.#read.attestations];
    if (!this.#isJudged()) {
      const empty = "a job that ended without a verdict has none";
      return [found(name, name, signed.length === 0, empty), notChecked("quorum", name, "there is no verdict")];
    }
    const count = new Set(signed.map(({ oracle }) => oracle).filter((oracle) => this.#isOracle(oracle))).size;
    const wanted = this.#epoch?.threshold ?? Infinity;
    return [await this.#signed(), found("quorum", name, count >= wanted, `${count} oracles signed; expected ${wanted}`)];
  }

  async #signed(): Promise<Check> {
    const [name, seen] = ["attestations", new Set<string>()];
    for (const [index, { oracle, decision, signature }] of this.#read.attestations.entries()) {
      const at = `attestations[${index}]`;
      if (!this.#isOracle(oracle)) return fails(name, `${at}.oracle`, "is not an oracle of the epoch");
      if (seen.has(oracle)) return fails(name, `${at}.oracle`, "is there twice");
      const digest = this.#digest(decision);
      if (this.#decision === undefined || !sameBytes(digest, this.#digest(this.#decision))) {
        return fails(name, at, "has another decision than the first one");
      }
      if (!(await isSigned(oracle, digest, signature))) return fails(name, `${at}.signature`, "is not one over this verdict");
      seen.add(oracle);
    }
    return { name, result: "holds", member: name, detail: `${seen.size} signed this verdict` };
  }

  #digest({ verdict, reason, result, audit, own, blame }: Decision): Uint8Array {
    const job = this.#job;
    const [address, ...attempt] = this.#submission();
    return sha256(
      concatBytes(
        utf8ToBytes("hn/attestation/3"), this.#cluster.genesis, addressBytes(this.#cluster.programs.markets),
        address, ...attempt, addressBytes(job.node), job.receiptHash,
        littleEndian(job.submittedSlot, 8), littleEndian(job.seconds, 4), littleEndian(job.epoch, 8),
        Uint8Array.of(VERDICTS[verdict], REASONS[reason], ENDINGS[result.ending], result.exitCode),
        result.root, Uint8Array.of(AUDITS[audit]), this.#read.draw?.drawId ?? new Uint8Array(DRAW_ID_BYTES),
        littleEndian(own, 4), Uint8Array.of(BLAMES[blame]),
      ),
    );
  }

  /** Check that an accepted result is the receipt's. The one of a rejection is the oracles' own. */
  #result(): Check {
    if (this.#decision?.verdict !== "accept") return notChecked("result", "attestations", "no result was accepted");
    const receipt = this.#readable();
    const [claimed, agreed] = [receipt && resultOf(receipt), this.#decision.result];
    const same =
      claimed?.ending === agreed.ending && claimed.exitCode === agreed.exitCode && sameBytes(claimed.root, agreed.root);
    return found("result", "attestations[0]", same, "is another result than the receipt's");
  }

  #outcome(): Check {
    const { outcome } = this.#read;
    const wanted = outcome === "settled" ? "accept" : outcome === "rejected" ? "reject" : undefined;
    const verdict = this.#decision?.verdict;
    return found("outcome", "outcome", verdict === wanted, `does not follow the verdict ${verdict ?? "none"}`);
  }

  #money(): Check[] {
    const { money, outcome } = this.#read;
    const { cap, shares } = this.#job;
    const decision = outcome === "accepted" ? NO_DECISION : outcome === "settled" ? this.#decision : undefined;
    const due = decision === undefined ? 0n : price(this.#job, decision);
    const [protocol, stakers, operations] = [shares.protocolBps, shares.stakersBps, shares.operationsBps].map(
      (bps) => (money.price * BigInt(bps)) / BPS,
    ) as [bigint, bigint, bigint];
    const split = [money.price - protocol - operations, protocol - stakers, stakers, operations].join();
    const given = [money.nodeShare, money.treasury, money.stakers, money.operations].join();
    return [
      found("price", "money.price", money.price === due, `these terms and seconds give ${due}`),
      found("fee split", "money", split === given, `the fee shares give ${split}`),
      found("refund", "money.refund", money.refund === cap - money.price, `cap less price is ${cap - money.price}`),
    ];
  }

  #submission(): [Uint8Array, Uint8Array, Uint8Array] {
    const { address, sequence, attempt } = this.#job;
    return [addressBytes(address), littleEndian(sequence, 8), littleEndian(attempt, 1)];
  }

  #readable(): WorkerReceipt | undefined {
    return this.#receipt instanceof InvalidMember ? undefined : this.#receipt;
  }

  #isOracle(key: string): boolean {
    return this.#epoch?.keys.some((oracle) => oracle === key) ?? false;
  }

  #isJudged(): boolean {
    return this.#read.outcome === "settled" || this.#read.outcome === "rejected";
  }
}

/** Return what the buyer pays for an accepted job, before fees (docs/verdict.md). */
function price(job: JobFacts, decision: Decision): bigint {
  if (decision.verdict !== "accept") return 0n;
  const own = BigInt(decision.own);
  let seconds = least(BigInt(job.seconds), BigInt(job.timeoutSeconds));
  if (decision.blame === "metering") {
    seconds = least(seconds, (own * most(BPS, BigInt(job.baselineBps)) + BPS - 1n) / BPS);
  }
  let amount = (job.rate * seconds * BPS) / most(BPS, BigInt(job.ratioBps));
  if (job.auditBps === ALWAYS && decision.audit === "repeated") amount = least(amount, job.rate * (own + own / 4n + 2n));
  return least(amount, job.cap);
}

/** Return true for the 48 bytes of a finding whose unused bytes are zero (docs/findings.md). */
function isFinding(content: Uint8Array): boolean {
  const [kind = 0, reason = 0, ending = 0, exitCode = 0] = content;
  const isZero = (from: number, to = content.length) => content.subarray(from, to).every((byte) => byte === 0);
  if (kind === 1) return Object.values<number>(REASONS).includes(reason) && isZero(2);
  if (kind === 2) return reason === 0 && ending <= ENDINGS.stopped && (ending === 0 || (exitCode === 0 && isZero(4, 36)));
  return (kind === 3 || kind === 4) && isZero(1);
}

function attempt(document: Document): WorkerReceipt | InvalidMember {
  try {
    return readWorkerReceipt(document);
  } catch (fault) {
    if (fault instanceof InvalidMember) return fault;
    throw fault;
  }
}

function hasHash(document: Document, hash: Uint8Array): boolean {
  try {
    return sameBytes(canonicalHash(document), hash);
  } catch {
    return false; // it has no canonical form
  }
}

function padded(domain: string): Uint8Array {
  const bytes = new Uint8Array(16);
  bytes.set(utf8ToBytes(domain));
  return bytes;
}

function least(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}

function most(one: bigint, other: bigint): bigint {
  return one > other ? one : other;
}

function found(name: string, member: string, isRight: boolean, detail: string): Check {
  return isRight ? { name, result: "holds", member, detail: "" } : fails(name, member, detail);
}

function fails(name: string, member: string, detail: string): Check {
  return { name, result: "fails", member, detail };
}

function notChecked(name: string, member: string, detail: string): Check {
  return { name, result: "not checked", member, detail };
}
