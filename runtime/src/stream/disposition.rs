//! The file's name in `content-disposition` (RFC 6266, RFC 8187).
//!
//! Owns reading it. A name is made safe to be joined to a folder on every system: directories and drives are cut off, names of
//! devices and characters that a system or a reader takes for something else are changed.

/// The name that a header's value suggests, as a base name that is safe on every system. `filename*` goes before `filename`.
pub(super) fn file_name(value: &str) -> Option<String> {
    let (mut plain, mut extended) = (None, None);
    let mut rest = value.split_once(';')?.1;
    while let Some((name, tail)) = rest.split_once('=') {
        let (text, tail) = parameter(tail.trim_start());
        match name.trim_start_matches([';', ' ', '\t']).trim().to_ascii_lowercase().as_str() {
            "filename" => plain = plain.or(Some(text)),
            "filename*" => extended = extended.or_else(|| decoded(&text)),
            _ => {}
        }
        rest = tail;
    }
    extended.and_then(|name| safe(&name)).or_else(|| safe(&plain?))
}

/// A parameter's value, and what comes behind it.
fn parameter(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let (value, rest) = text.split_once(';').unwrap_or((text, ""));
        return (value.trim().to_owned(), rest);
    };
    let mut value = String::new();
    let mut characters = quoted.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return (value, quoted.get(at + 1..).unwrap_or_default()),
            '\\' => value.extend(characters.next().map(|(_, escaped)| escaped)),
            other => value.push(other),
        }
    }
    (value, "")
}

/// `UTF-8''na%C3%AFve.txt`.
fn decoded(text: &str) -> Option<String> {
    let (charset, rest) = text.split_once('\'')?;
    let (_, encoded) = rest.split_once('\'')?;
    if !charset.eq_ignore_ascii_case("utf-8") {
        return None;
    }
    let (mut bytes, mut rest) = (Vec::new(), encoded.as_bytes());
    while let Some((first, tail)) = rest.split_first() {
        match (first, tail.split_at_checked(2)) {
            (b'%', Some((digits, tail))) => {
                bytes.push(u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?);
                rest = tail;
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).ok()
}

/// What Windows takes for a device, whatever follows a dot. The digits have superscripts there, too.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul", "conin$", "conout$", "clock$"];
/// More bytes than this are no file name on most systems.
const LONGEST: usize = 255;

/// The last part of a path as a name that is one on every system, and shows as what it is; `None` where nothing is left.
fn safe(name: &str) -> Option<String> {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let last: String = last.chars().filter(|one| !one.is_control() && !is_invisible(*one)).collect();
    let last = without_drive(last.trim_start());
    let mut name: String = last.chars().map(|one| if r#"<>:"|?*"#.contains(one) { '_' } else { one }).collect();
    if is_device(&name) {
        name.insert(0, '_');
    }
    cut(&mut name);
    // Windows drops them, so `a.txt.` would be another name than what was asked for.
    let name = name.trim_end_matches(|one: char| one == '.' || one.is_whitespace());
    (!name.is_empty()).then(|| name.to_owned())
}

/// `C:x` is a file of the drive's current folder.
fn without_drive(name: &str) -> &str {
    match name.split_once(':') {
        Some((drive, rest)) if drive.len() == 1 && drive.starts_with(|one: char| one.is_ascii_alphabetic()) => {
            rest.trim_start()
        }
        _ => name,
    }
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let is_port = |digit: &str| {
        matches!(digit, "\u{b9}" | "\u{b2}" | "\u{b3}")
            || (digit.len() == 1 && digit.as_bytes().is_ascii() && digit.starts_with(|one: char| one.is_ascii_digit()))
    };
    let port = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
    DEVICES.contains(&stem.as_str()) || port.is_some_and(is_port)
}

/// Characters without a shape, some of which turn the direction of what follows: `a\u{202e}gpj.exe` shows as `aexe.jpg`.
fn is_invisible(one: char) -> bool {
    matches!(one, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Shortens a name in front of its ending.
fn cut(name: &mut String) {
    if name.len() <= LONGEST {
        return;
    }
    let ending = name.rfind('.').filter(|at| name.len() - at <= 16).map(|at| name.split_off(at)).unwrap_or_default();
    while name.len() + ending.len() > LONGEST {
        name.pop();
    }
    name.push_str(&ending);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        let check = |value: &str, expected: Option<&str>| assert_eq!(file_name(value).as_deref(), expected, "{value}");
        check("attachment", None);
        check("attachment; filename=orders.csv", Some("orders.csv"));
        check("attachment; filename=\"all orders; 2026.csv\"; size=7", Some("all orders; 2026.csv"));
        check(r#"attachment; filename="a\"b.csv""#, Some("a_b.csv"));
        check("inline; FILENAME=a.csv; filename*=UTF-8''na%C3%AFve%20b.csv", Some("na\u{ef}ve b.csv"));
        check("attachment; filename*=ISO-8859-1''a%E9; filename=b", Some("b"));
        check("attachment; filename*=UTF-8''%zz; filename=b", Some("b"));
        check("attachment; filename=\"../../etc/passwd\"", Some("passwd"));
        check("attachment; filename=\"C:\\\\dir\\\\x.txt\"", Some("x.txt"));
        check("attachment; filename=\"..\"", None);
        check("attachment; filename=\"\"", None);
    }
    #[test]
    fn names_are_safe_on_every_system() {
        let check = |name: &str, expected: Option<&str>| assert_eq!(safe(name).as_deref(), expected, "{name:?}");
        check("orders 2026 (1).csv", Some("orders 2026 (1).csv"));
        check("na\u{ef}ve \u{65e5}.csv", Some("na\u{ef}ve \u{65e5}.csv"));
        check("C:x", Some("x"));
        check("c: x.txt", Some("x.txt"));
        check("C:", None);
        check("C:..", None);
        check("x.txt:stream", Some("x.txt_stream"));
        check("x.txt::$DATA", Some("x.txt__$DATA"));
        for device in ["NUL", "con", "Aux.txt", "nul .tar.gz", "COM1", "lpt9.log", "COM\u{b2}.x", "CONIN$"] {
            check(device, Some(&format!("_{device}")));
        }
        for name in ["console.txt", "com10", "com", "nullable", "a.con"] {
            check(name, Some(name));
        }
        check("NUL.", Some("_NUL"));
        check("a\u{202e}gpj.exe", Some("agpj.exe"));
        check("\u{200f}\u{2066}a\u{2069}\u{feff}", Some("a"));
        check("\u{200b}NUL\u{200d}", Some("_NUL"));
        check("a\0b\r\n.txt\t", Some("ab.txt"));
        check("a.txt. . ", Some("a.txt"));
        check(" a", Some("a"));
        check("...", None);
        check("a<b>|\"?*.txt", Some("a_b_____.txt"));
        check("..\\..\\evil/", None);
        check("\u{2028}", None);
        let long = safe(&format!("{}.tar.gz", "\u{e4}".repeat(300))).unwrap();
        assert!(long.len() <= LONGEST && long.ends_with("\u{e4}.gz"), "{long}");
        assert_eq!(safe(&"x".repeat(300)).unwrap().len(), LONGEST);
    }
}
