//! The arithmetic of verdicts and sentences: pure, integer.
use hypernode_common::{fees::bps_of, BPS};

/// A vote count in one round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    pub guilty: u64,
    pub innocent: u64,
    /// All weight when the report was opened, without the accused's.
    pub total: u64,
    pub voters: u16,
    pub least_voters: u16,
    pub quorum_bps: u16,
}

impl Count {
    /// Enough voters, two thirds of what was voted, and the quorum.
    pub fn convicts(&self) -> bool {
        let (guilty, innocent) = (u128::from(self.guilty), u128::from(self.innocent));
        let reached = guilty.saturating_mul(u128::from(BPS));
        let needed = u128::from(self.total).saturating_mul(u128::from(self.quorum_bps));
        self.voters >= self.least_voters
            && guilty.saturating_mul(3) >= guilty.saturating_add(innocent).saturating_mul(2)
            && reached >= needed
    }

    /// No vote to come could prevent the conviction.
    pub fn is_settled(&self) -> bool {
        let (guilty, total) = (u128::from(self.guilty), u128::from(self.total));
        self.convicts() && guilty.saturating_mul(3) > total.saturating_mul(2)
    }
}

/// Of what is slashed; the bounty gets the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SlashShares {
    pub burn_bps: u16,
    pub client_bps: u16,
}

/// Where each base unit of a slash and of the bond beside it goes; the four add up to both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    pub burned: u64,
    pub client: u64,
    pub reporter: u64,
    pub validators: u64,
}

/// Split a slash, and the bond that a lost appeal adds to the bounty. Every share is rounded down, the rest
/// is burned; so is the share of a client or of validators that do not exist. `None` for unsound shares.
pub fn sentence(
    slashed: u64,
    forfeited: u64,
    shares: SlashShares,
    has_client: bool,
    has_validators: bool,
) -> Option<Sentence> {
    let taken = u64::from(shares.burn_bps).checked_add(u64::from(shares.client_bps))?;
    let bounty = bps_of(slashed, BPS.checked_sub(taken)?)?.checked_add(forfeited)?;
    let half = bounty.checked_div(2)?;
    let client = if has_client {
        bps_of(slashed, u64::from(shares.client_bps))?
    } else {
        0
    };
    let validators = if has_validators { half } else { 0 };
    let burned = slashed
        .checked_add(forfeited)?
        .checked_sub(client)?
        .checked_sub(half)?
        .checked_sub(validators)?;
    Some(Sentence {
        burned,
        client,
        reporter: half,
        validators,
    })
}

/// `ceil(amount × bps / 10,000)`: a cap that lets at least one unit of any stake through.
pub fn bps_up(amount: u64, bps: u16) -> Option<u64> {
    let bps = u64::from(bps);
    let whole = amount.checked_div(BPS)?.checked_mul(bps)?;
    let rest = amount.checked_rem(BPS)?.checked_mul(bps)?;
    whole.checked_add(rest.div_ceil(BPS))
}

/// `floor(pool × weight / total)`.
pub fn pro_rata(pool: u64, weight: u64, total: u64) -> Option<u64> {
    let share = u128::from(pool)
        .checked_mul(u128::from(weight))?
        .checked_div(u128::from(total))?;
    u64::try_from(share).ok()
}
