// Addresses that the IDLs cannot express: seeded addresses of the system program, and token accounts.
import { address, type Address, createAddressWithSeed, getAddressEncoder, getProgramDerivedAddress } from "@solana/kit";
import { GOVERNANCE_PROGRAM_ADDRESS } from "./generated/governance/programs/index.ts";
import { MARKETS_PROGRAM_ADDRESS } from "./generated/markets/programs/index.ts";

const TOKEN_PROGRAM = address("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA");
const ASSOCIATED_TOKEN_PROGRAM = address("ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL");

/** Return the address of a wallet's buyer account. */
export function findBuyerAddress(owner: Address): Promise<Address> {
  return createAddressWithSeed({ baseAddress: owner, programAddress: MARKETS_PROGRAM_ADDRESS, seed: "buyer" });
}

/** Return the address of a wallet's vote on the proposal with this number. */
export function findVoteAddress(voter: Address, proposal: bigint): Promise<Address> {
  const seed = `vote${proposal.toString(16).padStart(16, "0")}`;
  return createAddressWithSeed({ baseAddress: voter, programAddress: GOVERNANCE_PROGRAM_ADDRESS, seed });
}

/** Return the associated token account of a wallet for one mint. */
export async function findTokenAddress(owner: Address, mint: Address): Promise<Address> {
  const encoder = getAddressEncoder();
  const seeds = [owner, TOKEN_PROGRAM, mint].map((seed) => encoder.encode(seed));
  return (await getProgramDerivedAddress({ programAddress: ASSOCIATED_TOKEN_PROGRAM, seeds }))[0];
}
