//! Events of nodes.
use anchor_lang::prelude::*;

use crate::state::PodGpuVendor;

#[event(bytemuck)]
pub struct NodeRegistered {
    pub node: Address,
    pub operator: Address,
    pub worker_key: Address,
    pub payout: Address,
    pub gpu_vendor: PodGpuVendor,
    pub gpu_count: u8,
    pub vram_mib: PodU32,
    pub hardware_hash: [u8; 32],
    pub score: PodU16,
}

#[event(bytemuck)]
pub struct NodeUpdated {
    pub node: Address,
    pub operator: Address,
    pub old_payout: Address,
    pub payout: Address,
    pub gpu_vendor: PodGpuVendor,
    pub gpu_count: u8,
    pub vram_mib: PodU32,
    pub hardware_hash: [u8; 32],
}

#[event(bytemuck)]
pub struct WorkerKeySet {
    pub node: Address,
    pub operator: Address,
    pub old_worker_key: Address,
    pub new_worker_key: Address,
}

#[event(bytemuck)]
pub struct NodeRetired {
    pub node: Address,
    pub operator: Address,
    pub retired_at: PodI64,
}

#[event(bytemuck)]
pub struct NodeClosed {
    pub node: Address,
    pub operator: Address,
}
