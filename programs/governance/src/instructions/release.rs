use anchor_lang::prelude::*;
use hypernode_runtime::tokens::amount_of;

use crate::{
    constants::{COMMUNITY, MIN_RELEASE},
    errors::GovernanceError,
    events::Released,
    state::{Config, Release, Split},
    tokens::{burn_owned, transfer_owned},
};

#[derive(Accounts)]
pub struct MakeRelease {
    /// Pays the rent of the record, which is never closed.
    #[account(mut)]
    pub payer: Signer,
    #[account(mut, seeds = [b"config"], bump)]
    pub config: Account<Config>,
    /// CHECK: address by its seeds. Signs the transfers and the burn.
    #[account(seeds = [b"authority"], bump)]
    pub authority: UncheckedAccount,
    #[account(
        init, payer = payer,
        seeds = [b"release", &config.release_count.get().to_le_bytes()], bump,
    )]
    pub release: Account<Release>,
    /// CHECK: address by its seeds. Holds the tokens to split.
    #[account(mut, seeds = [b"unlocks"], bump)]
    pub unlocks: UncheckedAccount,
    /// CHECK: address constraint. The rewards program's token account.
    #[account(mut, address = COMMUNITY @ GovernanceError::WrongDestination)]
    pub community: UncheckedAccount,
    /// CHECK: address constraint.
    #[account(mut, address = config.operations @ GovernanceError::WrongDestination)]
    pub operations: UncheckedAccount,
    /// CHECK: address constraint. Its supply falls.
    #[account(mut, address = config.mint @ GovernanceError::WrongMint)]
    pub mint: UncheckedAccount,
    pub token_program: Program<Token>,
    pub system_program: Program<System>,
}

impl MakeRelease {
    pub fn release(ctx: &mut Context<Self>) -> Result<()> {
        let accounts = &mut ctx.accounts;
        let amount = amount_of(&accounts.unlocks)?;
        require!(amount >= MIN_RELEASE, GovernanceError::TooLittleToRelease);
        let split = Split::of(amount)?;

        let owner = (&accounts.authority, ctx.bumps.authority);
        let (unlocks, mint) = (&accounts.unlocks, &accounts.mint);
        transfer_owned(unlocks, &accounts.community, owner, split.community)?;
        burn_owned(unlocks, mint, owner, split.burned)?;
        transfer_owned(unlocks, &accounts.operations, owner, split.operations)?;

        let (config, release) = (&mut accounts.config, &mut accounts.release);
        release.number = config.release_count;
        release.released_at = Clock::get()?.unix_timestamp.into();
        release.amount = amount.into();
        release.community = split.community.into();
        release.burned = split.burned.into();
        release.operations = split.operations.into();
        release.bump = ctx.bumps.release;
        config.count_release(&split)?;
        config.invariant()?;
        emit!(Released {
            release: *release.address(),
            number: release.number,
            amount: release.amount,
            community: release.community,
            burned: release.burned,
            operations: release.operations,
            community_total: config.community_total,
            burned_total: config.burned_total,
            operations_total: config.operations_total,
        });
        Ok(())
    }
}
