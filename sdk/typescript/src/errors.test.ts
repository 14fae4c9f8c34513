// Tests of program errors: the program that failed first and its number name the rule.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  getSolanaErrorFromTransactionError,
  SOLANA_ERROR__JSON_RPC__SERVER_ERROR_SEND_TRANSACTION_PREFLIGHT_FAILURE,
  SolanaError,
  type TransactionError,
} from "@solana/kit";
import { programError } from "./errors.ts";
import { PROGRAMS } from "./programs.ts";

const [INNER, OUTER] = [...PROGRAMS.values()];
assert.ok(INNER && OUTER);
const FIRST = 6000;

function refused(code: number, logs: readonly string[]): SolanaError {
  const error = { InstructionError: [1, { Custom: code }] } as unknown as TransactionError;
  return new SolanaError(SOLANA_ERROR__JSON_RPC__SERVER_ERROR_SEND_TRANSACTION_PREFLIGHT_FAILURE, {
    accounts: null,
    logs: [...logs],
    cause: getSolanaErrorFromTransactionError(error),
  } as never);
}

const INSTRUCTIONS = [{ programAddress: INNER.address }, { programAddress: OUTER.address }];

test("a number is a rule of the program that returned it", () => {
  const found = programError(refused(FIRST, []), INSTRUCTIONS);
  assert.ok(found);
  assert.deepEqual(
    { program: found.program, code: found.code, rule: found.rule, message: found.message },
    { program: OUTER.name, code: FIRST, rule: OUTER.errors[FIRST]?.name, message: OUTER.errors[FIRST]?.message },
  );
});

test("the logs show which nested program refused", () => {
  const logs = [
    `Program ${INNER.address} failed: custom program error: 0x1770`,
    `Program ${OUTER.address} failed: custom program error: 0x1770`,
  ];
  assert.equal(programError(refused(FIRST, logs), INSTRUCTIONS)?.program, INNER.name);
});

test("a caller that answers with a number of its own is the origin", () => {
  const logs = [
    `Program ${INNER.address} failed: custom program error: 0x1`,
    `Program ${OUTER.address} failed: custom program error: 0x1770`,
  ];
  const found = programError(refused(FIRST, logs), INSTRUCTIONS);
  assert.equal(found?.program, OUTER.name);
  assert.deepEqual(found.logs, logs);
});

test("an unknown number keeps its value", () => {
  const found = programError(refused(2001, []), INSTRUCTIONS);
  assert.deepEqual([found?.program, found?.rule, found?.code], [OUTER.name, "Custom2001", 2001]);
});

test("an error without a program's number is not one of a program", () => {
  assert.equal(programError(new Error("offline"), INSTRUCTIONS), undefined);
});
