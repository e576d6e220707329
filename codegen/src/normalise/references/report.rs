//! What the pass says of references that lead astray.

use super::resolver::Lost;
use super::{Context, MAX_CHAIN};
use crate::diagnostic::codes::{
    CHAIN_TOO_LONG, DANGLING_REF, REF_CYCLE, REF_NOT_LOADED, REF_TO_NEAREST_DEFS, REF_TO_WRONG_KIND, UNUSED_CYCLE,
};
use crate::diagnostic::{Collector, Report, nearest};
use crate::normalise::document::Noun;
use crate::source::{FileFault, Place, Sources};
use crate::tree::NodeId;

/// Reports a chain that is longer than [`MAX_CHAIN`]. One is told, because all that lead to it are as long.
pub(crate) fn report_too_long(collector: &mut Collector, place: impl Into<Option<Place>>) {
    collector
        .report(&CHAIN_TOO_LONG, place)
        .message(format!("this leads through more than {MAX_CHAIN} others"))
        .label("the chain begins, or is cut, here")
        .help("refer to what is meant directly");
}

/// Reports a reference to a file that is not part of the set: its place, and its text.
pub(crate) fn report_not_loaded<'c>(
    sources: &Sources,
    (place, text): (Place, &str),
    name: &str,
    collector: &'c mut Collector,
) -> Report<'c> {
    let fault = sources.find(name).and_then(|file| sources.file(file)?.fault.as_ref());
    let (label, help) = match fault {
        Some(FileFault::Outside(folder)) => (
            format!("`{name}` stands outside the document's folder"),
            format!(
                "allow its folder: `--root {folder}`, in `typewright.toml` `roots = [\"{folder}\"]`, in a build script `.root(\"{folder}\")`"
            ),
        ),
        Some(FileFault::Unreadable(reason)) => {
            (format!("`{name}` cannot be read: {reason}"), "correct the path, or put the file there".to_owned())
        }
        _ => (
            format!("`{name}` is not part of the document"),
            "put the file into the document's folder, and name it by a relative path".to_owned(),
        ),
    };
    let report = collector.report(&REF_NOT_LOADED, place);
    report.message(format!("`{text}` leads to a file that is not loaded")).label(label).help(help)
}

/// References that lead to each other and nowhere else. What an operation needs has to mean something; `unused` is the noun of
/// what none needs.
pub(super) fn cycle(context: &Context<'_>, cycle: &[NodeId], unused: Option<Noun>, collector: &mut Collector) {
    let tree = context.tree;
    let text_of = |node: &NodeId| ["$ref", "$dynamicRef"].iter().find_map(|key| tree.member(*node, key));
    let mut texts = cycle.iter().filter_map(text_of);
    let Some(first) = texts.next() else { return };
    let text = tree.as_str(first).unwrap_or_default();
    let mut report = collector
        .report(if unused.is_some() { &UNUSED_CYCLE } else { &REF_CYCLE }, tree.place(first))
        .message(format!("`{text}` only leads back to itself"))
        .label("nothing stands at the end of this reference")
        .help("replace one of the references by what it should stand for")
        .recovery(unused.map(recovery).unwrap_or_default());
    for other in texts {
        report = report.related(tree.place(other), "by way of this one");
    }
}

/// What the text means, and what was taken for it.
pub(super) fn nearest_defs(context: &Context<'_>, (at, target): (NodeId, NodeId), collector: &mut Collector) {
    let tree = context.tree;
    let text = tree.as_str(at).unwrap_or_default();
    let pointer = context.parents.text(tree, context.sources, target);
    collector
        .report(&REF_TO_NEAREST_DEFS, tree.place(at))
        .message(format!("`{text}` leads nowhere, for `#` is the top of the file"))
        .label("a schema around this one has it")
        .help(format!("write `{pointer}`, or move the schema to `components.schemas`"))
        .recovery(format!("it is read as `{pointer}`"))
        .related(tree.place(target), "this is taken");
}

/// A parameter where a header is meant.
pub(super) fn parameter_as_header(context: &Context<'_>, (at, target): (NodeId, NodeId), collector: &mut Collector) {
    let tree = context.tree;
    collector
        .report(&REF_TO_WRONG_KIND, tree.place(at))
        .message(format!("`{}` leads to a parameter", tree.as_str(at).unwrap_or_default()))
        .label("a header is expected here")
        .help("point it at a header")
        .recovery("it is read as a header, without its `name` and `in`")
        .related(tree.place(target), "this is where it leads");
}

/// What was expected, and what was found.
pub(super) fn wrong_kind(
    context: &Context<'_>,
    (noun, found): (Noun, &str),
    (at, target): (NodeId, NodeId),
    collector: &mut Collector,
) {
    let tree = context.tree;
    collector
        .report(&REF_TO_WRONG_KIND, tree.place(at))
        .message(format!("`{}` leads to {found}", tree.as_str(at).unwrap_or_default()))
        .label(format!("{} is expected here", noun.name()))
        .help(format!("point it at {}", noun.name()))
        .recovery(recovery(noun))
        .related(tree.place(target), "this is where it leads");
}

/// Nothing was found. What was left out has been told where it stands.
pub(super) fn lost(context: &Context<'_>, lost: Lost, (noun, at): (Noun, NodeId), collector: &mut Collector) {
    let tree = context.tree;
    let text = tree.as_str(at).unwrap_or_default();
    match lost {
        Lost::Nowhere => {
            let known = noun.section().and_then(|section| section_of(context, section));
            let keys =
                known.and_then(|known| tree.as_mapping(known)).unwrap_or_default().iter().map(|member| &*member.key);
            let last = text.rsplit('/').next().unwrap_or_default();
            let help = match (nearest(last, keys), noun.section()) {
                (Some(near), Some(section)) => format!("did you mean `#/components/{section}/{near}`?"),
                _ => format!("declare {}, or correct the reference", noun.name()),
            };
            let report = collector.report(&DANGLING_REF, tree.place(at)).message(format!("`{text}` leads nowhere"));
            report.label(format!("there is no such {}", bare(noun))).help(help).recovery(recovery(noun));
        }
        Lost::NotLoaded(name) => {
            let report = report_not_loaded(context.sources, (tree.place(at), text), &name, collector);
            report.recovery(recovery(noun));
        }
        Lost::LeftOut => {}
    }
}

fn section_of(context: &Context<'_>, section: &str) -> Option<NodeId> {
    let components = context.tree.member(context.root, "components")?;
    context.tree.member(components, section)
}

fn bare(noun: Noun) -> &'static str {
    let noun = noun.name();
    noun.split_once(' ').map_or(noun, |(_, bare)| bare)
}

/// What becomes of a position whose reference has no target.
fn recovery(noun: Noun) -> String {
    match noun {
        Noun::Schema => "the value is opaque".to_owned(),
        Noun::RequestBody => "the body is any JSON".to_owned(),
        Noun::PathItem => "the path is left out".to_owned(),
        other => format!("the {} is left out", bare(other)),
    }
}
