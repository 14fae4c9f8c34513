use anchor_lang::prelude::*;

use crate::{constants::SLASHER, errors::StakingError, events::HoldReleased, state::Stake};

#[derive(Accounts)]
pub struct ReleaseHold {
    #[account(address = SLASHER @ StakingError::NotSlasher)]
    pub slasher: Signer,
    #[account(mut)]
    pub stake: Account<Stake>,
}

impl ReleaseHold {
    pub fn release_hold(ctx: &mut Context<Self>, amount: u64) -> Result<()> {
        let stake = &mut ctx.accounts.stake;
        stake.release(amount)?;
        stake.invariant()?;
        emit!(HoldReleased {
            owner: stake.owner,
            holds: stake.holds,
            held_amount: stake.held_amount,
        });
        Ok(())
    }
}
