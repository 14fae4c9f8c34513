//! Replacement of arithmetic that the backend would compile to library calls with two-register results.
//!
//! `legal.ll` holds the replacements. tests/programs/toolchain compares each with Python's integers on the VM.

use anyhow::{Context as _, Result};

use crate::llvm::{Context, Module, Opcode};

const LEGAL: &str = include_str!("legal.ll");
/// Prefix of the functions in `legal.ll`. They are skipped, because they use the instructions to replace.
const PREFIX: &str = "__sbf_";

/// LLVM's intrinsics and their replacements of the same type.
const INTRINSICS: [(&str, &str); 3] = [
    ("llvm.umul.with.overflow.i64", "__sbf_umulo64"),
    ("llvm.smul.with.overflow.i64", "__sbf_smulo64"),
    ("llvm.umul.with.overflow.i128", "__sbf_umulo128"),
];

/// Replace the arithmetic. Call it before the optimiser, which can change these operations beyond recognition.
pub fn legalise<'c>(context: &'c Context, module: &mut Module<'c>) -> Result<()> {
    let legal = context.read_ir(LEGAL).context("legal.ll")?;
    legal.take_target_of(module);
    module.link(legal).context("legal.ll")?;
    for (intrinsic, replacement) in INTRINSICS {
        if let Some(found) = module.function(intrinsic) {
            found.replace_uses_with(module.function(replacement).context(replacement)?);
        }
    }
    for function in module.functions() {
        if function.name().starts_with(PREFIX) {
            continue;
        }
        for instruction in function.instructions() {
            if let Some(name) = replacement(instruction.opcode(), instruction.integer_bits()) {
                instruction.replace_with_call(context, module.function(name).context(name)?);
            }
        }
    }
    Ok(())
}

fn replacement(opcode: Opcode, bits: Option<u64>) -> Option<&'static str> {
    match (opcode, bits?) {
        (Opcode::LLVMMul, 128) => Some("__sbf_mul128"),
        (Opcode::LLVMUDiv, 128) => Some("__sbf_udiv128"),
        (Opcode::LLVMURem, 128) => Some("__sbf_urem128"),
        // SBPF v0 divides unsigned 64-bit numbers only.
        (Opcode::LLVMSDiv, 64) => Some("__sbf_sdiv64"),
        (Opcode::LLVMSRem, 64) => Some("__sbf_srem64"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Return the text of the function `f` after legalisation.
    fn legalised(text: &str) -> String {
        let context = Context::new();
        let mut module = context.read_ir(text).unwrap();
        legalise(&context, &mut module).unwrap();
        let text = module.to_text();
        let start = text.find("@f(").unwrap();
        let end = start + text[start..].find("\n}").unwrap();
        text[start..end].to_owned()
    }

    #[test]
    fn replaces_each_operation_that_needs_two_registers() {
        for (operation, bits, by) in [
            ("mul", 128, "__sbf_mul128"),
            ("udiv", 128, "__sbf_udiv128"),
            ("urem", 128, "__sbf_urem128"),
            ("sdiv", 64, "__sbf_sdiv64"),
            ("srem", 64, "__sbf_srem64"),
        ] {
            let text = legalised(&format!(
                "define i{bits} @f(i{bits} %a, i{bits} %b) {{ %r = {operation} i{bits} %a, %b ret i{bits} %r }}"
            ));
            assert!(text.contains(&format!("call i{bits} @{by}(i{bits} %a, i{bits} %b)")), "{text}");
            assert!(!text.contains(&format!("= {operation} ")), "{text}");
        }
    }

    #[test]
    fn replaces_multiplications_that_look_for_overflow() {
        for (sign, bits) in [("u", 64), ("s", 64), ("u", 128)] {
            let intrinsic = format!("{{i{bits}, i1}} @llvm.{sign}mul.with.overflow.i{bits}");
            let text = legalised(&format!(
                "declare {intrinsic}(i{bits}, i{bits})
                 define i1 @f(i{bits} %a) {{
                   %r = call {intrinsic}(i{bits} %a, i{bits} 3)
                   %o = extractvalue {{i{bits}, i1}} %r, 1
                   ret i1 %o }}"
            ));
            assert!(text.contains(&format!("@__sbf_{sign}mulo{bits}(")), "{text}");
        }
    }

    #[test]
    fn leaves_what_the_vm_can_do() {
        for operation in ["mul", "udiv", "urem", "add"] {
            let text = legalised(&format!(
                "define i64 @f(i64 %a, i64 %b) {{ %r = {operation} i64 %a, %b ret i64 %r }}"
            ));
            assert!(text.contains(&format!("= {operation} i64")), "{text}");
        }
        let text = legalised("define i128 @f(i128 %a, i128 %b) { %r = add i128 %a, %b ret i128 %r }");
        assert!(text.contains("= add i128"), "{text}");
    }
}
