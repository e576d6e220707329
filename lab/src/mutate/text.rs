//! Changes to the lines and bytes of a document's text: what comes out is sometimes broken YAML and mostly a broken
//! document.

use super::{Dice, HOSTILE};

/// One mutation of a document.
pub fn mutate(text: &str, dice: &mut Dice) -> Vec<u8> {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for _ in 0..=dice.below(3) {
        mutate_lines(&mut lines, dice);
    }
    let mut bytes = lines.join("\n").into_bytes();
    if dice.below(6) == 0 && !bytes.is_empty() {
        let at = dice.below(bytes.len());
        bytes[at] = u8::try_from(dice.below(256)).unwrap_or(0);
    }
    bytes
}

fn mutate_lines(lines: &mut Vec<String>, dice: &mut Dice) {
    if lines.is_empty() {
        return;
    }
    let at = dice.below(lines.len());
    let other = dice.below(lines.len());
    match dice.below(9) {
        0 => drop(lines.remove(at)),
        1 => lines.insert(at, lines[other].clone()),
        2 => lines.swap(at, other),
        3 => lines[at] = replace_value(&lines[at], HOSTILE[dice.below(HOSTILE.len())]),
        4 => lines[at] = replace_key(&lines[at], HOSTILE[dice.below(HOSTILE.len())]),
        5 => lines[at] = replace_value(&lines[at], &value_of(&lines[other])),
        6 => lines[at].insert_str(0, &" ".repeat(1 + dice.below(3))),
        7 => splice(lines, at, other, 1 + dice.below(12)),
        _ => {
            let end = (at + 1 + dice.below(20)).min(lines.len());
            lines.drain(at..end);
        }
    }
}

/// Copies a run of lines elsewhere, at the indentation of the place.
fn splice(lines: &mut Vec<String>, at: usize, from: usize, count: usize) {
    let indentation = indentation(&lines[at]);
    let run: Vec<String> = lines[from..(from + count).min(lines.len())].to_vec();
    let base = run.first().map_or(0, |line| self::indentation(line));
    for line in run.iter().rev() {
        let depth = (indentation + self::indentation(line)).saturating_sub(base);
        lines.insert(at, format!("{}{}", " ".repeat(depth), line.trim_start()));
    }
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

fn value_of(line: &str) -> String {
    line.split_once(": ").map_or(line, |(_, value)| value).to_owned()
}

/// The line with another value behind its key, or with this item where it has no key.
pub fn replace_value(line: &str, value: &str) -> String {
    let quoted = quote(value);
    match line.split_once(": ") {
        Some((key, _)) => format!("{key}: {quoted}"),
        None => format!("{}- {quoted}", " ".repeat(indentation(line))),
    }
}

fn replace_key(line: &str, key: &str) -> String {
    let rest = line.split_once(':').map_or("", |(_, rest)| rest);
    format!("{}{}:{rest}", " ".repeat(indentation(line)), quote(key))
}

/// A YAML scalar with exactly this content, or, for texts that are already one, the text itself.
fn quote(text: &str) -> String {
    if text.starts_with(['"', '\'', '{', '[']) && !text.contains('\n') {
        return text.to_owned();
    }
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            '\n' => quoted.push_str("\\n"),
            control if control.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(control))),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}
