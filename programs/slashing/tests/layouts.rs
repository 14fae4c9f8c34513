//! Comparison of what this program reads of the markets program's accounts with those accounts.
use std::mem::offset_of;

use anchor_lang::{Discriminator, Id};
use markets::{
    constants::NODE_SEED,
    state::{Blame, Job, Node},
};
use slashing::{jobs, programs::Markets};

const TAG: usize = 8;

#[test]
fn jobs_and_nodes_lie_where_they_are_read() {
    assert_eq!(Markets::id(), markets::ID);
    assert_eq!(jobs::JOB_TAG, Job::DISCRIMINATOR);
    assert_eq!(jobs::NODE_TAG, Node::DISCRIMINATOR);
    assert_eq!(
        jobs::CLOSE_OUTCOME_TAG,
        markets::instruction::CloseOutcome::DISCRIMINATOR
    );
    assert_eq!(jobs::NODE_SEED, NODE_SEED);
    assert_eq!(jobs::TIMEOUT_BLAME, Blame::Timeout as u8);
    for (read, real) in [
        (jobs::SEQUENCE_AT, offset_of!(Job, sequence)),
        (jobs::ATTEMPT_AT, offset_of!(Job, attempt)),
        (jobs::OPERATOR_AT, offset_of!(Job, operator)),
        (jobs::RECEIPT_HASH_AT, offset_of!(Job, receipt_hash)),
        (jobs::SENTENCE_AT, offset_of!(Job, sentence)),
        (jobs::BLAME_AT, offset_of!(Job, blame)),
        (jobs::EXPOSURE_AT, offset_of!(Node, exposure)),
    ] {
        assert_eq!(read.checked_sub(TAG), Some(real));
    }
}
