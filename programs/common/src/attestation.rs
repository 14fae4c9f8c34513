//! Attestation of a verdict: an oracle signs the SHA-256 of these 255 bytes (docs/attestation.md).

pub const DOMAIN: [u8; 16] = *b"hn/attestation/3";
pub const LEN: usize = 255;

pub const ACCEPT: u8 = 1;
pub const REJECT: u8 = 2;

/// Reasons by number. 1 to 7 and `USAGE_IMPLAUSIBLE` are gates: they need no repetition.
pub const NO_REASON: u8 = 0;
const LAST_GATE: u8 = 7;
pub const OUTPUT_MISMATCH: u8 = 8;
pub const USAGE_IMPLAUSIBLE: u8 = 9;
pub const LIMIT: u8 = 11;
pub const IMPOSSIBLE: u8 = 12;

/// Endings of a run: exited, time, memory, outputs, stopped by the buyer.
const EXITED: u8 = 0;
const LAST_ENDING: u8 = 4;

/// What stands behind a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Audit {
    None = 0,
    Repeated = 1,
    Unrepeatable = 2,
    Impossible = 3,
    Replicated = 4,
}

/// Which sentence a rejection carries. An accepting verdict blames at most the metering.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Blame {
    None = 0,
    Timeout = 1,
    Fault = 2,
    Metering = 3,
}

impl Audit {
    pub fn from_u8(number: u8) -> Option<Self> {
        Some(match number {
            0 => Self::None,
            1 => Self::Repeated,
            2 => Self::Unrepeatable,
            3 => Self::Impossible,
            4 => Self::Replicated,
            _ => return None,
        })
    }
}

impl Audit {
    /// Return whether another machine ran the job and its result and time are known.
    pub fn is_measured(self) -> bool {
        matches!(self, Self::Repeated | Self::Replicated)
    }
}

impl Blame {
    pub fn from_u8(number: u8) -> Option<Self> {
        Some(match number {
            0 => Self::None,
            1 => Self::Timeout,
            2 => Self::Fault,
            3 => Self::Metering,
            _ => return None,
        })
    }
}

/// What k oracles agree on. They send it with their signatures; the program knows everything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decision {
    pub verdict: u8,
    pub reason: u8,
    pub ending: u8,
    pub exit_code: u8,
    pub root: [u8; 32],
    pub audit: Audit,
    /// The oracles' seconds; 0 if nothing was repeated.
    pub own: u32,
    pub blame: Blame,
}

impl Decision {
    /// Return whether the values may stand together. No sentence but a timeout's is taken without an audit.
    pub fn is_sound(&self) -> bool {
        let measured = self.audit.is_measured();
        let partial = self.ending != EXITED && (self.exit_code != 0 || self.root != [0; 32]);
        if self.ending > LAST_ENDING || partial || (self.own != 0 && !measured) {
            return false;
        }
        match self.verdict {
            ACCEPT => self.reason == NO_REASON && self.accepts_soundly(),
            REJECT => self.rejects_soundly(),
            _ => false,
        }
    }

    fn accepts_soundly(&self) -> bool {
        match self.blame {
            Blame::None => true,
            Blame::Metering => self.audit == Audit::Repeated,
            Blame::Timeout | Blame::Fault => false,
        }
    }

    fn rejects_soundly(&self) -> bool {
        let gate = matches!(self.reason, 1..=LAST_GATE | USAGE_IMPLAUSIBLE);
        match self.audit {
            Audit::Unrepeatable => false,
            Audit::None => gate && self.blame == Blame::Timeout,
            Audit::Impossible => self.reason == IMPOSSIBLE && self.blame == Blame::None,
            Audit::Repeated | Audit::Replicated => {
                (gate || matches!(self.reason, OUTPUT_MISMATCH | LIMIT))
                    && (self.blame != Blame::Metering || self.reason == USAGE_IMPLAUSIBLE)
            }
        }
    }
}

/// One verdict on one submission, on one cluster and program, by the oracles of one epoch.
pub struct Attestation<'a> {
    /// Genesis hash, so that an attestation for a test cluster is invalid on any other cluster.
    pub cluster: &'a [u8; 32],
    pub program: &'a [u8; 32],
    pub job: &'a [u8; 32],
    /// The buyer's job number. It is never reused, so a job created again at the same address is another job.
    pub sequence: u64,
    pub attempt: u8,
    pub node: &'a [u8; 32],
    pub receipt_hash: &'a [u8; 32],
    pub submitted_slot: u64,
    pub seconds: u32,
    /// Epoch of the oracle set that was frozen at assignment.
    pub epoch: u64,
    /// First bytes of the hash that names the blocks of the draw.
    pub draw_id: [u8; 8],
    pub decision: &'a Decision,
}

impl Attestation<'_> {
    pub fn encode(&self) -> [u8; LEN] {
        let decision = self.decision;
        let mut bytes = [0; LEN];
        bytes[..16].copy_from_slice(&DOMAIN);
        bytes[16..48].copy_from_slice(self.cluster);
        bytes[48..80].copy_from_slice(self.program);
        bytes[80..112].copy_from_slice(self.job);
        bytes[112..120].copy_from_slice(&self.sequence.to_le_bytes());
        bytes[120] = self.attempt;
        bytes[121..153].copy_from_slice(self.node);
        bytes[153..185].copy_from_slice(self.receipt_hash);
        bytes[185..193].copy_from_slice(&self.submitted_slot.to_le_bytes());
        bytes[193..197].copy_from_slice(&self.seconds.to_le_bytes());
        bytes[197..205].copy_from_slice(&self.epoch.to_le_bytes());
        bytes[205] = decision.verdict;
        bytes[206] = decision.reason;
        bytes[207] = decision.ending;
        bytes[208] = decision.exit_code;
        bytes[209..241].copy_from_slice(&decision.root);
        bytes[241] = decision.audit as u8;
        bytes[242..250].copy_from_slice(&self.draw_id);
        bytes[250..254].copy_from_slice(&decision.own.to_le_bytes());
        bytes[254] = decision.blame as u8;
        bytes
    }
}
