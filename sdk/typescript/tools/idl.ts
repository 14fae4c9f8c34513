// Parts of an Anchor IDL (spec 0.1.0) that the generator reads, and the search for the files.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface Named {
  readonly name: string;
}

export interface Discriminated extends Named {
  readonly discriminator: readonly number[];
}

export interface ErrorDefinition extends Named {
  readonly code: number;
  readonly msg?: string;
}

export interface TypeDefinition extends Named {
  readonly type: { readonly kind: string; readonly alias?: unknown };
}

export interface Seed {
  readonly kind: "const" | "account" | "arg";
  readonly value?: readonly number[];
  readonly path?: string;
}

export interface AccountSlot extends Named {
  readonly address?: string;
  readonly signer?: boolean;
  readonly writable?: boolean;
  readonly optional?: boolean;
  readonly pda?: { readonly seeds: readonly Seed[]; readonly program?: Seed };
}

export interface InstructionDefinition extends Discriminated {
  readonly accounts: readonly AccountSlot[];
  readonly args: readonly (Named & { readonly type: unknown })[];
}

export interface Idl {
  readonly address: string;
  readonly metadata: Named & { readonly version: string; readonly spec: string };
  readonly instructions: readonly InstructionDefinition[];
  readonly accounts?: readonly Discriminated[];
  readonly events?: readonly Discriminated[];
  readonly types?: readonly TypeDefinition[];
  readonly errors?: readonly ErrorDefinition[];
}

/** Return every IDL of a folder, in the order of the file names. */
export function readIdls(folder: string): Idl[] {
  const files = readdirSync(folder).filter((file) => file.endsWith(".json"));
  return files.sort().map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as Idl);
}
