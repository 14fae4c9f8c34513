// The cluster description: a signed document with the programs and oracle epochs of one chain.
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { type Address, getPublicKeyFromAddress, type SignatureBytes, verifySignature } from "@solana/kit";
import { canonicalHash } from "./canonical.ts";
import { DocumentReader } from "./document.ts";

const TYPE = "hn/cluster/1";
const SIGNATURE_DOMAIN = utf8ToBytes("hn/cluster-signature/1");
const PROGRAMS = ["governance", "markets", "rewards", "slashing", "staking"] as const;
const GPU_VENDORS = { nvidia: 1, amd: 2 } as const;
const U32_MAX = 2 ** 32 - 1;

/** How many groups of how many slots decide a draw, and how many slots after the submission they begin. */
export interface Geometry {
  readonly groups: number;
  readonly slots: number;
  readonly distance: number;
}

/** One numbered oracle set: `threshold` of its keys decide. */
export interface OracleEpoch {
  readonly epoch: bigint;
  readonly threshold: number;
  readonly keys: readonly Address[];
  readonly geometry: Geometry;
}

export interface ClusterDescription {
  readonly name: string;
  readonly genesis: Uint8Array;
  readonly programs: Readonly<Record<(typeof PROGRAMS)[number], Address>>;
  readonly mint: Address;
  readonly epochs: readonly OracleEpoch[];
  readonly signer: Address;
}

/** Return a signed description; throw `InvalidMember` unless the signer that it names signed it. */
export async function readCluster(document: unknown): Promise<ClusterDescription> {
  const reader = new DocumentReader(document);
  const described = reader.mapping("description");
  const description = readDescription(new DocumentReader(described, "description"));
  const signature = reader.hex("signature", 64);
  reader.finish();
  const message = Uint8Array.from([...SIGNATURE_DOMAIN, ...canonicalHash(described)]);
  if (!(await isSigned(description.signer, message, signature))) {
    throw reader.refuse("signature", `is not one of ${description.signer} over this description`);
  }
  return description;
}

/** Return true if the key signed exactly this message. */
export async function isSigned(key: Address, message: Uint8Array, signature: Uint8Array): Promise<boolean> {
  try {
    return await verifySignature(await getPublicKeyFromAddress(key), signature as SignatureBytes, message);
  } catch {
    return false; // the bytes are not a point of the curve
  }
}

function readDescription(reader: DocumentReader): ClusterDescription {
  reader.kind(TYPE);
  const name = reader.text("name");
  if (!/^[ -~]{1,64}$/.test(name)) throw reader.refuse("name", "must have 1 to 64 printable ASCII characters");
  const programs = reader.object("programs");
  const addresses = Object.fromEntries(PROGRAMS.map((program) => [program, programs.address(program)]));
  programs.finish();
  const description = {
    name,
    genesis: reader.hex("genesis", 32),
    programs: addresses as ClusterDescription["programs"],
    mint: reader.address("mint"),
    epochs: reader.objects("epochs").map(readEpoch),
    signer: reader.address("signer"),
  };
  reader.finish();
  const numbers = description.epochs.map(({ epoch }) => epoch);
  if (numbers.length === 0 || numbers.some((epoch, at) => at > 0 && epoch <= (numbers[at - 1] ?? epoch))) {
    throw reader.refuse("epochs", "must name at least one epoch, each once and in order");
  }
  return description;
}

function readEpoch(reader: DocumentReader): OracleEpoch {
  const draw = reader.object("draw");
  const geometry = {
    groups: draw.integer("groups", 1, 8),
    slots: draw.integer("slots", 1, U32_MAX),
    distance: draw.integer("distance", 1, U32_MAX),
  };
  draw.finish();
  const epoch = reader.u64("epoch");
  const threshold = reader.integer("threshold", 2, 4);
  const keys = reader.objects("oracles").map(readOracle);
  reader.finish();
  const wanted = 2 * threshold - 1;
  if (keys.length !== wanted || new Set(keys).size !== wanted) {
    throw reader.refuse("oracles", `must be ${wanted} oracles with different keys`);
  }
  return { epoch, threshold, keys, geometry };
}

/** Return the key of an oracle. Wallet, address and machine are checked, and no check needs them. */
function readOracle(reader: DocumentReader): Address {
  const key = reader.address("key");
  reader.optional("wallet", () => reader.address("wallet"));
  const url = reader.optional("address", () => reader.text("address"));
  if (url !== null && !/^https?:\/\/[!-~]{1,250}$/.test(url)) {
    throw reader.refuse("address", "must be null or an http or https URL");
  }
  reader.optional("machine", () => {
    readMachine(reader.object("machine"));
  });
  reader.finish();
  return key;
}

function readMachine(reader: DocumentReader): void {
  for (const name of ["cpu_millis", "memory_mib", "disk_mib"]) reader.integer(name, 1, U32_MAX);
  reader.optional("gpu", () => {
    const gpu = reader.object("gpu");
    gpu.named("vendor", GPU_VENDORS);
    gpu.integer("count", 1, 255);
    gpu.integer("vram_mib", 0, U32_MAX);
    gpu.finish();
  });
  reader.finish();
}
