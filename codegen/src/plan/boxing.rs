//! Which members and variants are boxed because a type would contain itself.
//!
//! Lists and maps are indirections already. Of what is left, each cycle is cut once. Where it is cut depends on the cycle's
//! own types alone, by their idents, so that nothing outside moves the cut.

use std::collections::BTreeMap;

use super::declaration::{RustType, TypeBody, TypeDecl};

/// A member or variant that holds another declaration in place.
#[derive(Clone, Copy, Debug)]
struct Edge {
    to: usize,
    member: usize,
}

/// Boxes what must be boxed.
pub(super) fn cut_cycles(types: &mut [TypeDecl]) {
    let edges: Vec<Vec<Edge>> = types.iter().map(edges).collect();
    let groups = groups(&edges);
    let mut order: Vec<usize> = (0..types.len()).collect();
    order.sort_by(|left, right| {
        let ident = |index: &usize| types.get(*index).map(|decl| (&decl.ident, &decl.module));
        ident(left).cmp(&ident(right))
    });
    let mut state = vec![State::New; types.len()];
    for start in order {
        let mut visit = Visit { edges: &edges, groups: &groups, state: &mut state, back: Vec::new(), done: Vec::new() };
        visit.run(start, Within::Group);
        for (from, member) in visit.back {
            if let Some(decl) = types.get_mut(from) {
                set_boxed(decl, member);
            }
        }
    }
}

fn edges(decl: &TypeDecl) -> Vec<Edge> {
    let direct = |(member, ty): (usize, &RustType)| match ty {
        RustType::Declared(to) => Some(Edge { to: *to, member }),
        _ => None,
    };
    match &decl.body {
        TypeBody::Struct(body) => body.members.iter().map(|member| &member.ty).enumerate().filter_map(direct).collect(),
        TypeBody::Union(body) => {
            let unboxed = body.variants.iter().enumerate().filter(|(_, variant)| !variant.boxed);
            unboxed.map(|(place, variant)| (place, &variant.ty)).filter_map(direct).collect()
        }
        TypeBody::StringEnum(_) | TypeBody::IntegerEnum(_) | TypeBody::RawUnion(_) => Vec::new(),
    }
}

fn set_boxed(decl: &mut TypeDecl, member: usize) {
    match &mut decl.body {
        TypeBody::Struct(body) => {
            if let Some(member) = body.members.get_mut(member) {
                member.boxed = true;
            }
        }
        TypeBody::Union(body) => {
            if let Some(variant) = body.variants.get_mut(member) {
                variant.boxed = true;
            }
        }
        _ => {}
    }
}

/// By declaration: the smallest declaration that it reaches and that reaches it (Kosaraju's algorithm).
fn groups(edges: &[Vec<Edge>]) -> Vec<usize> {
    let mut state = vec![State::New; edges.len()];
    let no_groups = vec![0; edges.len()];
    let mut finished = Vec::new();
    for start in 0..edges.len() {
        let mut visit = Visit { edges, groups: &no_groups, state: &mut state, back: Vec::new(), done: Vec::new() };
        visit.run(start, Within::Everything);
        finished.append(&mut visit.done);
    }
    let mut reverse: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (from, edges) in edges.iter().enumerate() {
        edges.iter().for_each(|edge| reverse.entry(edge.to).or_default().push(from));
    }
    let mut group: Vec<Option<usize>> = vec![None; edges.len()];
    for start in finished.into_iter().rev() {
        let mut open = vec![start];
        while let Some(at) = open.pop() {
            let Some(slot @ None) = group.get_mut(at) else { continue };
            *slot = Some(start);
            open.extend(reverse.get(&at).into_iter().flatten());
        }
    }
    group.into_iter().map(Option::unwrap_or_default).collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Everything,
    Group,
}

/// A depth-first walk with its own stack: documents may nest deeper than ours.
struct Visit<'a> {
    edges: &'a [Vec<Edge>],
    groups: &'a [usize],
    state: &'a mut Vec<State>,
    /// Edges that close a cycle.
    back: Vec<(usize, usize)>,
    /// In the order in which they were left.
    done: Vec<usize>,
}

impl Visit<'_> {
    fn run(&mut self, start: usize, within: Within) {
        if self.state_of(start) != State::New {
            return;
        }
        self.set(start, State::Open);
        let mut stack = vec![(start, 0)];
        while let Some((at, next)) = stack.pop() {
            let Some(edge) = self.edges.get(at).and_then(|edges| edges.get(next)).copied() else {
                self.set(at, State::Done);
                self.done.push(at);
                continue;
            };
            stack.push((at, next + 1));
            if within == Within::Group && self.groups.get(at) != self.groups.get(edge.to) {
                continue;
            }
            match self.state_of(edge.to) {
                State::New => {
                    self.set(edge.to, State::Open);
                    stack.push((edge.to, 0));
                }
                State::Open => self.back.push((at, edge.member)),
                State::Done => {}
            }
        }
    }

    fn state_of(&self, at: usize) -> State {
        self.state.get(at).copied().unwrap_or(State::Done)
    }

    fn set(&mut self, at: usize, state: State) {
        if let Some(slot) = self.state.get_mut(at) {
            *slot = state;
        }
    }
}
