//! Which inline types share one definition: those that are alike to the last word of their members' docs.
//!
//! Documents repeat themselves (a large one says `read | write` nine hundred times), and every definition costs whoever
//! compiles the crate. Each type keeps its name, its docs and its lines in `api.txt`; all but one are aliases. Whether two
//! names are one type is no promise: when one of them gets a member, it is a type of its own again, under the same name.
//! Components and types with an explicit name are never alike: somebody meant them to be a type. See
//! `docs/decisions/shared-definitions.md`.

use std::collections::BTreeMap;

use super::declaration::{
    Choice, ConstructorDecl, Definition, FieldDecl, RustType, StructDecl, TypeBody, TypeDecl, UnionDecl, ValueDecl,
    VariantDecl, VariantShape,
};
use super::module::SHARED;

/// Makes aliases of all but one of the types that are alike. `inline` tells by place which types may be.
pub(super) fn share(types: &mut [TypeDecl], inline: &[bool]) {
    let mut classes = {
        let shapes: Vec<Likeness<'_>> = types.iter().map(Likeness::of).collect();
        let mut alone: Vec<bool> = (0..types.len()).map(|place| inline.get(place) != Some(&true)).collect();
        loop {
            let classes = classes(&shapes, &alone);
            let clashing = clashing(types, &classes);
            if clashing.is_empty() {
                break classes;
            }
            clashing.into_iter().filter_map(|place| alone.get_mut(place).map(|alone| *alone = true)).for_each(drop);
        }
    };
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (place, class) in classes.drain(..).enumerate() {
        groups.entry(class).or_default().push(place);
    }
    groups.into_values().filter(|group| group.len() > 1).for_each(|group| settle(types, group));
}

/// The definition stands under the shortest name, and where every member of the group can reach it.
fn settle(types: &mut [TypeDecl], mut group: Vec<usize>) {
    let rank =
        |place: &usize| types.get(*place).map(|decl| (decl.module != SHARED, decl.ident.len(), decl.ident.clone()));
    group.sort_by_cached_key(rank);
    let module = |place: &usize| types.get(*place).map(|decl| decl.module.as_str());
    let Some((first, others)) = group.split_first() else { return };
    let common = module(first) != Some(SHARED) && others.iter().any(|other| module(other) != module(first));
    if common && let Some(decl) = types.get_mut(*first) {
        decl.definition = Definition::Common;
    }
    for other in others {
        if let Some(decl) = types.get_mut(*other) {
            decl.definition = Definition::Alias(*first);
        }
    }
}

/// The class of each type: first by what it says itself, then by the classes of what it holds, until nothing changes.
fn classes(shapes: &[Likeness<'_>], alone: &[bool]) -> Vec<usize> {
    let own = |place: usize| if alone.get(place) == Some(&true) { place + 1 } else { 0 };
    let mut known = BTreeMap::new();
    let mut classes: Vec<usize> = Vec::new();
    for (place, shape) in shapes.iter().enumerate() {
        let next = known.len();
        let words = if own(place) == 0 { shape.words.as_slice() } else { &[] };
        classes.push(*known.entry((own(place), words)).or_insert(next));
    }
    let mut count = known.len();
    loop {
        let mut known = BTreeMap::new();
        let mut finer: Vec<usize> = Vec::new();
        for (shape, class) in shapes.iter().zip(&classes) {
            let held = shape.held.iter().filter_map(|held| classes.get(*held).copied());
            let next = known.len();
            finer.push(*known.entry((*class, held.collect::<Vec<_>>())).or_insert(next));
        }
        if known.len() == count {
            return classes;
        }
        count = known.len();
        classes = finer;
    }
}

/// Types that may not be one: variants of a union that callers convert from.
fn clashing(types: &[TypeDecl], classes: &[usize]) -> Vec<usize> {
    let mut clashing = Vec::new();
    for decl in types {
        let (TypeBody::Union(UnionDecl { variants, .. }) | TypeBody::RawUnion(variants)) = &decl.body else { continue };
        let mut sources: BTreeMap<Vec<Word<'_>>, Vec<usize>> = BTreeMap::new();
        for variant in variants.iter().filter(|variant| variant.from) {
            let mut shape = Likeness::default();
            shape.ty(&variant.ty);
            let held = shape.held.iter().filter_map(|held| classes.get(*held));
            let words = shape.words.iter().copied().chain(held.map(|class| Word::Mark(*class))).collect();
            let source = sources.entry(words).or_default();
            // One variant alone has no place in the list twice, so two entries are two variants.
            source.extend(shape.held.first());
        }
        clashing.extend(sources.into_values().filter(|places| places.len() > 1).flatten());
    }
    clashing
}

/// One word of what a type says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Word<'a> {
    Mark(usize),
    Text(&'a str),
}

/// What a type says itself, with other types left out, and those others in their order. Everything that `emit` looks at is
/// in it, but name, docs, module and place of the type itself; fields are taken apart one by one, so that a new one has to
/// be thought of here.
#[derive(Default)]
struct Likeness<'a> {
    words: Vec<Word<'a>>,
    held: Vec<usize>,
}

