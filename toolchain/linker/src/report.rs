//! Report of the inlined functions. It goes to a file, because rustc hides a successful linker's output.

use std::{fmt::Write as _, fs};

use anyhow::{Context as _, Result};
use tracing_subscriber::filter::LevelFilter;

use crate::legality::Inlined;

/// Environment variable with the file for the list. An argument would make cargo rebuild std.
const REPORT: &str = "SBF_LINK_REPORT";

/// Print LLVM's reasons for refusing a function, which it reports only through `tracing`.
pub fn show_llvm_diagnostics() {
    tracing_subscriber::fmt()
        .with_max_level(LevelFilter::WARN)
        .with_writer(std::io::stderr)
        .without_time()
        .init();
}

pub fn write(inlined: &Inlined) -> Result<()> {
    let Some(path) = std::env::var_os(REPORT).filter(|path| !path.is_empty()) else { return Ok(()) };
    fs::write(&path, text(inlined)).with_context(|| path.display().to_string())
}

fn text(inlined: &Inlined) -> String {
    let mut text = format!("{} functions inlined wherever they are called\n", inlined.len());
    for (name, why) in inlined {
        let _ = writeln!(text, "  {:24} {name}", why.to_string());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::legality::Refusal;

    #[test]
    fn names_each_function_and_why() {
        let inlined = Inlined::from([("wide".to_owned(), Refusal::ArgumentRegisters(7))]);
        assert_eq!(
            text(&inlined),
            "1 functions inlined wherever they are called\n  7 argument registers     wide\n"
        );
    }
}
