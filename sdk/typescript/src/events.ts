// Decoder of program events from a transaction's logs.
//
// Every program may write "Program data:" lines, so a line counts only for the running program. The
// runtime's lines name that program: `invoke [n]` enters and `success` or `failed` leaves. Text of a program starts with
// "Program log:" and cannot imitate those lines.
import { getBase64Encoder } from "@solana/kit";
import type * as programs from "./generated/programs.ts";
import { type Program, type ProgramName, PROGRAMS } from "./programs.ts";

const INVOKE = /^Program (\w{32,44}) invoke \[(\d+)\]$/;
const LEAVE = /^Program (\w{32,44}) (?:success|failed: .*)$/s;
const DATA = "Program data: ";
const TRUNCATED = "Log truncated";

type Events<P extends ProgramName> = (typeof programs)[P]["EVENTS"];
type Decoded<D> = D extends { readonly decoder: () => { decode: (...bytes: never[]) => infer T } } ? T : never;

/** Event that this client knows; `program` and `name` select the type of `data`. */
export type KnownEvent = {
  [P in ProgramName]: {
    [N in keyof Events<P>]: { readonly program: P; readonly name: N; readonly data: Decoded<Events<P>[N]> };
  }[keyof Events<P>];
}[ProgramName];

/** Event that a newer version of a program emitted: its bytes, discriminator first. */
export interface UnknownEvent {
  readonly program: ProgramName;
  readonly name: "Unknown";
  readonly data: Uint8Array;
}

export type ProgramEvent = KnownEvent | UnknownEvent;

export interface DecodedLogs {
  readonly events: readonly ProgramEvent[];
  /** False if the runtime truncated the logs, so that events may be missing. */
  readonly complete: boolean;
}

/** Error of logs that no runtime writes: a program leaves that never entered. */
export class InvalidLogs extends Error {
  override readonly name = "InvalidLogs";
}

/** Return the events of Hypernode's programs in the order of their emission. */
export function decodeEvents(logs: readonly string[]): DecodedLogs {
  const events: ProgramEvent[] = [];
  const running: string[] = [];
  for (const line of logs) {
    if (line === TRUNCATED) return { events, complete: false };
    const entered = INVOKE.exec(line);
    const left = LEAVE.exec(line);
    if (entered?.[1] !== undefined) {
      running.push(entered[1]);
      if (running.length !== Number(entered[2])) throw new InvalidLogs(`"${line}" is not the next call depth`);
    } else if (left !== null) {
      if (running.pop() !== left[1]) throw new InvalidLogs(`"${line}" ends a program that was not running`);
    } else if (line.startsWith(DATA)) {
      const program = PROGRAMS.get(running.at(-1) ?? "");
      if (program !== undefined) events.push(decode(program, line.slice(DATA.length)));
    }
  }
  return { events, complete: true };
}

function decode(program: Program, text: string): ProgramEvent {
  const base64 = getBase64Encoder();
  const data = Uint8Array.from(text.split(" ").flatMap((part) => [...base64.encode(part)]));
  for (const [name, { discriminator, decoder }] of Object.entries(program.events)) {
    if (discriminator.every((byte, at) => byte === data[at])) {
      const decoded = decoder().decode(data.subarray(discriminator.length));
      return { program: program.name, name, data: decoded } as KnownEvent;
    }
  }
  return { program: program.name, name: "Unknown", data };
}
