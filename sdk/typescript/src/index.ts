// Public surface of @hypernode/sdk.
export * from "./addresses.ts";
export * from "./api.ts";
export * from "./canonical.ts";
export * from "./cid.ts";
export * from "./cluster.ts";
export * from "./connect.ts";
export { InvalidMember } from "./document.ts";
export * from "./errors.ts";
export * from "./events.ts";
export * from "./generated/programs.ts";
export * from "./http-signature.ts";
export { type Check, type CheckResult, verifyJobReceipt } from "./job-receipt.ts";
export * from "./outputs.ts";
export * from "./programs.ts";
