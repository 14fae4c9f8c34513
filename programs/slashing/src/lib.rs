//! Slashing program: collects the sentences of jobs, lets validators vote on other reports, and slashes stakes.
use anchor_lang::prelude::*;

pub mod constants;
pub mod errors;
pub mod events;
mod instructions;
pub mod jobs;
pub mod math;
pub mod programs;
mod stakes;
pub mod state;
mod tokens;

pub use instructions::*;
use state::{FaultReason, SlashingParams};

declare_id!("3uryKioSZhC2NwVpUEg5vg94QXANB1GaH4eEJHGuNSSA");

#[program]
pub mod slashing {
    use super::*;

    /// Create the configuration and the vault, once. The signer must be the program's upgrade authority.
    pub fn init_config(ctx: &mut Context<InitConfig>) -> Result<()> {
        InitConfig::init_config(ctx)
    }

    /// Propose the next authority, which must accept. The zero address withdraws the proposal.
    pub fn propose_authority(
        ctx: &mut Context<ProposeAuthority>,
        new_authority: Address,
    ) -> Result<()> {
        ProposeAuthority::propose_authority(ctx, new_authority)
    }

    /// Accept the proposed authority.
    pub fn accept_authority(ctx: &mut Context<AcceptAuthority>) -> Result<()> {
        AcceptAuthority::accept_authority(ctx)
    }

    /// Set the parameters of future reports.
    pub fn set_params(ctx: &mut Context<SetParams>, params: SlashingParams) -> Result<()> {
        SetParams::set_params(ctx, params)
    }

    /// Report the owner of a stake, with a bond. The stake is held until the report has ended.
    pub fn report(ctx: &mut Context<OpenReport>, evidence: [u8; 32], reason: u8) -> Result<()> {
        OpenReport::report(ctx, evidence, FaultReason::try_from(reason)?)
    }

    /// Bring a rejected or finally timed-out job: make the confirmed report and close the job. Any wallet may call
    /// this.
    pub fn open_from_job(ctx: &mut Context<OpenFromJob>, sequence: u64) -> Result<()> {
        OpenFromJob::open_from_job(ctx, sequence)
    }

    /// Vote to uphold or overturn a report, with a stake that was locked before the report.
    pub fn vote(ctx: &mut Context<CastVote>, uphold: bool) -> Result<()> {
        CastVote::vote(ctx, uphold)
    }

    /// Count the votes when the voting is over or decided. Any wallet may call this.
    pub fn resolve(ctx: &mut Context<Resolve>) -> Result<()> {
        Resolve::resolve(ctx)
    }

    /// Appeal for a second round with more validators, with a bond.
    pub fn appeal(ctx: &mut Context<Appeal>) -> Result<()> {
        Appeal::appeal(ctx)
    }

    /// Slash the accused's stake and book the dues. Any wallet may call this.
    pub fn execute(ctx: &mut Context<Execute>) -> Result<()> {
        Execute::execute(ctx)
    }

    /// Pay the report's dues to the owner of a token account. Any wallet may call this.
    pub fn claim_due(ctx: &mut Context<ClaimDue>) -> Result<()> {
        ClaimDue::claim_due(ctx)
    }

    /// Pay a validator who voted as the report ended, and close the vote. Any wallet may call this.
    pub fn claim_vote_fee(ctx: &mut Context<ClaimVoteFee>) -> Result<()> {
        ClaimVoteFee::claim_vote_fee(ctx)
    }

    /// Close a vote that has nothing to claim. Any wallet may call this.
    pub fn close_vote(ctx: &mut Context<CloseVote>) -> Result<()> {
        CloseVote::close_vote(ctx)
    }

    /// Close an ended report without dues, or 90 days after its end. Any wallet may call this.
    pub fn close_report(ctx: &mut Context<CloseReport>) -> Result<()> {
        CloseReport::close_report(ctx)
    }

    /// Close a record that is no longer in use. Any wallet may call this.
    pub fn close_record(ctx: &mut Context<CloseRecord>) -> Result<()> {
        CloseRecord::close_record(ctx)
    }
}
