// Table of Hypernode's programs by name: address, events and errors of each.
import type { Address } from "@solana/kit";
import * as programs from "./generated/programs.ts";

export type ProgramName = keyof typeof programs;

export interface EventDefinition<T = unknown> {
  readonly discriminator: readonly number[];
  readonly decoder: () => { decode: (bytes: Uint8Array) => T };
}

export interface ErrorDefinition {
  readonly name: string;
  readonly message: string;
}

export interface Program {
  readonly name: ProgramName;
  readonly address: Address;
  readonly events: Readonly<Record<string, EventDefinition>>;
  readonly errors: Readonly<Record<number, ErrorDefinition>>;
}

/** Programs by address. */
export const PROGRAMS: ReadonlyMap<string, Program> = new Map(
  (Object.keys(programs) as ProgramName[]).map((name) => {
    const { PROGRAM_ADDRESS: address, EVENTS: events, ERRORS: errors } = programs[name];
    return [address, { name, address, events, errors }];
  }),
);
