use anchor_lang::prelude::*;

use crate::{constants::SLASHER, errors::StakingError, events::StakeHeld, state::Stake};

#[derive(Accounts)]
pub struct Hold {
    #[account(address = SLASHER @ StakingError::NotSlasher)]
    pub slasher: Signer,
    #[account(mut)]
    pub stake: Account<Stake>,
}

impl Hold {
    pub fn hold(ctx: &mut Context<Self>, amount: u64) -> Result<()> {
        let stake = &mut ctx.accounts.stake;
        stake.hold(amount, Clock::get()?.unix_timestamp)?;
        stake.invariant()?;
        emit!(StakeHeld {
            owner: stake.owner,
            holds: stake.holds,
            held_amount: stake.held_amount,
        });
        Ok(())
    }

    pub fn hold_more(ctx: &mut Context<Self>, amount: u64) -> Result<()> {
        let stake = &mut ctx.accounts.stake;
        stake.hold_more(amount)?;
        stake.invariant()?;
        emit!(StakeHeld {
            owner: stake.owner,
            holds: stake.holds,
            held_amount: stake.held_amount,
        });
        Ok(())
    }
}
