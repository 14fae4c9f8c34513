use anchor_lang::prelude::*;
use anchor_spl::{
    mint::Mint,
    token::{self, TokenAccount},
};

use crate::{
    errors::MarketsError,
    events::BuyerOpened,
    state::{BuyerAccount, Config},
};

#[derive(Accounts)]
pub struct OpenBuyer {
    pub owner: Signer,
    /// Pays the rent; may be the owner.
    #[account(mut, unsafe(dup))]
    pub payer: Signer,
    #[account(seeds = [b"config"], bump)]
    pub config: Account<Config>,
    #[account(address = config.mint @ MarketsError::WrongMint)]
    pub mint: Account<Mint>,
    #[account(init, payer = payer, seeds = [b"buyer", owner.address().as_ref()], bump)]
    pub buyer: Account<BuyerAccount>,
    #[account(
        init, payer = payer, seeds = [b"buyer_vault", owner.address().as_ref()], bump,
        token::mint = mint, token::authority = buyer,
    )]
    pub vault: Account<TokenAccount>,
    pub token_program: Program<Token>,
    pub system_program: Program<System>,
}

impl OpenBuyer {
    pub fn open_buyer(ctx: &mut Context<Self>) -> Result<()> {
        let accounts = &mut ctx.accounts;
        let buyer = &mut accounts.buyer;
        let slot = Clock::get()?.slot;
        buyer.owner = *accounts.owner.address();
        buyer.payer = *accounts.payer.address();
        buyer.sequence = BuyerAccount::first_sequence(slot)?.into();
        buyer.opened_slot = slot.into();
        buyer.bump = ctx.bumps.buyer;
        buyer.vault_bump = ctx.bumps.vault;
        buyer.invariant(accounts.vault.amount())?;
        emit!(BuyerOpened {
            buyer: buyer.owner,
            account: *buyer.address(),
            payer: buyer.payer,
            sequence: buyer.sequence,
            slot: buyer.opened_slot,
        });
        Ok(())
    }
}
