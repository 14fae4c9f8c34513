//! Reader of the bitcode in rustc's object files and libraries.

use std::{
    fs,
    io::Read as _,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, ensure};

const ARCHIVE: &[u8] = b"!<arch>\n";
const ELF: &[u8] = b"\x7fELF";
const RAW_BITCODE: &[u8] = b"BC\xC0\xDE";
const WRAPPED_BITCODE: &[u8] = b"\xDE\xC0\x17\x0B";

/// One module of bitcode and the name of its file.
pub struct Input {
    pub name: String,
    pub bitcode: Vec<u8>,
}

/// Return all bitcode in these files, in rustc's order.
pub fn bitcode(paths: &[PathBuf]) -> Result<Vec<Input>> {
    let mut found = Vec::new();
    for path in paths {
        let data = fs::read(path).with_context(|| path.display().to_string())?;
        if data.starts_with(ARCHIVE) {
            found.extend(members(path, &data)?);
        } else if is_bitcode(&data) {
            found.push(Input { name: path.display().to_string(), bitcode: data });
        } else {
            // rustc's `symbols.o` is a native object for native linkers; it holds no bitcode.
            ensure!(
                data.starts_with(ELF),
                "{} is not a valid input; expected bitcode or an object file",
                path.display()
            );
        }
    }
    Ok(found)
}

/// Return the bitcode in an archive. Members without bitcode are rustc's metadata.
fn members(path: &Path, data: &[u8]) -> Result<Vec<Input>> {
    let mut archive = ar::Archive::new(data);
    let mut found = Vec::new();
    while let Some(member) = archive.next_entry() {
        let mut member = member.with_context(|| path.display().to_string())?;
        let name = format!("{}:{}", path.display(), String::from_utf8_lossy(member.header().identifier()));
        let mut bitcode = Vec::new();
        member.read_to_end(&mut bitcode).with_context(|| name.clone())?;
        if is_bitcode(&bitcode) {
            found.push(Input { name, bitcode });
        }
    }
    Ok(found)
}

fn is_bitcode(data: &[u8]) -> bool {
    data.starts_with(RAW_BITCODE) || data.starts_with(WRAPPED_BITCODE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, data: &[u8]) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("sbf-link-inputs-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join(name);
        fs::write(&path, data).unwrap();
        path
    }

    #[test]
    fn takes_bitcode_from_objects_and_archives_and_skips_the_rest() {
        let mut archive = ar::Builder::new(Vec::new());
        for (name, data) in [("lib.rmeta", b"metadata".as_slice()), ("one.o", b"BC\xC0\xDEone")] {
            archive.append(&ar::Header::new(name.into(), data.len() as u64), data).unwrap();
        }
        let paths = [
            file("symbols.o", b"\x7fELF native"),
            file("lib.rlib", &archive.into_inner().unwrap()),
            file("two.o", b"\xDE\xC0\x17\x0Btwo"),
        ];
        let found = bitcode(&paths).unwrap();
        assert_eq!(found.iter().map(|i| &i.bitcode[4..]).collect::<Vec<_>>(), [b"one", b"two"]);
        assert!(found[0].name.ends_with("lib.rlib:one.o"));
    }

    #[test]
    fn refuses_a_file_that_no_compiler_wrote() {
        assert!(bitcode(&[file("notes.txt", b"hello")]).is_err());
    }
}
