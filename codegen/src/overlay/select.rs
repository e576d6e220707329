//! What a query finds in a tree. Changes nothing.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use regex_lite::Regex;

use super::query::{Comparison, Literal, Operand, Query, Segment, Selector, Start, Test};
use crate::tree::{NodeId, Tree, Value};

/// A node that a query found, and where it hangs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// The node.
    pub(super) node: NodeId,
    /// The object or list around it, and its place there; the document has none.
    pub(super) parent: Option<(NodeId, usize)>,
}

/// What `query` finds in the document at `root`, each node once.
pub(super) fn select(tree: &Tree, root: NodeId, query: &Query) -> Vec<Found> {
    Selection { tree, root }.query(root, query)
}

struct Selection<'t> {
    tree: &'t Tree,
    root: NodeId,
}

impl Selection<'_> {
    fn query(&self, current: NodeId, query: &Query) -> Vec<Found> {
        let start = match query.start {
            Start::Root => self.root,
            Start::Current => current,
        };
        let mut found = vec![Found { node: start, parent: None }];
        for segment in &query.segments {
            found = self.segment(&found, segment);
        }
        found
    }

    fn segment(&self, from: &[Found], segment: &Segment) -> Vec<Found> {
        let mut found = Vec::new();
        let mut seen = BTreeSet::new();
        let mut visited = BTreeSet::new();
        // Last first, so that nodes come out in the document's order.
        let mut waiting: Vec<NodeId> = from.iter().rev().map(|found| found.node).collect();
        while let Some(node) = waiting.pop() {
            if segment.descends && !visited.insert(node) {
                continue;
            }
            for selector in &segment.selectors {
                let chosen = self.selector(node, selector).into_iter();
                found.extend(chosen.filter(|found| seen.insert(found.node)));
            }
            if segment.descends {
                waiting.extend(self.children(node).into_iter().rev().map(|child| child.node));
            }
        }
        found
    }

    fn children(&self, node: NodeId) -> Vec<Found> {
        let nodes: Vec<NodeId> = match self.tree.value(node) {
            Value::Sequence(items) => items.clone(),
            Value::Mapping(members) => members.iter().map(|member| member.value).collect(),
            _ => Vec::new(),
        };
        nodes.into_iter().enumerate().map(|(at, child)| Found { node: child, parent: Some((node, at)) }).collect()
    }

    fn selector(&self, node: NodeId, selector: &Selector) -> Vec<Found> {
        let found = |at: usize, child: NodeId| Found { node: child, parent: Some((node, at)) };
        let items = self.tree.as_sequence(node).unwrap_or_default();
        match selector {
            Selector::Name(name) => {
                let members = self.tree.as_mapping(node).unwrap_or_default();
                let at = members.iter().position(|member| *member.key == **name);
                let member = at.and_then(|at| Some(found(at, members.get(at)?.value)));
                member.into_iter().collect()
            }
            Selector::Index(index) => {
                let at = absolute(*index, items.len()).and_then(|at| usize::try_from(at).ok());
                at.and_then(|at| Some(found(at, *items.get(at)?))).into_iter().collect()
            }
            Selector::Slice { start, end, step } => {
                let chosen = sliced(*start, *end, *step, items.len()).into_iter();
                chosen.filter_map(|at| Some(found(at, *items.get(at)?))).collect()
            }
            Selector::Every => self.children(node),
            Selector::Filter(test) => {
                self.children(node).into_iter().filter(|child| self.holds(child.node, test)).collect()
            }
        }
    }

    fn holds(&self, current: NodeId, test: &Test) -> bool {
        match test {
            Test::Any(tests) => tests.iter().any(|test| self.holds(current, test)),
            Test::All(tests) => tests.iter().all(|test| self.holds(current, test)),
            Test::Not(test) => !self.holds(current, test),
            Test::Exists(query) => !self.query(current, query).is_empty(),
            Test::Compare(left, comparison, right) => {
                self.compare(self.operand(current, left), *comparison, self.operand(current, right))
            }
            Test::Matches { text, pattern, whole } => {
                let (Some(text), Some(pattern)) =
                    (self.text(self.operand(current, text)), self.text(self.operand(current, pattern)))
                else {
                    return false;
                };
                let pattern = if *whole { format!("^(?:{pattern})$") } else { pattern };
                Regex::new(&pattern).is_ok_and(|pattern| pattern.is_match(&text))
            }
        }
    }

    fn operand(&self, current: NodeId, operand: &Operand) -> Operated {
        match operand {
            Operand::Literal(literal) => Operated::Literal(literal.clone()),
            Operand::Query(query) => match self.query(current, query).as_slice() {
                [only] => Operated::Node(only.node),
                _ => Operated::Nothing,
            },
            Operand::Count(query) => Operated::number(self.query(current, query).len()),
            Operand::Length(operand) => {
                let operated = self.operand(current, operand);
                let children = match &operated {
                    Operated::Node(node) => match self.tree.value(*node) {
                        Value::Sequence(items) => Some(items.len()),
                        Value::Mapping(members) => Some(members.len()),
                        _ => None,
                    },
                    _ => None,
                };
                let length = children.or_else(|| self.text(operated).map(|text| text.chars().count()));
                length.map_or(Operated::Nothing, Operated::number)
            }
        }
    }

    fn text(&self, operated: Operated) -> Option<String> {
        match self.literal(operated)? {
            Literal::String(text) => Some(text),
            _ => None,
        }
    }

    /// A scalar as a literal.
    fn literal(&self, operated: Operated) -> Option<Literal> {
        match operated {
            Operated::Nothing => None,
            Operated::Literal(literal) => Some(literal),
            Operated::Node(node) => match self.tree.value(node) {
                Value::Null => Some(Literal::Null),
                Value::Bool(value) => Some(Literal::Bool(*value)),
                Value::Number(text) => text.parse().ok().map(Literal::Number),
                Value::String(text) => Some(Literal::String(text.to_string())),
                Value::Sequence(_) | Value::Mapping(_) => None,
            },
        }
    }

    fn compare(&self, left: Operated, comparison: Comparison, right: Operated) -> bool {
        let equal = || self.equal(&left, &right);
        let order = |wanted: Ordering| match (self.literal(left.clone()), self.literal(right.clone())) {
            (Some(Literal::Number(left)), Some(Literal::Number(right))) => left.partial_cmp(&right) == Some(wanted),
            (Some(Literal::String(left)), Some(Literal::String(right))) => left.cmp(&right) == wanted,
            _ => false,
        };
        match comparison {
            Comparison::Equal => equal(),
            Comparison::NotEqual => !equal(),
            Comparison::Less => order(Ordering::Less),
            Comparison::LessOrEqual => order(Ordering::Less) || equal(),
            Comparison::Greater => order(Ordering::Greater),
            Comparison::GreaterOrEqual => order(Ordering::Greater) || equal(),
        }
    }

    fn equal(&self, left: &Operated, right: &Operated) -> bool {
        match (left, right) {
            (Operated::Nothing, Operated::Nothing) => true,
            (Operated::Node(left), Operated::Node(right)) => self.same(*left, *right),
            (left, right) => {
                let left = self.literal(left.clone());
                left.is_some() && left == self.literal(right.clone())
            }
        }
    }

    fn same(&self, left: NodeId, right: NodeId) -> bool {
        match (self.tree.value(left), self.tree.value(right)) {
            (Value::Sequence(one), Value::Sequence(other)) => {
                one.len() == other.len() && one.iter().zip(other).all(|(one, other)| self.same(*one, *other))
            }
            (Value::Mapping(one), Value::Mapping(other)) => {
                let same = |member: &crate::tree::Member| {
                    self.tree.member(right, &member.key).is_some_and(|other| self.same(member.value, other))
                };
                one.len() == other.len() && one.iter().all(same)
            }
            _ => {
                let left = self.literal(Operated::Node(left));
                left.is_some() && left == self.literal(Operated::Node(right))
            }
        }
    }
}

