//! Oracle set: the keys that attest verdicts, how many must sign, and the keys before the last rotation.
use anchor_lang::prelude::*;
use hypernode_common::ed25519::MAX_KEYS;

use crate::{
    constants::{MAX_THRESHOLD, MIN_THRESHOLD, ROTATION_PAUSE},
    errors::MarketsError,
};

#[account]
pub struct OracleSet {
    /// Genesis hash of this cluster. Oracles sign it, so that a verdict is invalid on any other cluster.
    pub cluster: [u8; 32],
    /// Number of this set. It grows by one at each rotation. A job is judged by the set of its assignment.
    pub epoch: PodU64,
    pub rotated_at: PodI64,
    /// Number of different keys that must sign: k of 2 k - 1.
    pub threshold: u8,
    pub count: u8,
    /// The first `count` entries are in use, the rest are zero.
    pub keys: [Address; MAX_KEYS],
    /// The epoch before, which still judges the jobs assigned under it. Zero before the first rotation.
    pub previous_threshold: u8,
    pub previous_count: u8,
    pub previous_keys: [Address; MAX_KEYS],
    pub bump: u8,
}

/// Keys of one epoch, and how many of them must sign.
pub struct Quorum<'a> {
    pub keys: &'a [Address],
    pub threshold: u8,
}

impl OracleSet {
    /// Return the keys that judge jobs assigned under `epoch`: the current ones, or those before the last rotation.
    pub fn quorum(&self, epoch: u64) -> Result<Quorum<'_>> {
        if self.epoch == epoch {
            return Ok(Quorum {
                keys: used(&self.keys, self.count),
                threshold: self.threshold,
            });
        }
        let is_previous = epoch.checked_add(1) == Some(self.epoch.get());
        require!(
            is_previous && self.previous_count > 0,
            MarketsError::EpochOver
        );
        Ok(Quorum {
            keys: used(&self.previous_keys, self.previous_count),
            threshold: self.previous_threshold,
        })
    }

    /// Begin the first epoch.
    pub fn open(&mut self, keys: &[Address], threshold: u8, now: i64) -> Result<()> {
        let slots = self
            .keys
            .get_mut(..keys.len())
            .ok_or(MarketsError::BadOracleSet)?;
        slots.copy_from_slice(keys);
        if let Some(rest) = self.keys.get_mut(keys.len()..) {
            rest.fill(Address::default());
        }
        self.count = u8::try_from(keys.len()).map_err(|_| MarketsError::BadOracleSet)?;
        self.threshold = threshold;
        self.rotated_at = now.into();
        self.epoch = self.epoch.checked_add(1).ok_or(MarketsError::Overflow)?;
        Ok(())
    }

    /// Replace all keys. The old ones stay valid for their jobs until the next rotation, so two rotations lie apart.
    pub fn rotate(&mut self, keys: &[Address], threshold: u8, now: i64) -> Result<()> {
        let since = now.saturating_sub(self.rotated_at.get());
        require!(since >= ROTATION_PAUSE, MarketsError::RotatedRecently);
        self.previous_threshold = self.threshold;
        self.previous_count = self.count;
        self.previous_keys = self.keys;
        self.open(keys, threshold, now)
    }

    pub fn invariant(&self) -> Result<()> {
        let keys = used(&self.keys, self.count);
        let different = keys
            .iter()
            .enumerate()
            .all(|(i, key)| !keys.iter().take(i).any(|earlier| earlier == key));
        let members = self.threshold.saturating_mul(2).saturating_sub(1);
        let sound = (MIN_THRESHOLD..=MAX_THRESHOLD).contains(&self.threshold)
            && self.count == members
            && !keys.contains(&Address::default())
            && different;
        require!(sound, MarketsError::BadOracleSet);
        Ok(())
    }
}

fn used(keys: &[Address; MAX_KEYS], count: u8) -> &[Address] {
    keys.get(..usize::from(count)).unwrap_or(&[])
}
