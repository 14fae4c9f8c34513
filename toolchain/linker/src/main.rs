//! Linker of Solana programs: it turns rustc's bitcode into an SBPF v0 program.
//!
//! Steps, one module each: `args` → `inputs` → `arithmetic` (with `legal.ll`) → `attributes` (with `legality`)
//! → `export` → `emit`. `report` lists the inlined functions.

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
        // A dependency that is also a `cdylib`; it is never loaded.
        Vec::new()
    };
    // Write to a new inode, because cargo may have hard-linked the old file.
    let _ = fs::remove_file(&args.output);
    fs::write(&args.output, program).with_context(|| args.output.display().to_string())
}

fn link(args: &Args) -> Result<Vec<u8>> {
    let inputs = inputs::bitcode(&args.inputs)?;
    ensure!(!inputs.is_empty(), "the inputs hold no bitcode: build the crates for this linker's target");
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
