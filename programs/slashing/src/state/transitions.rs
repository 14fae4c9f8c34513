//! State machine of a report. Each transition is one method.
use anchor_lang::prelude::*;

use crate::{
    constants::CLAIM_PERIOD,
    errors::SlashingError,
    math::pro_rata,
    state::{Report, ReportStatus},
};

impl Report {
    /// → Voting.
    pub fn open(&mut self, floor: u64, total_weight: u64, now: i64) -> Result<()> {
        self.bond = self.least_bond(floor)?.into();
        self.total_weight = total_weight.into();
        self.opened_at = now.into();
        self.voting_ends_at = after(now, self.voting_period)?;
        self.status = ReportStatus::Voting.into();
        Ok(())
    }

    /// → Confirmed: the end of the job is the verdict.
    pub fn open_confirmed(&mut self, total_weight: u64, now: i64) -> Result<()> {
        self.total_weight = total_weight.into();
        self.opened_at = now.into();
        self.confirm(now)
    }

    /// Count one vote.
    pub fn vote(&mut self, uphold: bool, weight: u64, now: i64) -> Result<()> {
        self.require_voting()?;
        require!(now < self.voting_ends_at.get(), SlashingError::VotingOver);
        let side = if uphold {
            &mut self.uphold_weight
        } else {
            &mut self.overturn_weight
        };
        *side = side.checked_add(weight).ok_or(SlashingError::Overflow)?;
        self.voters = self.voters.checked_add(1).ok_or(SlashingError::Overflow)?;
        Ok(())
    }

    /// Voting → Confirmed or Dismissed; Appealed → Upheld or Dismissed. `free` bounds what a confirmed report takes.
    pub fn resolve(&mut self, free: u64, now: i64) -> Result<()> {
        self.require_voting()?;
        let (count, is_first) = (self.count(), self.status == ReportStatus::Voting);
        let is_decided = if is_first {
            count.is_upheld_early()
        } else {
            count.is_appeal_decided()
        };
        require!(
            now >= self.voting_ends_at.get() || is_decided,
            SlashingError::VotingNotOver
        );
        if is_first && count.upholds() {
            self.amount = self.amount.get().min(free).into();
            return self.confirm(now);
        }
        if is_first || count.overturns() {
            return self.dismiss(now);
        }
        self.executable_at = now.into();
        self.status = ReportStatus::Upheld.into();
        Ok(())
    }

    /// Confirmed → Appealed: a second round starts. It needs more validators and the appeal quorum to overturn.
    pub fn appeal(&mut self, now: i64) -> Result<()> {
        require!(
            self.status == ReportStatus::Confirmed,
            SlashingError::NotConfirmed
        );
        require!(now < self.executable_at.get(), SlashingError::AppealOver);
        self.appeal_bond = self.appeal_price;
        self.first_uphold_weight = self.uphold_weight;
        self.first_overturn_weight = self.overturn_weight;
        self.uphold_weight = PodU64::ZERO;
        self.overturn_weight = PodU64::ZERO;
        self.voters = PodU16::ZERO;
        self.round = 2;
        self.voting_ends_at = after(now, self.voting_period)?;
        self.status = ReportStatus::Appealed.into();
        Ok(())
    }

    /// Check that the report may be executed: confirmed and not appealed in time, or upheld.
    pub fn require_executable(&self, now: i64) -> Result<()> {
        let confirmed = self.status == ReportStatus::Confirmed;
        require!(
            confirmed || self.status == ReportStatus::Upheld,
            SlashingError::NotExecutable
        );
        require!(
            now >= self.executable_at.get(),
            SlashingError::AppealNotOver
        );
        Ok(())
    }

    /// Confirmed or Upheld → Executed: book the slash, the bonds and the validators' fee. The rest is burned.
    pub fn execute(&mut self, now: i64) -> Result<()> {
        self.require_executable(now)?;
        let winners = self.first_uphold_weight.checked_add(self.uphold_weight);
        let fee = self.pay_validators(winners)?;
        self.slashed = self.amount;
        let taken = self.slashed.checked_add(take(&mut self.appeal_bond));
        // A slash below the fee leaves the rest of the fee to the reporter's bond.
        let taken = taken.ok_or(SlashingError::Overflow)?.get();
        self.burned = taken.saturating_sub(fee).into();
        let missing = fee.saturating_sub(taken);
        let bond = take(&mut self.bond).checked_sub(missing);
        self.reporter_due = bond.ok_or(SlashingError::Overflow)?;
        self.end(ReportStatus::Executed, now);
        Ok(())
    }

