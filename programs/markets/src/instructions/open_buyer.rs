#![allow(unused_variables)] // The derive does not see that a seed uses an instruction argument.

use anchor_lang::{bytemuck::Zeroable, prelude::*};
use hypernode_runtime::seeded::create_with_seed;

use crate::{
    constants::BUYER_SEED,
    errors::MarketsError,
    events::BuyerOpened,
    state::{BuyerAccount, Config},
    tokens::open_vault,
};

#[derive(Accounts)]
#[instruction(vault_bump: u8)]
pub struct OpenBuyer {
    pub owner: Signer,
    /// Pays the rent; may be the owner.
    #[account(mut, unsafe(dup))]
    pub payer: Signer,
    #[account(seeds = [b"config"], bump)]
    pub config: Account<Config>,
    /// CHECK: address constraint.
    #[account(address = config.mint @ MarketsError::WrongMint)]
    pub mint: UncheckedAccount,
    /// CHECK: `create_with_seed` allows one address per owner, so no sequence number can occur twice.
    #[account(mut)]
    pub buyer: UncheckedAccount,
    /// CHECK: address by its seeds, so that no private key controls the vault. Any valid bump is safe, because
    /// the owner has one buyer account and it stores the vault's address.
    #[account(mut, seeds = [b"buyer_vault", owner.address().as_ref()], bump = vault_bump)]
    pub vault: UncheckedAccount,
    pub token_program: Program<Token>,
    pub system_program: Program<System>,
}

impl OpenBuyer {
    pub fn open_buyer(ctx: &mut Context<Self>, vault_bump: u8) -> Result<()> {
        let accounts = &ctx.accounts;
        let slot = Clock::get()?.slot;
        let sequence = BuyerAccount::first_sequence(slot)?;
        let (owner, payer) = (*accounts.owner.address(), *accounts.payer.address());
        open_vault(
            &accounts.payer,
            &accounts.vault,
            &accounts.mint,
            &owner,
            vault_bump,
        )?;
        let buyer = BuyerAccount {
            owner,
            payer,
            vault: *accounts.vault.address(),
            sequence: sequence.into(),
            opened_slot: slot.into(),
            vault_bump,
            ..BuyerAccount::zeroed()
        };
        create_with_seed(
            &accounts.payer,
            &accounts.owner,
            &accounts.buyer,
            BUYER_SEED,
            &buyer,
        )?;
        emit!(BuyerOpened {
            buyer: buyer.owner,
            account: *accounts.buyer.address(),
            payer: buyer.payer,
            sequence: buyer.sequence,
            slot: buyer.opened_slot,
        });
        Ok(())
    }
}
