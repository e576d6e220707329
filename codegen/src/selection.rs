//! Which operations of a document a client is made of: patterns over tags, operation ids and paths.
//!
//! Owns the patterns and how they match. Which operations there are is for others to say.

use std::fmt;
use std::str::FromStr;

use crate::diagnostic::nearest;

/// Operations that are asked for. Without any pattern all are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// An operation must match one of these, if there are any.
    pub include: Vec<Pattern>,
    /// An operation that matches one of these is left out.
    pub exclude: Vec<Pattern>,
}

/// `tag:pets`, `operation:pets.*`, `/pets/**`, `GET /pets/*`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    subject: Subject,
    glob: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Subject {
    Tag,
    Operation,
    /// With a method, or with any.
    Path(Option<String>),
}

/// What patterns look at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate<'a> {
    pub(crate) tags: &'a [String],
    pub(crate) operation_id: Option<&'a str>,
    pub(crate) method: &'a str,
    /// A webhook has none.
    pub(crate) path: Option<&'a str>,
}

impl Selection {
    /// Whether every operation is chosen.
    pub fn is_everything(&self) -> bool {
        self.include.is_empty() && self.exclude.is_empty()
    }

    pub(crate) fn chooses(&self, candidate: Candidate<'_>) -> bool {
        let any = |patterns: &[Pattern]| patterns.iter().any(|pattern| pattern.matches(candidate));
        (self.include.is_empty() || any(&self.include)) && !any(&self.exclude)
    }
}

impl Pattern {
    pub(crate) fn matches(&self, candidate: Candidate<'_>) -> bool {
        match &self.subject {
            Subject::Tag => candidate.tags.iter().any(|tag| glob(&self.glob, tag, Star::Everything)),
            Subject::Operation => candidate.operation_id.is_some_and(|id| glob(&self.glob, id, Star::Everything)),
            Subject::Path(method) => {
                let path = candidate.path.is_some_and(|path| glob(&self.glob, path, Star::OneStep));
                path && method.as_ref().is_none_or(|method| method.eq_ignore_ascii_case(candidate.method))
            }
        }
    }

    /// The pattern that was probably meant where this one matches none of the candidates.
    pub(crate) fn nearest(&self, candidates: &[Candidate<'_>]) -> Option<Self> {
        let near = match &self.subject {
            Subject::Tag => nearest(&self.glob, candidates.iter().flat_map(|one| one.tags).map(String::as_str)),
            Subject::Operation => nearest(&self.glob, candidates.iter().filter_map(|one| one.operation_id)),
            Subject::Path(_) => self.nearest_path(candidates),
        };
        near.map(|near| Self { subject: self.subject.clone(), glob: near.to_owned() })
    }

    /// A path that another method has is not near: the method is what was mistyped.
    fn nearest_path<'c>(&self, candidates: &[Candidate<'c>]) -> Option<&'c str> {
        let Subject::Path(method) = &self.subject else { return None };
        let fits = |one: &&Candidate<'c>| method.as_ref().is_none_or(|method| method.eq_ignore_ascii_case(one.method));
        nearest(&self.glob, candidates.iter().filter(fits).filter_map(|one| one.path))
    }
}

impl FromStr for Pattern {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (subject, glob) = match text.split_once(':') {
            _ if text.starts_with('/') => (Subject::Path(None), text),
            Some(("tag", name)) => (Subject::Tag, name),
            Some(("operation", id)) => (Subject::Operation, id),
            Some((word, rest)) if !rest.is_empty() && nearest(word, SUBJECTS).is_some() => {
                return Err(format!("did you mean `{}:{rest}`?", nearest(word, SUBJECTS).unwrap_or_default()));
            }
            None if is_word(text) => {
                return Err(format!("write `tag:{text}` for a tag, `operation:{text}` for an operation"));
            }
            _ => match text.split_once(' ') {
                Some((method, path)) if path.starts_with('/') && is_method(method) => {
                    (Subject::Path(Some(method.to_owned())), path)
                }
                _ => {
                    let expected = "expected `tag:NAME`, `operation:ID`, `/path/*` or `GET /path/*`";
                    return Err(format!(
                        "{expected}; `*` stands for anything within a step of the path, `**` for several"
                    ));
                }
            },
        };
        if glob.is_empty() {
            return Err("nothing stands behind the colon".to_owned());
        }
        Ok(Self { subject, glob: glob.to_owned() })
    }
}

/// What stands before a colon.
const SUBJECTS: [&str; 2] = ["tag", "operation"];

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.' | '*'))
}

fn is_method(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphabetic())
}

impl fmt::Display for Pattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.subject {
            Subject::Tag => write!(formatter, "tag:{}", self.glob),
            Subject::Operation => write!(formatter, "operation:{}", self.glob),
            Subject::Path(None) => formatter.write_str(&self.glob),
            Subject::Path(Some(method)) => write!(formatter, "{method} {}", self.glob),
        }
    }
}

