use anchor_lang::prelude::*;
use hypernode_runtime::tokens::transfer;

use crate::{
    constants::ACCUMULATOR,
    errors::StakingError,
    events::Staked,
    rewards::fresh_index,
    state::{Pool, Stake},
};

#[derive(Accounts)]
pub struct OpenStake {
    /// Owner of the tokens and of the new stake.
    pub owner: Signer,
    /// Pays the rent; may be the owner.
    #[account(mut, unsafe(dup))]
    pub payer: Signer,
    #[account(mut, seeds = [b"pool"], bump)]
    pub pool: Account<Pool>,
    #[account(init, payer = payer, seeds = [b"stake", owner.address().as_ref()], bump)]
    pub stake: Account<Stake>,
    /// CHECK: address constraint. Earnings are booked at its index.
    #[account(address = ACCUMULATOR @ StakingError::WrongAccumulator)]
    pub accumulator: UncheckedAccount,
    /// CHECK: address by its seeds; the token program checks the rest.
    #[account(mut, seeds = [b"vault"], bump)]
    pub vault: UncheckedAccount,
    /// CHECK: the token program requires the vault's mint and the owner's signature.
    #[account(mut)]
    pub source: UncheckedAccount,
    pub token_program: Program<Token>,
    pub system_program: Program<System>,
}

impl OpenStake {
    pub fn stake(ctx: &mut Context<Self>, amount: u64, duration: i64) -> Result<()> {
        require!(amount > 0, StakingError::ZeroAmount);
        let accounts = &mut ctx.accounts;
        let (stake, pool) = (&mut accounts.stake, &mut accounts.pool);
        let now = Clock::get()?.unix_timestamp;
        let index = fresh_index(&accounts.accumulator, now)?;

        stake.owner = *accounts.owner.address();
        stake.payer = *accounts.payer.address();
        stake.bump = ctx.bumps.stake;
        stake.open(amount, duration, index, now)?;
        pool.add_tokens(amount)?;
        pool.reweigh(0, stake.weight.get())?;
        transfer(&accounts.source, &accounts.vault, &accounts.owner, amount)?;

        stake.invariant()?;
        pool.invariant()?;
        emit!(Staked {
            owner: stake.owner,
            amount: stake.amount,
            weight: stake.weight,
            duration: stake.duration,
            total_staked: pool.total_staked,
            total_weight: pool.total_weight,
        });
        Ok(())
    }
}
