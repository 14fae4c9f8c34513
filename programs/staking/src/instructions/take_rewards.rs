use anchor_lang::prelude::*;

use crate::{
    constants::ACCUMULATOR, errors::StakingError, events::RewardsTaken, rewards::index,
    state::Stake,
};

#[derive(Accounts)]
pub struct TakeRewards {
    /// CHECK: address constraint and signature. Holds the index.
    #[account(signer, address = ACCUMULATOR @ StakingError::NotRewards)]
    pub accumulator: UncheckedAccount,
    #[account(mut)]
    pub stake: Account<Stake>,
}

impl TakeRewards {
    pub fn take_rewards(ctx: &mut Context<Self>) -> Result<()> {
        let accounts = &mut ctx.accounts;
        let stake = &mut accounts.stake;
        stake.accrue(index(&accounts.accumulator)?)?;
        let amount = stake.take_owed();
        stake.invariant()?;
        emit!(RewardsTaken {
            owner: stake.owner,
            amount: amount.into(),
        });
        Ok(())
    }
}
