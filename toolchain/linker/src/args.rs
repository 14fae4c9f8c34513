//! Parser for the command line that rustc passes to a linker of the BPF flavour.

use std::path::PathBuf;

use anyhow::{Context as _, Result, bail, ensure};
use bpf_linker::OptLevel;

/// Arguments of one link.
#[derive(Debug)]
pub struct Args {
    pub output: PathBuf,
    /// rustc's list of symbols to export, one on each line.
    pub export_symbols: Option<PathBuf>,
    pub inputs: Vec<PathBuf>,
    pub opt_level: OptLevel,
}

impl Args {
    pub fn parse(words: impl Iterator<Item = String>) -> Result<Self> {
        let (mut output, mut export_symbols, mut inputs) = (None, None, Vec::new());
        let mut opt_level = OptLevel::Aggressive;
        let mut words = words;
        while let Some(word) = words.next() {
            let (name, mut inline) = match word.split_once('=') {
                Some((name, value)) if name.starts_with("--") => (name.to_owned(), Some(value.to_owned())),
                _ => (word.clone(), None),
            };
            let mut value =
                || inline.take().or_else(|| words.next()).with_context(|| format!("{name} needs a value"));
            match name.as_str() {
                "-o" | "--output" => output = Some(PathBuf::from(value()?)),
                "--export-symbols" => export_symbols = Some(PathBuf::from(value()?)),
                // Ignored: this linker has one target and uses no library search paths.
                "-L" | "--cpu" | "--cpu-features" | "--target" | "-flavor" | "--emit" => drop(value()?),
                "--debug" | "--btf" => {}
                flag if flag.starts_with("-O") => opt_level = level(flag)?,
                flag if flag.starts_with('-') => bail!("unknown argument {flag}"),
                _ => inputs.push(PathBuf::from(word)),
            }
        }
        ensure!(!inputs.is_empty(), "no input files");
        Ok(Self { output: output.context("-o is missing")?, export_symbols, inputs, opt_level })
    }
}

/// Return the level, at least -O1: without inlining the backend refuses calls with more than five registers.
fn level(flag: &str) -> Result<OptLevel> {
    Ok(match flag {
        "-O0" | "-O1" => OptLevel::Less,
        "-O2" => OptLevel::Default,
        "-O3" => OptLevel::Aggressive,
        "-Os" => OptLevel::Size,
        "-Oz" => OptLevel::SizeMin,
        _ => bail!("unknown optimisation level {flag}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Args> {
        Args::parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn takes_what_rustc_passes() {
        let args =
            parse("--export-symbols /t/symbols a.o b.rlib -L /lib --cpu=v2 --debug -O3 -o out.so").unwrap();
        assert_eq!(args.inputs, [PathBuf::from("a.o"), PathBuf::from("b.rlib")]);
        assert_eq!(args.output, PathBuf::from("out.so"));
        assert_eq!(args.export_symbols, Some(PathBuf::from("/t/symbols")));
        assert!(matches!(args.opt_level, OptLevel::Aggressive));
    }

    #[test]
    fn takes_values_after_an_equals_sign() {
        assert_eq!(parse("--output=x.so a.o").unwrap().output, PathBuf::from("x.so"));
    }

    #[test]
    fn never_links_without_optimisation() {
        assert!(matches!(parse("-O0 a.o -o x").unwrap().opt_level, OptLevel::Less));
    }

    #[test]
    fn refuses_what_it_does_not_know() {
        for line in ["--frobnicate a.o -o x", "-O7 a.o -o x", "a.o", "-o x", "a.o -o"] {
            assert!(parse(line).is_err(), "{line}");
        }
    }
}
