//! Events of buyer accounts. In every event `buyer` is the owner's wallet.
use anchor_lang::prelude::*;

#[event(bytemuck)]
pub struct BuyerOpened {
    pub buyer: Address,
    pub account: Address,
    pub payer: Address,
    pub sequence: PodU64,
    pub slot: PodU64,
}

#[event(bytemuck)]
pub struct Deposited {
    pub buyer: Address,
    pub amount: PodU64,
    pub available: PodU64,
}

#[event(bytemuck)]
pub struct Withdrawn {
    pub buyer: Address,
    pub amount: PodU64,
    pub available: PodU64,
}

#[event(bytemuck)]
pub struct BuyerClosed {
    pub buyer: Address,
    pub payer: Address,
}

#[event(bytemuck)]
pub struct FeesCollected {
    pub buyer: Address,
    pub treasury: PodU64,
    pub stakers: PodU64,
    pub operations: PodU64,
}
