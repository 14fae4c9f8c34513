// Addresses that the IDL cannot express: those that a wallet makes with a seed of the system program.
import { type Address, createAddressWithSeed } from "@solana/kit";
import { GOVERNANCE_PROGRAM_ADDRESS } from "./generated/governance/programs/index.ts";
import { MARKETS_PROGRAM_ADDRESS } from "./generated/markets/programs/index.ts";

/** Return the address of a wallet's buyer account. */
export function findBuyerAddress(owner: Address): Promise<Address> {
  return createAddressWithSeed({ baseAddress: owner, programAddress: MARKETS_PROGRAM_ADDRESS, seed: "buyer" });
}

/** Return the address of a wallet's vote on the proposal with this number. */
export function findVoteAddress(voter: Address, proposal: bigint): Promise<Address> {
  const seed = `vote${proposal.toString(16).padStart(16, "0")}`;
  return createAddressWithSeed({ baseAddress: voter, programAddress: GOVERNANCE_PROGRAM_ADDRESS, seed });
}
