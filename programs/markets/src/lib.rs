//! Markets program: buyers escrow paid jobs, staked nodes run them, and the oracles' verdict pays or refunds.
use anchor_lang::prelude::*;
use hypernode_common::fees::FeeShares;

mod attestation;
pub mod constants;
pub mod errors;
pub mod events;
mod instructions;
pub mod state;
mod tokens;

use attestation::DecisionArgs;
pub use instructions::*;
use state::{DeclineReason, GpuVendor, Hardware, MarketTerms, Receipt, Request};

declare_id!("9VVwASsaFQZpLGeaPccLrNKfzbupLxGbcqsKLEjwoV9n");

#[program]
pub mod markets {
    use super::*;

    /// Create the configuration and the oracle set, once. The signer must be the program's upgrade authority.
    #[allow(clippy::too_many_arguments)] // They are the instruction's arguments.
    pub fn init_config(
        ctx: &mut Context<InitConfig>,
        cluster: [u8; 32],
        protocol_bps: u16,
        stakers_bps: u16,
        operations_bps: u16,
        min_rate: u64,
        threshold: u8,
        oracles: Vec<Address>,
    ) -> Result<()> {
        let shares = FeeShares {
            protocol_bps,
            stakers_bps,
            operations_bps,
        };
        InitConfig::init_config(ctx, cluster, shares, min_rate, threshold, &oracles)
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

    /// Set the fee shares of future jobs and the destinations of all fees.
    pub fn set_fees(
        ctx: &mut Context<SetFees>,
        protocol_bps: u16,
        stakers_bps: u16,
        operations_bps: u16,
    ) -> Result<()> {
        let shares = FeeShares {
            protocol_bps,
            stakers_bps,
            operations_bps,
        };
        SetFees::set_fees(ctx, shares)
    }

    /// Set the least rate of new jobs, in base units a second. Posted jobs keep theirs.
    pub fn set_min_rate(ctx: &mut Context<SetMinRate>, min_rate: u64) -> Result<()> {
        SetMinRate::set_min_rate(ctx, min_rate)
    }

    /// Set the pause flags: bit 0 stops new jobs, bit 1 new nodes. Refunds and withdrawals cannot be paused.
    pub fn set_pause(ctx: &mut Context<SetPause>, flags: u8) -> Result<()> {
        SetPause::set_pause(ctx, flags)
    }

    /// Replace the oracle keys and start the next epoch. Attestations of the old epoch become invalid at once.
    pub fn rotate_oracles(
        ctx: &mut Context<RotateOracles>,
        threshold: u8,
        oracles: Vec<Address>,
    ) -> Result<()> {
        RotateOracles::rotate_oracles(ctx, threshold, &oracles)
    }

    /// Create a market. Any wallet may call this; the market's matcher signs too.
    pub fn create_market(
        ctx: &mut Context<CreateMarket>,
        market_id: [u8; 32],
        terms: MarketTerms,
    ) -> Result<()> {
        CreateMarket::create_market(ctx, market_id, terms)
    }

    /// Change a market's terms. Existing jobs keep their prices, times and attempts. The matcher signs too.
    pub fn update_market(ctx: &mut Context<UpdateMarket>, terms: MarketTerms) -> Result<()> {
        UpdateMarket::update_market(ctx, terms)
    }

    /// Close a market. Its posted jobs can only be cancelled or expire; its other jobs continue.
    pub fn close_market(ctx: &mut Context<CloseMarket>) -> Result<()> {
        CloseMarket::close_market(ctx)
    }

    /// Register the operator's node.
    pub fn register_node(
        ctx: &mut Context<RegisterNode>,
        worker_key: Address,
        gpu_vendor: u8,
        gpu_count: u8,
        vram_mib: u32,
        hardware_hash: [u8; 32],
    ) -> Result<()> {
        let hardware = Hardware::parse(gpu_vendor, gpu_count, vram_mib, hardware_hash)?;
        RegisterNode::register_node(ctx, worker_key, hardware)
    }

    /// Change a node's hardware and payout account. Jobs that it has taken keep the account of their assignment.
    pub fn update_node(
        ctx: &mut Context<UpdateNode>,
        gpu_vendor: u8,
        gpu_count: u8,
        vram_mib: u32,
        hardware_hash: [u8; 32],
    ) -> Result<()> {
        let hardware = Hardware::parse(gpu_vendor, gpu_count, vram_mib, hardware_hash)?;
        UpdateNode::update_node(ctx, hardware)
    }

    /// Replace the node's worker key. The old key can only finish the jobs that it took.
    pub fn set_worker_key(ctx: &mut Context<SetWorkerKey>, worker_key: Address) -> Result<()> {
        SetWorkerKey::set_worker_key(ctx, worker_key)
    }

    /// Retire the node: it takes no more jobs, and its current jobs continue.
    pub fn retire_node(ctx: &mut Context<RetireNode>) -> Result<()> {
        RetireNode::retire_node(ctx)
    }

    /// Close a node that has been retired for 14 days and has no jobs.
    pub fn close_node(ctx: &mut Context<CloseNode>) -> Result<()> {
        CloseNode::close_node(ctx)
    }

    /// Open the signer's buyer account and its vault, from which the wallet pays its jobs.
    pub fn open_buyer(ctx: &mut Context<OpenBuyer>, vault_bump: u8) -> Result<()> {
        OpenBuyer::open_buyer(ctx, vault_bump)
    }

    /// Deposit tokens into the vault.
    pub fn deposit(ctx: &mut Context<Deposit>, amount: u64) -> Result<()> {
        Deposit::deposit(ctx, amount)
    }

    /// Withdraw available tokens. The largest u64 withdraws all of them.
    pub fn withdraw(ctx: &mut Context<Withdraw>, amount: u64) -> Result<()> {
        Withdraw::withdraw(ctx, amount)
    }

    /// Close an empty buyer account and its vault.
    pub fn close_buyer(ctx: &mut Context<CloseBuyer>) -> Result<()> {
        CloseBuyer::close_buyer(ctx)
    }

    /// Post a job and lock its cap, the rate times the timeout. The same nonce is refused while that job exists.
    #[allow(clippy::too_many_arguments)] // They are the instruction's arguments.
    pub fn create_job(
        ctx: &mut Context<CreateJob>,
        nonce: u64,
        spec_hash: [u8; 32],
        rate: u64,
        timeout_seconds: u32,
        gpu_vendor: u8,
        gpu_count: u8,
        min_vram_mib: u32,
    ) -> Result<()> {
        let request = Request {
            spec_hash,
            rate,
            timeout_seconds,
            gpu_vendor: GpuVendor::try_from(gpu_vendor)?,
            gpu_count,
            min_vram_mib,
        };
        CreateJob::create_job(ctx, nonce, &request)
    }

    /// Cancel a posted job and unlock its cap.
    pub fn cancel_job(ctx: &mut Context<CancelJob>) -> Result<()> {
        CancelJob::cancel_job(ctx)
    }

    /// Assign a posted job to a node. The market's matcher and the node's worker both sign.
    pub fn assign_job(ctx: &mut Context<AssignJob>) -> Result<()> {
        AssignJob::assign_job(ctx)
    }

    /// Give an assigned job back. Within the start allowance that uses up no attempt; later it counts as a timeout,
    /// and the last attempt refunds the buyer.
    pub fn decline_job(ctx: &mut Context<DeclineJob>, reason: u8) -> Result<()> {
        DeclineJob::decline_job(ctx, DeclineReason::try_from(reason)?)
    }

    /// Submit the receipt of a run: its hash and the seconds used. Its result stays sealed until the verdict.
    pub fn submit_receipt(
        ctx: &mut Context<SubmitReceipt>,
        receipt_hash: [u8; 32],
        seconds_used: u32,
    ) -> Result<()> {
        let receipt = Receipt {
            receipt_hash,
            seconds_used,
        };
        SubmitReceipt::submit_receipt(ctx, &receipt)
    }

    /// Settle a submitted job by an attested decision: verdict 1 pays the node, 2 refunds the buyer. Any wallet may
    /// call this.
    pub fn settle_job(
        ctx: &mut Context<SettleJob>,
        draw_id: [u8; 8],
        decision: DecisionArgs,
    ) -> Result<()> {
        SettleJob::settle_job(ctx, draw_id, &decision.parse()?)
    }

    /// Pay a submitted job without a verdict. Only its buyer may, in the second half of the late window.
    pub fn accept_job(ctx: &mut Context<AcceptJob>) -> Result<()> {
        AcceptJob::accept_job(ctx)
    }

    /// End a job, or post it again, when its current deadline is over. Any wallet may call this.
    pub fn expire_job(ctx: &mut Context<ExpireJob>) -> Result<()> {
        ExpireJob::expire_job(ctx)
    }

    /// Close a rejected or finally timed-out job: as the slashing program makes the report, or by anyone 30 days later.
    pub fn close_outcome(ctx: &mut Context<CloseOutcome>) -> Result<()> {
        CloseOutcome::close_outcome(ctx)
    }

    /// Pay the fees booked in one buyer account to the fee destinations. Any wallet may call this.
    pub fn collect_fees(ctx: &mut Context<CollectFees>) -> Result<()> {
        CollectFees::collect_fees(ctx)
    }
}
