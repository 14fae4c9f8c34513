//! Reads the rewards program's index; stakes book their own earnings with it, so no call is needed.
use anchor_lang::prelude::*;
use hypernode_common::index;

use crate::{constants::REWARDS, errors::StakingError};

/// What one unit of weight has earned since the beginning.
pub fn index(accumulator: &UncheckedAccount) -> Result<u128> {
    Ok(read(accumulator)?.0)
}

/// The index, if nothing has flowed since it was last brought up to date. New weight would share in that.
pub fn fresh_index(accumulator: &UncheckedAccount, now: i64) -> Result<u128> {
    let (index, stale_after) = read(accumulator)?;
    require!(now <= stale_after, StakingError::RewardsStale);
    Ok(index)
}

fn read(accumulator: &UncheckedAccount) -> Result<(u128, i64)> {
    let account = accumulator.account();
    let data = account.try_borrow()?;
    // Before the rewards program begins, nobody owns the address.
    require!(
        data.is_empty() || account.owned_by(&REWARDS),
        StakingError::WrongAccumulator
    );
    index::read(&data).ok_or(StakingError::WrongAccumulator.into())
}