    /// Clear and return all dues of a wallet: as reporter and accused.
    pub fn claim(&mut self, wallet: &Address) -> Result<u64> {
        let mut total = PodU64::ZERO;
        for (whose, due) in [
            (self.reporter, &mut self.reporter_due),
            (self.accused, &mut self.accused_due),
        ] {
            if whose == *wallet {
                total = total
                    .checked_add(take(due))
                    .ok_or(SlashingError::Overflow)?;
            }
        }
        require!(total > 0, SlashingError::NothingDue);
        Ok(total.get())
    }

    /// Book and return the fee of one winning vote. The close of the report burns the remainder of rounding.
    pub fn claim_fee(&mut self, weight: u64) -> Result<u64> {
        let (share, winners) = (self.validators_share.get(), self.winning_weight.get());
        let amount = pro_rata(share, weight, winners).ok_or(SlashingError::Overflow)?;
        let due = self.validators_due.checked_sub(amount);
        self.validators_due = due.ok_or(SlashingError::InvariantBroken)?;
        let unclaimed = self.unclaimed_weight.checked_sub(weight);
        self.unclaimed_weight = unclaimed.ok_or(SlashingError::InvariantBroken)?;
        Ok(amount)
    }

    /// Check that nothing is due or the claim period is over. Return what is left to burn.
    pub fn leave(&self, now: i64) -> Result<u64> {
        require!(self.status.is_end(), SlashingError::ReportOpen);
        let claimed = self.reporter_due == 0
            && self.accused_due == 0
            && (self.unclaimed_weight == 0 || self.validators_due == 0);
        let over = now >= self.ended_at.get().saturating_add(CLAIM_PERIOD);
        require!(claimed || over, SlashingError::Unclaimed);
        self.liabilities()
    }

    fn confirm(&mut self, now: i64) -> Result<()> {
        self.confirmed_at = now.into();
        self.executable_at = after(now, self.appeal_period)?;
        self.status = ReportStatus::Confirmed.into();
        Ok(())
    }

    /// → Dismissed: the accused keeps the stake and gets every bond, less the validators' fee.
    fn dismiss(&mut self, now: i64) -> Result<()> {
        let winners = self.first_overturn_weight.checked_add(self.overturn_weight);
        let fee = self.pay_validators(winners)?;
        self.accused_due = take(&mut self.bond)
            .checked_add(take(&mut self.appeal_bond))
            .and_then(|bonds| bonds.checked_sub(fee))
            .ok_or(SlashingError::Overflow)?;
        self.end(ReportStatus::Dismissed, now);
        Ok(())
    }

    /// Book and return the fee of those who voted as the report ends; without them there is none.
    fn pay_validators(&mut self, winners: Option<PodU64>) -> Result<u64> {
        let winners = winners.ok_or(SlashingError::Overflow)?;
        let fee = if winners > 0 { self.fee() } else { 0 };
        self.validators_due = fee.into();
        self.validators_share = self.validators_due;
        self.winning_weight = winners;
        self.unclaimed_weight = winners;
        Ok(fee)
    }

    fn end(&mut self, status: ReportStatus, now: i64) {
        self.ended_at = now.into();
        self.status = status.into();
    }

    fn require_voting(&self) -> Result<()> {
        require!(
            self.status == ReportStatus::Voting || self.status == ReportStatus::Appealed,
            SlashingError::NotVoting
        );
        Ok(())
    }
}

fn take(amount: &mut PodU64) -> PodU64 {
    core::mem::replace(amount, PodU64::ZERO)
}

fn after(time: i64, seconds: PodI64) -> Result<PodI64> {
    time.checked_add(seconds.get())
        .map(PodI64::from)
        .ok_or(SlashingError::Overflow.into())
}
