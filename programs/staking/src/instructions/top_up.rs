use anchor_lang::prelude::*;
use hypernode_runtime::tokens::transfer;

use crate::{
    constants::ACCUMULATOR,
    errors::StakingError,
    events::StakeToppedUp,
    rewards::fresh_index,
    state::{Pool, Stake},
};

#[derive(Accounts)]
pub struct TopUp {
    #[account(address = stake.owner @ StakingError::NotOwner)]
    pub owner: Signer,
    #[account(mut, seeds = [b"pool"], bump)]
    pub pool: Account<Pool>,
    #[account(mut)]
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
}

impl TopUp {
    fn validate(&self, amount: u64) -> Result<()> {
        require!(amount > 0, StakingError::ZeroAmount);
        // stake
        require!(self.stake.is_active(), StakingError::CoolingDown);
        Ok(())
    }

    #[access_control(ctx.accounts.validate(amount))]
    pub fn top_up(ctx: &mut Context<Self>, amount: u64) -> Result<()> {
        let accounts = &mut ctx.accounts;
        let (stake, pool) = (&mut accounts.stake, &mut accounts.pool);
        let now = Clock::get()?.unix_timestamp;

        stake.accrue(fresh_index(&accounts.accumulator, now)?)?;
        let old_weight = stake.weight;
        stake.add(amount, now)?;
        pool.add_tokens(amount)?;
        pool.reweigh(old_weight.get(), stake.weight.get())?;
        transfer(&accounts.source, &accounts.vault, &accounts.owner, amount)?;

        stake.invariant()?;
        pool.invariant()?;
        emit!(StakeToppedUp {
            owner: stake.owner,
            added: amount.into(),
            amount: stake.amount,
            old_weight,
            weight: stake.weight,
            total_staked: pool.total_staked,
            total_weight: pool.total_weight,
        });
        Ok(())
    }
}
