//! Optimisation of the legalised module, and its output as an SBPF v0 program.

use std::ffi::CString;

use anyhow::{Result, bail};
use bpf_linker::{Cpu, Linker, LinkerInput, LinkerOptions, OptLevel, OutputType};
use sbpf_linker::{OptimizationConfig, ProgramOptions, SbpfArch, SbpfLinkerError, link_program};

use crate::{
    export::ENTRYPOINT,
    legality::{self, Inlined},
    llvm::Context,
};

/// Bytes of a stack frame on SBPF v0. The backend must refuse a larger frame.
const STACK_FRAME: i32 = 4096;

pub fn program(bitcode: &[u8], opt_level: OptLevel) -> Result<Vec<u8>> {
    let linker = Linker::new(options(opt_level)?);
    let object = emit(&linker, bitcode, OutputType::Object)?;
    if linker.has_errors() {
        bail!(
            "LLVM refused the program; the reasons are above\n{}",
            refused(&emit(&linker, bitcode, OutputType::Bitcode)?)?
        );
    }
    let options = ProgramOptions::new(OptimizationConfig::enabled(), SbpfArch::V0, STACK_FRAME);
    link_program(&object, options).or_else(|errors| bail!("{}", SbpfLinkerError::format_errors(&errors)))
}

fn emit(linker: &Linker, bitcode: &[u8], output: OutputType) -> Result<Vec<u8>> {
    let input = LinkerInput::new_from_buffer("program", bitcode);
    Ok(linker.link_to_buffer([input], output, [ENTRYPOINT])?.as_slice().to_vec())
}

fn options(optimize: OptLevel) -> Result<LinkerOptions> {
    Ok(LinkerOptions {
        target: None,
        // SBPF v0 has no instructions of later CPU versions.
        cpu: Cpu::V2,
        // The VM allows unaligned access. Without this each 32-byte key is copied byte by byte.
        cpu_features: c"+allows-misaligned-mem-access".to_owned(),
        optimize,
        unroll_loops: false,
        ignore_inline_never: true,
        llvm_args: vec![CString::new(format!("-bpf-stack-size={STACK_FRAME}"))?],
        disable_expand_memcpy_in_order: true,
        disable_memory_builtins: false,
        btf: false,
        allow_bpf_trap: false,
    })
}

/// List the calls that remain although the backend refuses them, most often because of recursion.
fn refused(optimised: &[u8]) -> Result<String> {
    let context = Context::new();
    let module = context.read_bitcode("optimised program", optimised)?;
    let refused: Inlined = module
        .functions()
        .into_iter()
        .filter(|function| !function.name().starts_with("llvm."))
        .filter_map(|function| Some((function.name(), legality::refusal(function)?)))
        .collect();
    Ok(refused.iter().map(|(name, why)| format!("still called: {name} ({why})\n")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{arithmetic, attributes};

    const TARGET: &str = "target triple = \"bpfel\"
        target datalayout = \"e-m:e-p:64:64-i64:64-i128:128-n32:64-S128\"\n";

    fn built(text: &str) -> Result<Vec<u8>> {
        let context = Context::new();
        let mut module = context.read_ir(&format!("{TARGET}{text}"))?;
        arithmetic::legalise(&context, &mut module)?;
        attributes::legalise(&context, &module);
        program(&module.to_bitcode(), OptLevel::Aggressive)
    }

    // One test, because LLVM's options belong to the process.
    #[test]
    fn writes_a_program_and_refuses_what_cannot_run() {
        let elf = built(
            "define i64 @entrypoint(ptr %in) {
               %a = load i128, ptr %in
               %q = udiv i128 %a, 10000
               %m = mul i128 %q, %a
               %r = trunc i128 %m to i64
               ret i64 %r }",
        )
        .unwrap();
        assert_eq!(elf[..4], *b"\x7fELF");
        // e_machine 247: eBPF, which SBPF v0 keeps.
        assert_eq!(elf[18..20], 247u16.to_le_bytes());

        let error = built(
            "declare i64 @syscall(i64)
             define { i64, i64 } @pair(i64 %n) {
               %s = call i64 @syscall(i64 %n)
               %stop = icmp eq i64 %s, 0
               br i1 %stop, label %end, label %more
             more:
               %left = call { i64, i64 } @pair(i64 %s)
               %x = extractvalue { i64, i64 } %left, 0
               %right = call { i64, i64 } @pair(i64 %x)
               %y = extractvalue { i64, i64 } %right, 1
               %both = insertvalue { i64, i64 } %left, i64 %y, 1
               ret { i64, i64 } %both
             end:
               %one = insertvalue { i64, i64 } zeroinitializer, i64 %n, 0
               ret { i64, i64 } %one }
             define i64 @entrypoint(i64 %in) {
               %r = call { i64, i64 } @pair(i64 %in)
               %x = extractvalue { i64, i64 } %r, 1
               ret i64 %x }",
        )
        .unwrap_err();
        assert!(error.to_string().contains("still called: pair (returns 2 registers)"), "{error}");
    }
}