/// What an operand comes to.
#[derive(Clone)]
enum Operated {
    Nothing,
    Literal(Literal),
    Node(NodeId),
}

impl Operated {
    fn number(count: usize) -> Self {
        Self::Literal(Literal::Number(u32::try_from(count).unwrap_or(u32::MAX).into()))
    }
}

/// An index from the start; negative ones count from the end.
fn absolute(index: i64, length: usize) -> Option<i64> {
    let length = i64::try_from(length).ok()?;
    if index < 0 { length.checked_add(index) } else { Some(index) }
}

/// The places that a slice chooses, in its order.
fn sliced(start: Option<i64>, end: Option<i64>, step: i64, length: usize) -> Vec<usize> {
    let whole = i64::try_from(length).unwrap_or(i64::MAX);
    let forward = step > 0;
    // A backward slice starts at the last item and ends before the first.
    let (low, high) = if forward { (0, whole) } else { (-1, whole - 1) };
    let place = |index: Option<i64>, default: i64| {
        index.map_or(default, |index| absolute(index, length).unwrap_or(low).clamp(low, high))
    };
    let (mut at, end) =
        if forward { (place(start, low), place(end, high)) } else { (place(start, high), place(end, low)) };
    let mut places = Vec::new();
    while step != 0 && if forward { at < end } else { at > end } {
        places.extend(usize::try_from(at).ok());
        let Some(next) = at.checked_add(step) else { break };
        at = next;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::super::query::parse;
    use super::*;
    use crate::diagnostic::Collector;
    use crate::source::{FileId, Sources};

    const SHOP: &str = r#"
        { "paths": { "/pets": { "get": { "tags": ["a", "b"], "x-kind": "list" }, "post": { "tags": ["b"] } },
                     "/pets/{id}": { "get": { "tags": [], "x-kind": "Read", "size": 3 } } },
          "list": [0, 1, 2, 3, 4], "same": { "list": [0, 1, 2, 3, 4] }, "none": null }"#;

    fn check(query: &str, expected: &[&str]) {
        let mut sources = Sources::default();
        sources.add("shop.json", SHOP);
        let documents = crate::read::read(&sources, &mut Collector::default());
        let root = documents.root(FileId(0)).unwrap();
        let found = select(&documents.tree, root, &parse(query).unwrap_or_else(|fault| panic!("{query}: {fault:?}")));
        let found: Vec<String> = found.iter().map(|found| documents.tree.json_text(found.node)).collect();
        assert_eq!(found, expected, "{query}");
    }

    #[test]
    fn names_wildcards_and_descendants() {
        check("$.none", &["null"]);
        check("$.paths['/pets'].*.tags", &[r#"["a","b"]"#, r#"["b"]"#]);
        check("$['paths'][ '/pets' , '/nothing' ].get['x-kind']", &[r#""list""#]);
        check("$..size", &["3"]);
        check("$..['x-kind']", &[r#""list""#, r#""Read""#]);
        check("$..*..size", &["3"]);
        check("$.nothing.at.all", &[]);
    }

    #[test]
    fn indexes_and_slices() {
        check("$.list[0]", &["0"]);
        check("$.list[-1]", &["4"]);
        check("$.list[9]", &[]);
        check("$.list[-9]", &[]);
        check("$.list[1:3]", &["1", "2"]);
        check("$.list[:2, 1]", &["0", "1"]);
        check("$.list[3:]", &["3", "4"]);
        check("$.list[-2:]", &["3", "4"]);
        check("$.list[::2]", &["0", "2", "4"]);
        check("$.list[::-2]", &["4", "2", "0"]);
        check("$.list[3:0:-1]", &["3", "2", "1"]);
        check("$.list[::0]", &[]);
        check("$.list[9223372036854775807:-9223372036854775808:-9223372036854775808]", &["4"]);
    }

    #[test]
    fn filters() {
        check("$.paths[?@.post].get.tags", &[r#"["a","b"]"#]);
        check("$.paths[?!@.post].get.size", &["3"]);
        check("$.paths.*[?@['x-kind'] == 'list'].tags[0]", &[r#""a""#]);
        check("$.paths.*[?(@['x-kind'] != \"list\" && length(@.tags) == 0)].size", &["3"]);
        check("$.paths.*[?@.size >= 3 || @.size < 0].size", &["3"]);
        check("$.paths[?(@.get.tags[?(@ == 'b')])].post.tags", &[r#"["b"]"#]);
        check("$.paths.*.get.tags[?@ > 'a']", &[r#""b""#]);
        check("$.paths.*[?count(@.tags.*) == 1].tags", &[r#"["b"]"#]);
        check("$.paths.*[?match(@['x-kind'], '[Rr]ea.')].size", &["3"]);
        check("$.paths.*[?search(@['x-kind'], 'is')].tags[1]", &[r#""b""#]);
        check("$.paths.*[?value(@..size) == 3].size", &["3"]);
        check("$[?@ == $.same.list][0]", &["0"]);
        check("$[?@ == null]", &["null"]);
        check("$.list[?@ == 1.0 || @ == 2e0]", &["1", "2"]);
        check("$.list[?@ == '1']", &[]);
        check("$.paths.*[?@.gone == @.missing].size", &["3"]);
        check("$.list[?match(@, '[')]", &[]);
    }
}
