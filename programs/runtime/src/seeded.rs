//! Makes an account at the one address that a signer has for a seed: SHA-256 of signer, seed and program.
//!
//! A program-derived address is found by trying bumps, 332 compute units a step and as many steps as the keys
//! happen to need. This one is found at once, whatever the keys, and there is no second one for the same seed;
//! its signer has to sign for its making. The account can sign for nothing.
use anchor_lang::{cpi::rent_exempt_lamports, prelude::*};
use bytemuck::NoUninit;
use pinocchio_system::instructions::{AllocateWithSeed, CreateAccountWithSeed, Transfer};

/// Make `account` at the address of `base` and `seed`, with `value` in it; `payer` pays what rent is missing.
///
/// The system program refuses any other address, and an account that is there already. Lamports that somebody
/// sent beforehand do not stop it.
pub fn create_with_seed<T: Owner + Discriminator + NoUninit>(
    payer: &Signer,
    base: &Signer,
    account: &UncheckedAccount,
    seed: &str,
    value: &T,
) -> Result<()> {
    let space = T::DISCRIMINATOR.len().saturating_add(size_of::<T>());
    let rent = rent_exempt_lamports(space)?;
    let (payer, base, mut account) = (payer.account(), base.account(), *account.account());
    let there = account.lamports();
    if there == 0 {
        CreateAccountWithSeed {
            from: payer,
            to: &account,
            base: Some(base),
            seed,
            lamports: rent,
            space: space as u64,
            owner: &T::OWNER,
        }
        .invoke()?;
    } else {
        let missing = rent.saturating_sub(there);
        if missing > 0 {
            Transfer {
                from: payer,
                to: &account,
                lamports: missing,
            }
            .invoke()?;
        }
        AllocateWithSeed {
            account: &account,
            base,
            seed,
            space: space as u64,
            owner: &T::OWNER,
        }
        .invoke()?;
    }
    let mut data = account.try_borrow_mut()?;
    let (kind, content) = data
        .split_at_mut_checked(T::DISCRIMINATOR.len())
        .ok_or(ProgramError::AccountDataTooSmall)?;
    kind.copy_from_slice(T::DISCRIMINATOR);
    content.copy_from_slice(bytemuck::bytes_of(value));
    Ok(())
}
