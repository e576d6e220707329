//! Reads the cases of `cargo xtask corpus --behave` and tells which of them a generated crate does not keep to.
//!
//! Compiled into the program beside each crate, and into the tests of the repository; it sees the public interface only.

use std::fmt::Debug;

use typewright_runtime::{Decode, DecodeError, Decoder, Encode, Json, to_json};

/// What was read, written again; the paths of what was passed over; and the name of the variant, if it is a union.
pub(crate) type Read = Result<(String, Vec<String>, String), DecodeError>;

/// Reads a text as one type, in tolerant mode or not.
pub(crate) type Reader = fn(&str, bool) -> Read;

/// The reader of a type.
pub(crate) fn read<T: Decode + Encode + Debug>(text: &str, tolerant: bool) -> Read {
    let mut decoder = Decoder::new(text).tolerant(tolerant);
    let value = decoder.document::<T>()?;
    let written = to_json(&value).unwrap_or_else(|error| format!("\"not written: {error}\""));
    let shown = format!("{value:?}");
    let variant = shown.split('(').next().unwrap_or_default().to_owned();
    Ok((written, decoder.drift().0.into_iter().map(|drift| drift.path).collect(), variant))
}

/// What is wrong, one line each; `cases` has a case on each line: type, what must happen, path or names of
/// variants, text, and what it becomes.
pub(crate) fn judge(types: &[(&str, Reader)], cases: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for line in cases.lines() {
        let columns: Vec<&str> = line.split('\t').collect();
        let [name, expected, path, text, then] = columns.as_slice() else {
            faults.push(format!("no case: {line}"));
            continue;
        };
        let Some((_, read)) = types.iter().find(|(known, _)| known == name) else {
            faults.push(format!("no type: {name}"));
            continue;
        };
        if let Err(found) = keeps(*read, expected, path, text, then) {
            faults.push(format!("{name}: {expected} {path}: {found}; of {text}"));
        }
    }
    faults
}

fn keeps(read: Reader, expected: &str, path: &str, text: &str, then: &str) -> Result<(), String> {
    match expected {
        "same" | "becomes" => {
            becomes(&read(text, false), then, &[])?;
            becomes(&read(text, true), then, &[])
        }
        "variant" => [false, true].into_iter().try_for_each(|tolerant| {
            let read = read(text, tolerant);
            becomes(&read, then, &[])?;
            is_variant(&read, path)
        }),
        "error" => refused(&read(text, false), path),
        _ => {
            refused(&read(text, false), path)?;
            becomes(&read(text, true), then, &[path])
        }
    }
}

fn becomes(read: &Read, then: &str, drift: &[&str]) -> Result<(), String> {
    let (written, passed_over, _) = read.as_ref().map_err(|error| format!("refused: {error}"))?;
    match (Json::parse(written), Json::parse(then)) {
        (Ok(found), Ok(wanted)) if found == wanted => {}
        _ => return Err(format!("became {written}")),
    }
    if passed_over != drift { Err(format!("passed over {passed_over:?}")) } else { Ok(()) }
}

fn is_variant(read: &Read, names: &str) -> Result<(), String> {
    match read {
        Ok((_, _, variant)) if !names.split('|').any(|name| name == variant) => Err(format!("read as {variant}")),
        _ => Ok(()),
    }
}

fn refused(read: &Read, path: &str) -> Result<(), String> {
    match read {
        Ok((written, ..)) => Err(format!("read as {written}")),
        Err(error) if error.path() == path => Ok(()),
        Err(error) => Err(format!("refused elsewhere: {error}")),
    }
}
