// Typed errors of failed transactions, found by the failed program and the number that it returned.
//
// A number alone is ambiguous: each program has its own error 6000.
import { isSolanaError, SOLANA_ERROR__INSTRUCTION_ERROR__CUSTOM, type Instruction } from "@solana/kit";
import { type ProgramName, PROGRAMS } from "./programs.ts";

const FAILED = /^Program (\w{32,44}) failed: (.*)$/s;
const CUSTOM = /custom program error: 0x([0-9a-f]+)/;

/** Error of an instruction that a program refused. */
export class ProgramError extends Error {
  override readonly name = "ProgramError";
  /** Name of the rule, such as `InsufficientFunds`; `Custom<code>` if this client does not know it. */
  readonly rule: string;
  /** Hypernode's program, or undefined for a program of the cluster. */
  readonly program: ProgramName | undefined;
  readonly programAddress: string;
  readonly code: number;
  readonly logs: readonly string[];

  constructor(programAddress: string, code: number, logs: readonly string[], cause?: unknown) {
    const program = PROGRAMS.get(programAddress);
    const known = program?.errors[code];
    const rule = known?.name ?? `Custom${code}`;
    super(known?.message ?? `${programAddress} returned error ${code}`, { cause });
    this.rule = rule;
    this.program = program?.name;
    this.programAddress = programAddress;
    this.code = code;
    this.logs = logs;
  }
}

/**
 * Return the program's own error inside an error of @solana/kit, or undefined if there is none.
 * `instructions` are those of the transaction; `logs` are taken from the error if they are not given.
 */
export function programError(
  error: unknown,
  instructions: readonly Pick<Instruction, "programAddress">[],
  logs?: readonly string[],
): ProgramError | undefined {
  const found = logs ?? logsOf(error);
  for (const cause of causes(error)) {
    if (isSolanaError(cause, SOLANA_ERROR__INSTRUCTION_ERROR__CUSTOM)) {
      const { code, index } = cause.context;
      const outer = instructions[index]?.programAddress ?? "unknown";
      return new ProgramError(origin(outer, code, found), code, found, error);
    }
  }
  return undefined;
}

function* causes(error: unknown): Generator {
  for (let cause = error; cause instanceof Error; cause = cause.cause) yield cause;
}

function logsOf(error: unknown): readonly string[] {
  for (const cause of causes(error)) {
    if (!isSolanaError(cause)) continue;
    const { logs } = cause.context as { logs?: unknown };
    if (Array.isArray(logs)) return logs.map(String);
  }
  return [];
}

/** Return the program that returned `code`: the innermost failed one, or `outer` if the innermost one returned another number. */
function origin(outer: string, code: number, logs: readonly string[]): string {
  for (const line of logs) {
    const failed = FAILED.exec(line);
    if (failed?.[1] === undefined) continue;
    const number = CUSTOM.exec(failed[2] ?? "")?.[1];
    return number !== undefined && parseInt(number, 16) === code ? failed[1] : outer;
  }
  return outer;
}
