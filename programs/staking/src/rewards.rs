//! Reader of the rewards program's index. Stakes book their own earnings with it, without a call.
use anchor_lang::prelude::*;
use hypernode_common::index;

use crate::{constants::REWARDS, errors::StakingError};

/// Return what one unit of weight has earned since the program started.
pub fn index(accumulator: &UncheckedAccount) -> Result<u128> {
    Ok(read(accumulator)?.0)
}

/// Return the index if it includes all rewards due by now. Otherwise new weight would get a share of them.
pub fn fresh_index(accumulator: &UncheckedAccount, now: i64) -> Result<u128> {
    let (index, stale_after) = read(accumulator)?;
    require!(now <= stale_after, StakingError::RewardsStale);
    Ok(index)
}

fn read(accumulator: &UncheckedAccount) -> Result<(u128, i64)> {
    let account = accumulator.account();
    let data = account.try_borrow()?;
    // Before the rewards program is initialised the account is empty and has another owner.
    require!(
        data.is_empty() || account.owned_by(&REWARDS),
        StakingError::WrongAccumulator
    );
    index::read(&data).ok_or(StakingError::WrongAccumulator.into())
}
