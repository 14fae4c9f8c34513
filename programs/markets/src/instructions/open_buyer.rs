#![allow(unused_variables)] // An instruction argument that stands in a seed only looks unused to the derive.

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
    /// CHECK: by its address.
    #[account(address = config.mint @ MarketsError::WrongMint)]
    pub mint: UncheckedAccount,
    /// CHECK: made at the one address that the owner has for it: a second account would double a number.
    #[account(mut)]
    pub buyer: UncheckedAccount,
    /// CHECK: by its seeds: at any other address somebody might hold the key, and with it the money.
    /// Any bump does, since the buyer account is one and names its one vault.
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
