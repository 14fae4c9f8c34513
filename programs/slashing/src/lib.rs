//! Judges reports of fraud and takes the stake of the guilty.
use anchor_lang::prelude::*;

declare_id!("3uryKioSZhC2NwVpUEg5vg94QXANB1GaH4eEJHGuNSSA");
