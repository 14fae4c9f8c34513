//! Attestation of a fault: an oracle signs the SHA-256 of these 260 bytes (table in docs/attestation.md).

pub const DOMAIN: [u8; 10] = *b"hn/fault/1";
pub const LEN: usize = 260;

/// One fault of one wallet at one attempt of a job, on one cluster and program, by one oracle set.
pub struct Fault<'a> {
    /// Genesis hash, so that an attestation for a test cluster is invalid on any other cluster.
    pub cluster: &'a [u8; 32],
    pub program: &'a [u8; 32],
    /// Wallet whose stake is slashed.
    pub accused: &'a [u8; 32],
    pub job: &'a [u8; 32],
    /// The buyer's job number. It is never reused, so a job created again at the same address is another job.
    pub sequence: u64,
    pub attempt: u8,
    pub reason: u8,
    pub evidence: &'a [u8; 32],
    /// Harmed buyer, who is compensated; zero if there is none.
    pub buyer: &'a [u8; 32],
    /// Wallet that earns the bounty. It is signed, so that another wallet cannot copy the transaction.
    pub reporter: &'a [u8; 32],
    /// Epoch of the oracle set. A rotation invalidates all earlier attestations.
    pub epoch: u64,
    pub expires_at: i64,
}

impl Fault<'_> {
    pub fn encode(&self) -> [u8; LEN] {
        let mut bytes = [0; LEN];
        bytes[..10].copy_from_slice(&DOMAIN);
        bytes[10..42].copy_from_slice(self.cluster);
        bytes[42..74].copy_from_slice(self.program);
        bytes[74..106].copy_from_slice(self.accused);
        bytes[106..138].copy_from_slice(self.job);
        bytes[138..146].copy_from_slice(&self.sequence.to_le_bytes());
        bytes[146] = self.attempt;
        bytes[147] = self.reason;
        bytes[148..180].copy_from_slice(self.evidence);
        bytes[180..212].copy_from_slice(self.buyer);
        bytes[212..244].copy_from_slice(self.reporter);
        bytes[244..252].copy_from_slice(&self.epoch.to_le_bytes());
        bytes[252..].copy_from_slice(&self.expires_at.to_le_bytes());
        bytes
    }
}