impl<'a> Likeness<'a> {
    fn of(decl: &'a TypeDecl) -> Self {
        let TypeDecl { deprecated, extra_derives, body, .. } = decl;
        let TypeDecl { ident: _, module: _, feature: _, docs: _, origin: _, definition: _, .. } = decl;
        let mut shape = Self::default();
        shape.flag(*deprecated);
        shape.texts(extra_derives);
        match body {
            TypeBody::Struct(body) => shape.model(body),
            TypeBody::StringEnum(values) => shape.values(1, values),
            TypeBody::IntegerEnum(values) => shape.values(2, values),
            TypeBody::Union(UnionDecl { variants, choice: Choice::Shape }) => shape.variants(3, variants),
            TypeBody::Union(UnionDecl { variants, choice: Choice::Tag(member) }) => {
                shape.text(member);
                shape.variants(4, variants);
            }
            TypeBody::RawUnion(variants) => shape.variants(5, variants),
        }
        shape
    }

    fn mark(&mut self, mark: usize) {
        self.words.push(Word::Mark(mark));
    }

    fn flag(&mut self, flag: bool) {
        self.mark(usize::from(flag));
    }

    fn text(&mut self, text: &'a str) {
        self.words.push(Word::Text(text));
    }

    fn texts(&mut self, texts: &'a [String]) {
        self.mark(texts.len());
        texts.iter().for_each(|text| self.text(text));
    }

    fn model(&mut self, body: &'a StructDecl) {
        let StructDecl { fields, extra_ident, extra_type, constructor, redacted } = body;
        self.mark(fields.len());
        fields.iter().for_each(|field| self.member(field));
        self.text(extra_ident);
        self.ty(extra_type.as_ref().unwrap_or(&RustType::Unit));
        self.mark(match constructor.as_deref() {
            None => 0,
            Some(ConstructorDecl { record: None, .. }) => 1,
            Some(ConstructorDecl { record: Some(_), .. }) => 2,
        });
        self.flag(*redacted);
    }

    fn member(&mut self, member: &'a FieldDecl) {
        let FieldDecl {
            ident,
            wire_name,
            ty,
            presence,
            boxed,
            // These follow from what is looked at.
            written: _,
            taken: _,
            setter: _,
            docs,
            deprecated,
            sensitive,
            well_formed,
            default,
            or_default,
            origin: _,
        } = member;
        self.text(ident);
        self.text(wire_name);
        self.ty(ty);
        self.mark(*presence as usize);
        let flags = [*boxed, *deprecated, *sensitive, *well_formed, default.is_some(), or_default.is_some()];
        flags.into_iter().for_each(|flag| self.flag(flag));
        self.texts(docs);
        default.iter().for_each(|default| self.text(default));
        // With its default, which those of types that are alike have in common.
        or_default.iter().for_each(|method| self.texts(&method.signature.docs));
    }

    fn values(&mut self, kind: usize, values: &'a [ValueDecl]) {
        self.mark(kind);
        for ValueDecl { ident, wire, docs } in values {
            self.text(ident);
            self.text(wire);
            self.texts(docs);
        }
    }

    fn variants(&mut self, kind: usize, variants: &'a [VariantDecl]) {
        self.mark(kind);
        for VariantDecl { ident, ty, boxed, tags, fallback, shape, from, docs } in variants {
            self.text(ident);
            self.ty(ty);
            self.flag(*boxed);
            self.texts(tags);
            self.flag(*fallback);
            self.looks(shape);
            self.flag(*from);
            self.texts(docs);
        }
    }

    fn looks(&mut self, shape: &'a VariantShape) {
        match shape {
            VariantShape::Object { required, known, constants, literals } => {
                self.mark(0);
                self.texts(required);
                self.texts(known);
                self.mark(constants.len());
                for (name, values) in constants {
                    self.text(name);
                    self.texts(values);
                }
                self.mark(literals.len());
                for (name, value) in literals {
                    self.text(name);
                    self.text(value);
                }
            }
            VariantShape::Strings(values) => {
                self.mark(1);
                self.texts(values);
            }
            VariantShape::Array => self.mark(2),
            VariantShape::String => self.mark(3),
            VariantShape::Integer => self.mark(4),
            VariantShape::Number => self.mark(5),
            VariantShape::Boolean => self.mark(6),
            VariantShape::Any => self.mark(7),
        }
    }

