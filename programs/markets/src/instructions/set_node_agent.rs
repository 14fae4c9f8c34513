use anchor_lang::prelude::*;

use crate::{errors::MarketsError, events::NodeAgentSet, state::Node};

#[derive(Accounts)]
pub struct SetNodeAgent {
    #[account(address = node.authority @ MarketsError::NotOperator)]
    pub authority: Signer,
    #[account(mut)]
    pub node: Account<Node>,
}

impl SetNodeAgent {
    pub fn set_node_agent(ctx: &mut Context<Self>, agent: Address) -> Result<()> {
        require!(agent != Address::default(), MarketsError::ZeroAddress);
        let node = &mut ctx.accounts.node;
        let old_agent = node.agent;
        node.agent = agent;
        node.invariant()?;
        emit!(NodeAgentSet {
            node: *node.address(),
            authority: node.authority,
            old_agent,
            new_agent: agent,
        });
        Ok(())
    }
}
