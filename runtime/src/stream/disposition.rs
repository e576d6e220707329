//! The file's name in `content-disposition` (RFC 6266, RFC 8187).
//!
//! Owns reading it. A name is made safe to be joined to a folder: directories are cut off.

/// The name that a header's value suggests, without directories. `filename*` goes before `filename`.
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

/// The last part of a path, if it is a name.
fn safe(name: &str) -> Option<String> {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let last: String = last.chars().filter(|one| !one.is_control()).collect();
    let last = last.trim();
    (!matches!(last, "" | "." | "..")).then(|| last.to_owned())
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
        check(r#"attachment; filename="a\"b.csv""#, Some("a\"b.csv"));
        check("inline; FILENAME=a.csv; filename*=UTF-8''na%C3%AFve%20b.csv", Some("na\u{ef}ve b.csv"));
        check("attachment; filename*=ISO-8859-1''a%E9; filename=b", Some("b"));
        check("attachment; filename*=UTF-8''%zz; filename=b", Some("b"));
        check("attachment; filename=\"../../etc/passwd\"", Some("passwd"));
        check("attachment; filename=\"C:\\\\dir\\\\x.txt\"", Some("x.txt"));
        check("attachment; filename=\"..\"", None);
        check("attachment; filename=\"\"", None);
    }
}
