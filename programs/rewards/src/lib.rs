//! Shares fees and the community pool among stakers.
use anchor_lang::prelude::*;

declare_id!("32dEyfbMDM58tKr4xEvAWVByo9t14so5g7zwJ673A9KA");
