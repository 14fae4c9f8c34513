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
    pub fn release_hold(ctx: &mut Context<Self>) -> Result<()> {
        let stake = &mut ctx.accounts.stake;
        stake.release()?;
        stake.invariant()?;
        emit!(HoldReleased {
            owner: stake.owner,
            holds: stake.holds,
        });
        Ok(())
    }
}
