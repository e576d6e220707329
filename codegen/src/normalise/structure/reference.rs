//! A `$ref` where OpenAPI has none: in place of a whole map, list or object, for example of `paths` or `content`.
//!
//! Before: an object whose one member is `$ref`. After: what it leads to, which both places share; members beside it stay.
//! References in their own places are not followed here: that is the pass `references`.

use super::{Check, Context, Holds};
use crate::diagnostic::codes;
use crate::normalise::references::{Lost, MAX_CHAIN, find_in_files, report_not_loaded};
use crate::read::MAX_NODES;
use crate::tree::{MAX_DEPTH, NodeId, Value};

impl Check<'_> {
    /// Puts what a reference stands for in its place, and says so. One that leads nowhere stands for nothing.
    pub(super) fn spread_reference(&mut self, id: NodeId, holds: &Holds, context: &Context<'_>) {
        let Some(at) = self.tree.member(id, "$ref") else { return };
        let Some(text) = self.tree.as_str(at).map(str::to_owned) else { return };
        let target =
            self.destination(id).and_then(|target| if self.fits(id, target) { Ok(target) } else { Err(Lost::Nowhere) });
        let value = match target {
            Ok(target) => {
                self.collector
                    .report(&codes::REF_OUT_OF_PLACE, self.tree.place(at))
                    .message(format!("{} cannot be a reference", context.name))
                    .label("OpenAPI has no reference here")
                    .help("write here what it leads to, or refer to each of its members")
                    .recovery("it is followed");
                self.tree.value(target).clone()
            }
            Err(lost) => {
                self.report_lost(at, &text, &lost);
                if matches!(holds, Holds::List(_)) { Value::Sequence(Vec::new()) } else { Value::Mapping(Vec::new()) }
            }
        };
        let value = self.with_own_members(id, value);
        self.tree.set_value(id, value);
    }

    /// The members beside the reference count, as they do beside that of a path.
    fn with_own_members(&self, id: NodeId, mut value: Value) -> Value {
        if let Value::Mapping(members) = &mut value {
            let own = self.tree.as_mapping(id).unwrap_or_default().iter().filter(|member| &*member.key != "$ref");
            for member in own {
                members.retain(|other| other.key != member.key);
                members.push(member.clone());
            }
        }
        value
    }

    /// The end of the chain of references that begins here.
    fn destination(&self, id: NodeId) -> Result<NodeId, Lost> {
        let mut at = id;
        for _ in 0..MAX_CHAIN {
            let Some(text) = self.tree.member_str(at, "$ref") else { return Ok(at) };
            at = find_in_files((self.tree, self.sources, self.roots), at, text)?;
        }
        Err(Lost::Nowhere)
    }

    /// Whether a part can stand in this place as well: it does not contain it, and stays within the limits of readers.
    fn fits(&mut self, id: NodeId, target: NodeId) -> bool {
        let mut stack = vec![(target, self.depth)];
        let mut values = self.spread;
        while let Some((node, depth)) = stack.pop() {
            values += 1;
            if node == id || depth > MAX_DEPTH || values > MAX_NODES {
                return false;
            }
            match self.tree.value(node) {
                Value::Sequence(items) => stack.extend(items.iter().map(|item| (*item, depth + 1))),
                Value::Mapping(members) => stack.extend(members.iter().map(|member| (member.value, depth + 1))),
                _ => {}
            }
        }
        self.spread = values;
        true
    }

    fn report_lost(&mut self, at: NodeId, text: &str, lost: &Lost) {
        let place = self.tree.place(at);
        let report = match lost {
            Lost::NotLoaded(name) => report_not_loaded(self.sources, (place, text), name, self.collector),
            Lost::Nowhere | Lost::LeftOut => {
                let report = self.collector.report(&codes::DANGLING_REF, place);
                let report = report.message(format!("`{text}` leads nowhere"));
                report.label("nothing that can stand here is there").help("correct the reference")
            }
        };
        report.recovery("it is read as empty");
    }
}
