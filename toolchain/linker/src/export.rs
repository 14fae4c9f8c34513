//! Symbol that a program exports: only its `entrypoint`.

use std::{fs, path::Path};

use anyhow::{Context as _, Result};

/// The only symbol that the VM uses. rustc also lists the exports of dependencies. A dependency with the feature
/// `no-entrypoint` exports its dispatcher, which would keep its whole code in this program.
pub const ENTRYPOINT: &str = "entrypoint";

/// Return whether the link is of a program. A dependency that is also a `cdylib` has no entrypoint.
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
