//! Vault of a buyer account: creation, transfers and closing.
use anchor_lang::{
    cpi::{create_account_signed, CpiSeed, CpiSigner},
    prelude::*,
};
use hypernode_common::token;
use hypernode_runtime::tokens::transfer_signed;
use pinocchio_token::instructions::{CloseAccount, InitializeAccount3};

use crate::{constants::BUYER_VAULT_SEED, state::BuyerAccount};

/// Create a buyer's vault, a token account that is its own authority. The caller has checked the address.
pub fn open_vault(
    payer: &Signer,
    vault: &UncheckedAccount,
    mint: &UncheckedAccount,
    owner: &Address,
    bump: u8,
) -> Result<()> {
    create_account_signed(
        payer.account(),
        vault.account(),
        token::ACCOUNT_LEN,
        &Token::id(),
        &[BUYER_VAULT_SEED, owner.as_ref(), &[bump]],
    )?;
    InitializeAccount3::new(vault.account(), mint.account(), vault.address()).invoke()
}

/// Transfer tokens from a buyer's vault. Do nothing for zero.
pub fn transfer_from_vault(
    buyer: &BuyerAccount,
    vault: &UncheckedAccount,
    to: &UncheckedAccount,
    amount: u64,
) -> Result<()> {
    let bump = [buyer.vault_bump];
    transfer_signed(vault, to, vault, &vault_seeds(buyer, &bump), amount)
}

/// Close an empty buyer's vault. The rent goes to `payer`.
pub fn close_vault(
    buyer: &BuyerAccount,
    vault: &UncheckedAccount,
    payer: &UncheckedAccount,
) -> Result<()> {
    let bump = [buyer.vault_bump];
    let seeds = vault_seeds(buyer, &bump);
    CloseAccount::new(vault.account(), payer.account(), vault.account())
        .invoke_signed(&[CpiSigner::from(&seeds)])
}

fn vault_seeds<'a>(buyer: &'a BuyerAccount, bump: &'a [u8; 1]) -> [CpiSeed<'a>; 3] {
    [
        CpiSeed::from(BUYER_VAULT_SEED),
        CpiSeed::from(buyer.owner.as_ref()),
        CpiSeed::from(bump),
    ]
}
