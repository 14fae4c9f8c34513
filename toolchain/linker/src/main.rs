//! Links a Solana program: rustc's bitcode in, an SBPF v0 program out.
//!
//! The way of a program, one module each: `args` → `inputs` → `arithmetic` (with `legal.ll`) → `attributes`
//! (with `legality`) → `export` → `emit`, and `report` for what cannot be seen on the way.

use std::fs;

use anyhow::{Context as _, Result, ensure};

mod args;
mod arithmetic;
mod attributes;
mod emit;
mod export;
mod inputs;
mod legality;
mod llvm;
mod report;

use args::Args;
use llvm::Context;

fn main() -> Result<()> {
    report::show_llvm_diagnostics();
    let args = Args::parse(std::env::args().skip(1))?;
    let program = if export::is_program(args.export_symbols.as_deref())? {
        link(&args)?
    } else {
        // A dependency that also declares `cdylib`: nothing will ever load it.
        Vec::new()
    };
    // A new inode: cargo hard-links its outputs, and the old one may be linked elsewhere.
    let _ = fs::remove_file(&args.output);
    fs::write(&args.output, program).with_context(|| args.output.display().to_string())
}

fn link(args: &Args) -> Result<Vec<u8>> {
    let inputs = inputs::bitcode(&args.inputs)?;
    ensure!(!inputs.is_empty(), "no bitcode in any input: build the crates for this linker's target");
    let context = Context::new();
    let mut module = context.empty_module(c"program");
    for input in &inputs {
        module
            .link(context.read_bitcode(&input.name, &input.bitcode)?)
            .with_context(|| input.name.clone())?;
    }
    arithmetic::legalise(&context, &mut module)?;
    let inlined = attributes::legalise(&context, &module);
    report::write(&inlined)?;
    emit::program(&module.to_bitcode(), args.opt_level)
}
