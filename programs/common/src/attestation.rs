//! Attestation of a verdict: an oracle signs the SHA-256 of these 271 bytes (table in docs/programs/markets.md).

pub const DOMAIN: [u8; 16] = *b"hn/attestation/1";
pub const LEN: usize = 271;

/// One verdict on one attempt of a job, on one cluster and program, by one oracle set.
pub struct Attestation<'a> {
    /// Genesis hash, so that an attestation for a test cluster is invalid on any other cluster.
    pub cluster: &'a [u8; 32],
    pub program: &'a [u8; 32],
    pub job: &'a [u8; 32],
    /// The buyer's job number. It is never reused, so a job created again at the same address is another job.
    pub sequence: u64,
    pub attempt: u8,
    pub node: &'a [u8; 32],
    pub exec_hash: &'a [u8; 32],
    pub output_root: &'a [u8; 32],
    pub receipt_hash: &'a [u8; 32],
    pub seconds_used: u32,
    pub verdict: u8,
    pub reason: u8,
    /// Epoch of the oracle set. A rotation invalidates all earlier attestations.
    pub epoch: u64,
    pub expires_at: i64,
}

impl Attestation<'_> {
    pub fn encode(&self) -> [u8; LEN] {
        let mut bytes = [0; LEN];
        bytes[..16].copy_from_slice(&DOMAIN);
        bytes[16..48].copy_from_slice(self.cluster);
        bytes[48..80].copy_from_slice(self.program);
        bytes[80..112].copy_from_slice(self.job);
        bytes[112..120].copy_from_slice(&self.sequence.to_le_bytes());
        bytes[120] = self.attempt;
        bytes[121..153].copy_from_slice(self.node);
        bytes[153..185].copy_from_slice(self.exec_hash);
        bytes[185..217].copy_from_slice(self.output_root);
        bytes[217..249].copy_from_slice(self.receipt_hash);
        bytes[249..253].copy_from_slice(&self.seconds_used.to_le_bytes());
        bytes[253] = self.verdict;
        bytes[254] = self.reason;
        bytes[255..263].copy_from_slice(&self.epoch.to_le_bytes());
        bytes[263..].copy_from_slice(&self.expires_at.to_le_bytes());
        bytes
    }
}
