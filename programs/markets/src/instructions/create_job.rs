#![allow(unused_variables)] // The derive does not see that a seed uses an instruction argument.

use anchor_lang::prelude::*;

use crate::{
    constants::PAUSE_NEW_JOBS,
    errors::MarketsError,
    events::JobCreated,
    state::{BuyerAccount, Config, GpuVendor, Job, JobTerms, Market, Request},
};

#[derive(Accounts)]
#[instruction(nonce: u64)]
pub struct CreateJob {
    #[account(address = buyer.owner @ MarketsError::NotOwner)]
    pub owner: Signer,
    /// Pays the rent; may be the owner.
    #[account(mut, unsafe(dup))]
    pub payer: Signer,
    #[account(seeds = [b"config"], bump)]
    pub config: Account<Config>,
    pub market: Account<Market>,
    #[account(mut)]
    pub buyer: Account<BuyerAccount>,
    #[account(
        init, payer = payer,
        seeds = [b"job", owner.address().as_ref(), &nonce.to_le_bytes()], bump,
    )]
    pub job: Account<Job>,
    pub system_program: Program<System>,
}

impl CreateJob {
    fn validate(&self, request: &Request) -> Result<()> {
        let Self { config, market, .. } = self;

        // config
        require!(!config.is_paused(PAUSE_NEW_JOBS), MarketsError::Paused);
        // market
        require!(
            request.rate >= market.price_per_second.get().max(config.min_rate.get()),
            MarketsError::RateTooLow
        );
        require!(
            (market.min_timeout_seconds.get()..=market.max_timeout_seconds.get())
                .contains(&request.timeout_seconds),
            MarketsError::BadTimeout
        );
        // request
        require!(request.rate > 0, MarketsError::BadPrice);
        let has_gpu = request.gpu_vendor != GpuVendor::None;
        require!(
            has_gpu == (request.gpu_count > 0) && (has_gpu || request.min_vram_mib == 0),
            MarketsError::BadGpu
        );
        require!(request.spec_hash != [0; 32], MarketsError::EmptySpec);
        Ok(())
    }

    #[access_control(ctx.accounts.validate(request))]
    pub fn create_job(ctx: &mut Context<Self>, nonce: u64, request: &Request) -> Result<()> {
        let accounts = &mut ctx.accounts;
        let (job, market) = (&mut accounts.job, &accounts.market);
        let terms = JobTerms {
            start_allowance: market.start_allowance.get(),
            grace: market.grace.get(),
            verdict_floor: market.verdict_floor.get(),
            ttl: market.job_ttl.get(),
            max_attempts: market.max_attempts,
            audit_bps: market.audit_bps.get(),
            shares: accounts.config.shares(),
        };
        job.buyer = *accounts.owner.address();
        job.market = *market.address();
        job.payer = *accounts.payer.address();
        job.nonce = nonce.into();
        let cap = request.cap()?;
        job.cap = cap.into();
        job.sequence = accounts.buyer.lock(cap)?.into();
        job.bump = ctx.bumps.job;
        job.post(request, &terms, Clock::get()?.unix_timestamp)?;
        job.invariant()?;
        emit!(JobCreated {
            job: *job.address(),
            buyer: job.buyer,
            sequence: job.sequence,
            attempt: job.attempt,
            market: job.market,
            nonce: job.nonce,
            spec_hash: job.spec_hash,
            cap: job.cap,
            rate: job.rate,
            timeout_seconds: job.timeout_seconds,
            gpu_vendor: job.gpu_vendor,
            gpu_count: job.gpu_count,
            min_vram_mib: job.min_vram_mib,
            expires_at: job.expires_at,
            new_status: job.status,
        });
        Ok(())
    }
}