/// Whether a path fits a pattern, in which `*` stands for anything but a slash and `**` for slashes too.
pub fn fits_path(pattern: &str, path: &str) -> bool {
    glob(pattern, path, Star::OneStep)
}

/// What a single `*` stands for.
#[derive(Clone, Copy, PartialEq)]
enum Star {
    Everything,
    /// Everything but a slash; `**` stands for slashes too.
    OneStep,
}

/// Whether the pattern is the whole text. All ends at once, so that no pattern takes long.
fn glob(pattern: &str, text: &str, star: Star) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    // Which places of the text each prefix of the pattern can end at.
    let mut ends = vec![false; text.len() + 1];
    if let Some(first) = ends.first_mut() {
        *first = true;
    }
    let mut rest = pattern.as_slice();
    while let Some((next, tail)) = rest.split_first() {
        let double = *next == '*' && tail.first() == Some(&'*');
        rest = if double { tail.get(1..).unwrap_or_default() } else { tail };
        let mut reached = vec![false; ends.len()];
        let mut open = false;
        for (at, slot) in reached.iter_mut().enumerate() {
            let before = at.checked_sub(1).and_then(|before| text.get(before));
            if *next == '*' {
                let passes = before.is_none_or(|before| double || star == Star::Everything || *before != '/');
                open = (open && passes) || ends.get(at).copied().unwrap_or_default();
                *slot = open;
            } else {
                let stood = at.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or_default();
                *slot = stood && before == Some(next);
            }
        }
        ends = reached;
    }
    ends.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_tags_ids_and_paths() {
        let tags = ["Pets".to_owned(), "Big cats".to_owned()];
        let pet =
            Candidate { tags: &tags, operation_id: Some("pets.get"), method: "GET", path: Some("/pets/{id}/toys") };
        let check = |pattern: &str, expected: bool| {
            let parsed: Pattern = pattern.parse().unwrap();
            assert_eq!(parsed.to_string(), pattern);
            assert_eq!(parsed.matches(pet), expected, "{pattern}");
        };
        check("tag:Pets", true);
        check("tag:Big *", true);
        check("tag:pets", false);
        check("operation:pets.*", true);
        check("operation:pets", false);
        check("/pets/*/toys", true);
        check("/pets/*", false);
        check("/pets/**", true);
        check("/**", true);
        check("/**/toys", true);
        check("/pets/{id}/toys", true);
        check("/*/toys", false);
        check("get /pets/**", true);
        check("POST /pets/**", false);
        check("/pets/**************************************************x", false);
    }

    #[test]
    fn a_pattern_that_says_nothing_is_refused() {
        for text in ["pets", "tag:", "tags:pets", "", "1 /pets", "operation:"] {
            assert!(text.parse::<Pattern>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_pattern_that_is_nearly_one_is_told() {
        let check = |text: &str, expected: &str| assert_eq!(text.parse::<Pattern>().unwrap_err(), expected, "{text}");
        check("tags:pets", "did you mean `tag:pets`?");
        check("operaton:listPets", "did you mean `operation:listPets`?");
        check("pets", "write `tag:pets` for a tag, `operation:pets` for an operation");
    }

    #[test]
    fn the_pattern_that_was_meant_is_one_of_the_same_sort() {
        let tags = ["Pets".to_owned()];
        let pet = Candidate { tags: &tags, operation_id: Some("listPets"), method: "GET", path: Some("/pets/{id}") };
        let check = |text: &str, expected: Option<&str>| {
            let near = text.parse::<Pattern>().unwrap().nearest(&[pet]);
            assert_eq!(near.map(|near| near.to_string()).as_deref(), expected, "{text}");
        };
        check("tag:Pet", Some("tag:Pets"));
        check("operation:listPet", Some("operation:listPets"));
        check("/pet/{id}", Some("/pets/{id}"));
        check("GET /pets/{ids}", Some("GET /pets/{id}"));
        check("POST /pets/{ids}", None);
        check("tag:orders", None);
    }

    #[test]
    fn what_is_excluded_is_out_even_if_it_is_included() {
        let selection = Selection {
            include: vec!["/pets/**".parse().unwrap(), "tag:Toys".parse().unwrap()],
            exclude: vec!["DELETE /**".parse().unwrap()],
        };
        let chooses = |method, path| selection.chooses(Candidate { tags: &[], operation_id: None, method, path });
        assert!(chooses("GET", Some("/pets/1")));
        assert!(!chooses("DELETE", Some("/pets/1")));
        assert!(!chooses("GET", Some("/orders")));
        assert!(!chooses("POST", None));
    }
}
