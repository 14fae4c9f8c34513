use anchor_lang::prelude::*;
use anchor_spl::token::{self, TokenAccount};

use crate::{
    errors::MarketsError,
    events::NodeUpdated,
    state::{Config, Hardware, Node},
};

#[derive(Accounts)]
pub struct UpdateNode {
    #[account(address = node.operator @ MarketsError::NotOperator)]
    pub operator: Signer,
    #[account(seeds = [b"config"], bump)]
    pub config: Account<Config>,
    #[account(mut)]
    pub node: Account<Node>,
    /// HYPER token account of the operator's choice. Jobs that are already assigned pay it too.
    #[account(token::mint = config.mint)]
    pub payout: Account<TokenAccount>,
}

impl UpdateNode {
    pub fn update_node(ctx: &mut Context<Self>, hardware: Hardware) -> Result<()> {
        let accounts = &mut ctx.accounts;
        let node = &mut accounts.node;
        let old_payout = node.payout;
        node.payout = *accounts.payout.address();
        node.set_hardware(&hardware);
        node.invariant()?;
        emit!(NodeUpdated {
            node: *node.address(),
            operator: node.operator,
            old_payout,
            payout: node.payout,
            gpu_vendor: node.gpu_vendor,
            gpu_count: node.gpu_count,
            vram_mib: node.vram_mib,
            hardware_hash: node.hardware_hash,
        });
        Ok(())
    }
}
