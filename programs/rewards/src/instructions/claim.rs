use anchor_lang::{prelude::*, CpiContext};
use hypernode_common::index::accrued;
use staking::Stake;

use crate::{
    constants::ACCUMULATOR_SEED, errors::RewardsError, events::RewardsClaimed, state::Accumulator,
    tokens::transfer,
};

#[derive(Accounts)]
pub struct Claim {
    #[account(address = stake.owner @ RewardsError::NotOwner)]
    pub owner: Signer,
    #[account(mut, seeds = [b"accumulator"], bump)]
    pub accumulator: Account<Accumulator>,
    /// Stake of the owner. There is one per wallet, so its program's ownership suffices as a check.
    #[account(mut)]
    pub stake: Account<Stake>,
    /// CHECK: address by its seeds; the token program checks the rest.
    #[account(mut, seeds = [b"vault"], bump)]
    pub vault: UncheckedAccount,
    /// CHECK: the owner chooses it; the token program requires the vault's mint.
    #[account(mut)]
    pub destination: UncheckedAccount,
    /// CHECK: address constraint.
    #[account(address = staking::ID @ RewardsError::WrongStakingProgram)]
    pub staking_program: UncheckedAccount,
    pub token_program: Program<Token>,
}

impl Claim {
    pub fn claim(ctx: &mut Context<Self>) -> Result<()> {
        let accounts = &mut ctx.accounts;
        let amount = accounts.claimable()?;
        require!(amount > 0, RewardsError::NothingToClaim);
        accounts.take()?;

        let (accumulator, stake) = (&mut accounts.accumulator, &accounts.stake);
        // The staking program must have cleared exactly what is paid here, so nothing is paid twice.
        require!(
            stake.owed == 0 && stake.reward_index == accumulator.index,
            RewardsError::InvariantBroken
        );
        accumulator.pay(amount)?;
        transfer(accumulator, &accounts.vault, &accounts.destination, amount)?;
        accumulator.invariant()?;
        emit!(RewardsClaimed {
            owner: stake.owner,
            amount: amount.into(),
            claimed: accumulator.claimed,
        });
        Ok(())
    }

    /// Return the stake's booked rewards plus what its weight has earned since.
    fn claimable(&self) -> Result<u64> {
        let (index, stake) = (self.accumulator.index.get(), &self.stake);
        accrued(stake.weight.get(), index, stake.reward_index.get())
            .and_then(|earned| earned.checked_add(stake.owed.get()))
            .ok_or(RewardsError::Overflow.into())
    }

    /// Call the staking program to clear the stake's rewards.
    fn take(&mut self) -> Result<()> {
        let bump = [self.accumulator.bump];
        let seeds: &[&[u8]] = &[ACCUMULATOR_SEED, &bump];
        let accounts = staking::cpi::accounts::TakeRewards {
            accumulator: self.accumulator.cpi_handle(),
            stake: self.stake.cpi_handle_mut(),
        };
        staking::cpi::take_rewards(CpiContext::new_with_signer(
            &staking::ID,
            accounts,
            &[seeds],
        ))
    }
}
