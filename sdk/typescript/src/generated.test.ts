// Tests of the generated clients against their IDL: every instruction, account, event and error of every program.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { type Address, createNoopSigner, getAddressDecoder, getProgramDerivedAddress, type Instruction } from "@solana/kit";
import { camelCase, pascalCase } from "codama";
import { type AccountSlot, type Discriminated, type Idl, type InstructionDefinition, readIdls } from "../tools/idl.ts";
import * as programs from "./generated/programs.ts";
import { PROGRAMS } from "./programs.ts";
import { Sampler } from "./sampler.testing.ts";

const IDLS = readIdls(join(import.meta.dirname, "..", "..", "..", "programs", "artifacts", "idl"));

type Builder = (input: Record<string, unknown>) => Instruction | Promise<Instruction>;
type Codec = () => { decode: (bytes: Uint8Array) => unknown; encode: (value: unknown) => Uint8Array };

function exported(idl: Idl, name: string): unknown {
  const client: Readonly<Record<string, unknown>> = programs[camelCase(idl.metadata.name) as keyof typeof programs];
  return client[name];
}

function addressOf(name: string): Address {
  return getAddressDecoder().decode(new TextEncoder().encode(name.padEnd(32, ".")).slice(0, 32));
}

test("every IDL has a client", () => {
  assert.ok(IDLS.length > 0);
  assert.deepEqual([...PROGRAMS.keys()].sort(), IDLS.map((idl) => idl.address).sort());
});

for (const idl of IDLS) {
  test(`${idl.metadata.name}: every instruction is built as its IDL says`, async () => {
    for (const definition of idl.instructions) await checkInstruction(idl, definition);
  });

  test(`${idl.metadata.name}: every account and event is decoded as its IDL says`, () => {
    for (const account of idl.accounts ?? []) checkAccount(idl, account);
    const { events } = PROGRAMS.get(idl.address) ?? assert.fail();
    assert.deepEqual(Object.keys(events), (idl.events ?? []).map((event) => event.name));
    for (const event of idl.events ?? []) {
      const { value, bytes } = new Sampler(idl).struct(event.name);
      assert.deepEqual(events[event.name]?.decoder().decode(Uint8Array.from(bytes)), value, event.name);
    }
  });

  test(`${idl.metadata.name}: every error has its name and message`, () => {
    const expected = (idl.errors ?? []).map(({ code, name, msg }) => [String(code), { name, message: msg ?? name }]);
    assert.deepEqual(PROGRAMS.get(idl.address)?.errors, Object.fromEntries(expected));
  });
}

/** Build with all accounts, and again without those that the client derives; both must match the IDL. */
async function checkInstruction(idl: Idl, definition: InstructionDefinition): Promise<void> {
  const name = `get${pascalCase(definition.name)}Instruction`;
  const build = (exported(idl, `${name}Async`) ?? exported(idl, name)) as Builder | undefined;
  assert.ok(build, `${idl.metadata.name} has no ${name}`);
  const { value, bytes } = new Sampler(idl).fields(definition.args);
  const args = value as Record<string, unknown>;
  const slots = definition.accounts;
  const given = Object.fromEntries(slots.map((slot) => [camelCase(slot.name), accountValue(slot)]));
  const underivable = slots.filter((slot) => fixedAddress(slot) === undefined && slot.pda === undefined);
  const least = Object.fromEntries(underivable.map((slot) => [camelCase(slot.name), accountValue(slot)]));

  const whole = await build({ ...args, ...given });
  assert.deepEqual(Buffer.from(whole.data ?? []), Buffer.from([...definition.discriminator, ...bytes]), name);
  assert.equal(whole.programAddress, idl.address);
  assert.deepEqual(whole.accounts?.map(({ address, role }) => ({ address, role })), slots.map((slot) => ({
    address: addressOf(slot.name),
    role: (slot.signer === true ? 2 : 0) + (slot.writable === true ? 1 : 0),
  })), name);

  const derived = await build({ ...args, ...least });
  for (const [at, slot] of slots.entries()) {
    const expected = fixedAddress(slot) ?? (await derive(idl, slot, args, definition)) ?? addressOf(slot.name);
    assert.equal(derived.accounts?.[at]?.address, expected, `${name}: ${slot.name}`);
  }
}

function accountValue(slot: AccountSlot): unknown {
  return slot.signer === true ? createNoopSigner(addressOf(slot.name)) : addressOf(slot.name);
}

/** A dotted value names a field of another account, which a client cannot derive. */
function fixedAddress(slot: AccountSlot): string | undefined {
  return slot.address?.includes(".") === true ? undefined : slot.address;
}

async function derive(
  idl: Idl, slot: AccountSlot, args: Readonly<Record<string, unknown>>, definition: InstructionDefinition,
): Promise<Address | undefined> {
  if (slot.pda === undefined) return undefined;
  const seeds = slot.pda.seeds.map((seed) => {
    if (seed.kind === "const") return Uint8Array.from(seed.value ?? []);
    const path = seed.path ?? "";
    if (seed.kind === "account") return new TextEncoder().encode(path.padEnd(32, "."));
    const { type } = definition.args.find((arg) => arg.name === path) ?? { type: undefined };
    return Uint8Array.from(new Sampler(idl).pack(type, args[camelCase(path)]));
  });
  const program = slot.pda.program?.value;
  const programAddress = program === undefined ? idl.address : getAddressDecoder().decode(Uint8Array.from(program));
  return (await getProgramDerivedAddress({ programAddress: programAddress as Address, seeds }))[0];
}

/** An account with the name of an instruction gets the suffix `Account`. */
function checkAccount(idl: Idl, { name, discriminator }: Discriminated): void {
  const clash = idl.instructions.some((instruction) => camelCase(instruction.name) === camelCase(name));
  const codec = exported(idl, `get${pascalCase(name)}${clash ? "Account" : ""}Codec`) as Codec | undefined;
  assert.ok(codec, `${idl.metadata.name} cannot decode ${name}`);
  const { value, bytes } = new Sampler(idl).struct(name);
  const data = Uint8Array.from([...discriminator, ...bytes]);
  const expected = { discriminator: Uint8Array.from(discriminator), ...(value as object) };
  assert.deepEqual(codec().decode(data), expected, name);
  assert.deepEqual(Buffer.from(codec().encode(value)), Buffer.from(data), name);
}
