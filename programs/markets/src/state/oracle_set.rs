//! Oracle set: the keys that attest verdicts, and the threshold.
use anchor_lang::prelude::*;
use hypernode_common::ed25519::MAX_KEYS;

use crate::{constants::MAX_THRESHOLD, errors::MarketsError};

#[account]
pub struct OracleSet {
    /// Genesis hash of this cluster. Oracles sign it, so that a verdict is invalid on any other cluster.
    pub cluster: [u8; 32],
    /// Number of this set. It grows by one at each rotation, which invalidates older attestations.
    pub epoch: PodU64,
    /// Number of different keys that must sign.
    pub threshold: u8,
    pub count: u8,
    /// The first `count` entries are in use, the rest are zero.
    pub keys: [Address; MAX_KEYS],
    pub bump: u8,
}

impl OracleSet {
    pub fn active_keys(&self) -> &[Address] {
        self.keys.get(..usize::from(self.count)).unwrap_or(&[])
    }

    /// Replace all keys.
    pub fn rotate(&mut self, keys: &[Address], threshold: u8) -> Result<()> {
        let count = u8::try_from(keys.len()).map_err(|_| MarketsError::BadOracleSet)?;
        let slots = self
            .keys
            .get_mut(..keys.len())
            .ok_or(MarketsError::BadOracleSet)?;
        slots.copy_from_slice(keys);
        if let Some(rest) = self.keys.get_mut(keys.len()..) {
            rest.fill(Address::default());
        }
        self.count = count;
        self.threshold = threshold;
        self.epoch = self.epoch.checked_add(1).ok_or(MarketsError::Overflow)?;
        Ok(())
    }

    pub fn invariant(&self) -> Result<()> {
        let keys = self.active_keys();
        let different = keys
            .iter()
            .enumerate()
            .all(|(i, key)| !keys.iter().take(i).any(|earlier| earlier == key));
        let sound = (1..=self.count.min(MAX_THRESHOLD)).contains(&self.threshold)
            && usize::from(self.count) <= MAX_KEYS
            && !keys.contains(&Address::default())
            && different;
        require!(sound, MarketsError::BadOracleSet);
        Ok(())
    }
}
