use anchor_lang::prelude::*;

use crate::{errors::MarketsError, events::NodeRetired, state::Node};

#[derive(Accounts)]
pub struct RetireNode {
    #[account(address = node.operator @ MarketsError::NotOperator)]
    pub operator: Signer,
    #[account(mut)]
    pub node: Account<Node>,
}

impl RetireNode {
    pub fn retire_node(ctx: &mut Context<Self>) -> Result<()> {
        let node = &mut ctx.accounts.node;
        node.retire(Clock::get()?.unix_timestamp)?;
        node.invariant()?;
        emit!(NodeRetired {
            node: *node.address(),
            operator: node.operator,
            retired_at: node.retired_at,
        });
        Ok(())
    }
}