    fn ty(&mut self, ty: &'a RustType) {
        let (mark, inner) = match ty {
            RustType::Declared(place) => {
                self.held.push(*place);
                (0, None)
            }
            RustType::Unit => (1, None),
            RustType::Tuple(items) => {
                self.mark(9);
                self.mark(items.len());
                return items.iter().for_each(|item| self.ty(item));
            }
            RustType::Scalar(scalar) => (100 + *scalar as usize, None),
            RustType::Replaced(path) => {
                self.text(path);
                (2, None)
            }
            RustType::List(inner) => (3, Some(inner)),
            RustType::Map(inner) => (4, Some(inner)),
            RustType::Nullable(inner) => (5, Some(inner)),
            RustType::Field(inner) => (6, Some(inner)),
            RustType::Boxed(inner) => (7, Some(inner)),
            RustType::Lines(inner) => (8, Some(inner)),
        };
        self.mark(mark);
        inner.into_iter().for_each(|inner| self.ty(inner));
    }
}

#[cfg(test)]
mod tests {
    use crate::plan::declaration::{Definition, Plan};
    use crate::plan::tests::planned;

    /// By ident: `=` and the type whose definition it shares, `*` where the definition is everybody's.
    fn shared(plan: &Plan) -> Vec<String> {
        let shown = plan.types.iter().filter_map(|decl| match decl.definition {
            Definition::Own => None,
            Definition::Common => Some(format!("{} *", decl.ident)),
            Definition::Alias(of) => Some(format!("{} = {}", decl.ident, plan.types[of].ident)),
        });
        let mut shown: Vec<String> = shown.collect();
        shown.sort();
        shown
    }

    fn check(schemas: &str, expected: &[&str]) {
        assert_eq!(shared(&planned(&format!("components:\n  schemas:\n{schemas}"))), expected, "{schemas}");
    }

    const PET: &str = "    Pet:\n      type: object\n      properties:\n";

    #[test]
    fn inline_types_that_are_alike_share_a_definition() {
        let two = "        mood: { enum: [calm, wild] }\n        last_mood: { enum: [calm, wild] }\n";
        check(&format!("{PET}{two}"), &["PetLastMood = PetMood"]);
        let one = "        mood: { enum: [calm, wild] }\n        next_mood: { enum: [wild, calm] }\n";
        check(&format!("{PET}{one}"), &[]);
    }

    #[test]
    fn what_they_hold_must_be_alike_too() {
        let object = |value: &str, docs: &str| {
            format!(
                "{{ type: object, properties: {{ of: {{ type: object, properties: \
                 {{ kind: {{ enum: [{value}], description: {docs} }} }} }} }} }}"
            )
        };
        let same = format!("        a: {}\n        b2: {}\n", object("x", "Some."), object("x", "Some."));
        check(&format!("{PET}{same}"), &["PetB2 = PetA", "PetB2Of = PetAOf", "PetB2OfKind = PetAOfKind"]);
        let other = format!("        a: {}\n        b2: {}\n", object("x", "Some."), object("y", "Some."));
        check(&format!("{PET}{other}"), &[]);
        let worded = format!("        a: {}\n        b2: {}\n", object("x", "Some."), object("x", "Other."));
        check(&format!("{PET}{worded}"), &["PetB2OfKind = PetAOfKind"]);
    }

    #[test]
    fn components_are_types_of_their_own() {
        check("    A: { enum: [x] }\n    B: { enum: [x] }\n", &[]);
    }

    #[test]
    fn variants_that_callers_convert_from_stay_apart() {
        let one = "{ type: object, properties: { t: { type: string } } }";
        let free = format!("        a: {one}\n        b: {one}\n");
        check(&format!("{PET}{free}"), &["PetB = PetA"]);
        check(&format!("{PET}        a: {{ oneOf: [{one}, {one}] }}\n"), &[]);
    }

    #[test]
    fn a_definition_for_several_modules_stands_in_the_shared_one() {
        let operation = |tag: &str| {
            format!(
                "  /{tag}:\n    get:\n      operationId: get_{tag}\n      tags: [{tag}]\n      parameters:\n        - {{ name: \
                 sort, in: query, schema: {{ enum: [up, down] }} }}\n      responses: {{ '204': {{ description: d }} }}\n"
            )
        };
        let plan = planned(&format!("paths:\n{}{}", operation("cats"), operation("dogs")));
        assert_eq!(shared(&plan), ["GetCatsSort *", "GetDogsSort = GetCatsSort"]);
    }
}
