//! Creation of an account at the seeded address of a signer: SHA-256 of signer, seed and program.
//!
//! A program-derived address needs a search over bumps at 332 compute units a step. A seeded address takes one
//! hash, and each signer has exactly one for a seed. The signer must sign the creation; the account itself
//! cannot sign.
use anchor_lang::{cpi::rent_exempt_lamports, prelude::*};
use bytemuck::NoUninit;
use pinocchio_system::instructions::{AllocateWithSeed, CreateAccountWithSeed, Transfer};

/// Create `account` at the address of `base` and `seed` and write `value`; `payer` pays the missing rent.
///
/// The system program refuses any other address and an existing account. Lamports sent to the address
/// beforehand do not prevent the creation.
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
