// Sample values of IDL types for tests, each with the bytes that a program expects: little-endian, no padding.
import { type Address, getAddressDecoder, getAddressEncoder } from "@solana/kit";
import { camelCase } from "codama";
import type { Idl, Named } from "../tools/idl.ts";

interface Sample {
  readonly value: unknown;
  readonly bytes: readonly number[];
}

type Fields = readonly (Named & { readonly type: unknown })[];

/** Generator of samples. Neighbouring values differ, so that a test detects swapped fields. */
export class Sampler {
  readonly #idl: Idl;
  #next = 1;

  constructor(idl: Idl) {
    this.#idl = idl;
  }

  struct(name: string): Sample {
    const definition = this.#idl.types?.find((type) => type.name === name);
    if (definition === undefined) throw new Error(`the IDL has no type ${name}`);
    const { alias, fields } = definition.type as { alias?: unknown; fields?: Fields };
    return fields === undefined ? this.of(alias) : this.fields(fields);
  }

  fields(fields: Fields): Sample {
    const samples = fields.map((field) => ({ name: camelCase(field.name), ...this.of(field.type) }));
    return {
      value: Object.fromEntries(samples.map(({ name, value }) => [name, value])),
      bytes: samples.flatMap(({ bytes }) => bytes),
    };
  }

  of(type: unknown): Sample {
    if (typeof type === "string") {
      const value = this.#scalar(type);
      return { value, bytes: this.pack(type, value) };
    }
    const { array, vec, defined } = type as { array?: [unknown, number]; vec?: unknown; defined?: Named };
    if (defined !== undefined) return this.struct(defined.name);
    if (array !== undefined) return this.#list(...array);
    if (vec === undefined) throw new Error(`no sample of ${JSON.stringify(type)}`);
    const { value, bytes } = this.#list(vec, 2);
    return { value, bytes: [2, 0, 0, 0, ...bytes] };
  }

  /** Return the bytes of a scalar, or of an array of bytes. */
  pack(type: unknown, value: unknown): number[] {
    if (value instanceof Uint8Array) return [...value];
    if (type === "pubkey") return [...getAddressEncoder().encode(value as Address)];
    if (type === "bool") return [value === true ? 1 : 0];
    const number = BigInt(value as number);
    return Array.from({ length: Number(String(type).slice(1)) / 8 }, (_, at) => Number((number >> BigInt(8 * at)) & 255n));
  }

  #scalar(type: string): unknown {
    const number = this.#next++ % 256;
    if (type === "pubkey") return getAddressDecoder().decode(new Uint8Array(32).fill(number));
    if (type === "bool") return number % 2 === 1;
    return Number(type.slice(1)) > 32 ? BigInt(number) : number;
  }

  #list(item: unknown, length: number): Sample {
    const samples = Array.from({ length }, () => this.of(item));
    const values = samples.map(({ value }) => value);
    const value = item === "u8" ? Uint8Array.from(values as number[]) : values;
    return { value, bytes: samples.flatMap(({ bytes }) => bytes) };
  }
}
