use anchor_lang::prelude::*;

use crate::{
    constants::ACCUMULATOR,
    errors::StakingError,
    events::StakeExtended,
    rewards::fresh_index,
    state::{Pool, Stake},
};

#[derive(Accounts)]
pub struct Extend {
    #[account(address = stake.owner @ StakingError::NotOwner)]
    pub owner: Signer,
    #[account(mut, seeds = [b"pool"], bump)]
    pub pool: Account<Pool>,
    #[account(mut)]
    pub stake: Account<Stake>,
    /// CHECK: address constraint. Earnings are booked at its index.
    #[account(address = ACCUMULATOR @ StakingError::WrongAccumulator)]
    pub accumulator: UncheckedAccount,
}

impl Extend {
    fn validate(&self) -> Result<()> {
        // stake
        require!(self.stake.is_active(), StakingError::CoolingDown);
        Ok(())
    }

    #[access_control(ctx.accounts.validate())]
    pub fn extend(ctx: &mut Context<Self>, duration: i64) -> Result<()> {
        let accounts = &mut ctx.accounts;
        let (stake, pool) = (&mut accounts.stake, &mut accounts.pool);
        let now = Clock::get()?.unix_timestamp;

        stake.accrue(fresh_index(&accounts.accumulator, now)?)?;
        let (old_duration, old_weight) = (stake.duration, stake.weight);
        stake.extend(duration, now)?;
        pool.reweigh(old_weight.get(), stake.weight.get())?;

        stake.invariant()?;
        pool.invariant()?;
        emit!(StakeExtended {
            owner: stake.owner,
            amount: stake.amount,
            old_duration,
            duration: stake.duration,
            old_weight,
            weight: stake.weight,
            total_weight: pool.total_weight,
        });
        Ok(())
    }
}
