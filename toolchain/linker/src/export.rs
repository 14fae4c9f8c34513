//! Decides what a program shows to the VM: its `entrypoint`, and nothing else.

use std::{fs, path::Path};

use anyhow::{Context as _, Result};

/// The only symbol the VM looks for. rustc also lists what dependencies export, and a dependency built with
/// `no-entrypoint` exports its whole dispatcher, which would keep that program alive inside this one.
pub const ENTRYPOINT: &str = "entrypoint";

/// A library that is also declared `cdylib` has no entrypoint when it is built as a dependency.
pub fn is_program(symbols: Option<&Path>) -> Result<bool> {
    let Some(path) = symbols else { return Ok(true) };
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    Ok(text.lines().any(|symbol| symbol == ENTRYPOINT))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn symbols(name: &str, text: &str) -> bool {
        let path = std::env::temp_dir().join(format!("sbf-link-{name}-{}", std::process::id()));
        fs::write(&path, text).unwrap();
        is_program(Some(&path)).unwrap()
    }

    #[test]
    fn only_what_has_an_entrypoint_is_a_program() {
        assert!(symbols("with", "__anchor_dispatch\nentrypoint\n"));
        assert!(!symbols("without", "__anchor_dispatch\nmy_entrypoint\n"));
        assert!(is_program(None).unwrap());
    }
}
