//! Names of declared types: explicit, by component key, or by the context in which an inline schema stands.

use super::claim::{Claim, Collision, Scope, hex};
use super::fault::{NameFault, fits};
use super::members::{self, Family};
use super::reserved::{self, IdentKind};
use super::words::{self, Spell};
use super::{TypeNames, explicit};
use crate::api::{Api, Context, Shape, Type, TypeId};

/// Names of every type that becomes a declaration, by id. `requests` are the names of operations, and behind them those of
/// messages that the API sends.
pub(super) fn name_types(api: &Api, requests: &[&str], faults: &mut Vec<NameFault>) -> Vec<Option<TypeNames>> {
    let family = Family::of(api);
    let mut naming = Naming { api, family: &family, requests, idents: vec![None; api.types.len()] };
    let levels = levels(api);
    let mut scope = Scope::new(IdentKind::Type);
    for level in 0..=levels.iter().copied().max().unwrap_or(0) {
        let ids: Vec<TypeId> = api
            .types
            .iter()
            .enumerate()
            .filter(|(index, ty)| is_declared(&ty.shape) && levels.get(*index) == Some(&level))
            .filter_map(|(index, _)| u32::try_from(index).ok().map(TypeId))
            .collect();
        naming.name_level(&ids, &mut scope, faults);
    }
    faults.extend(scope.collisions.drain(..).filter(|collision| !is_expected(collision)).map(NameFault::Collision));
    let idents = naming.idents;
    let named = idents
        .into_iter()
        .zip(&api.types)
        .map(|(ident, ty)| ident.map(|ident| TypeNames { ident, members: members::name_members(&family, ty, faults) }));
    named.collect()
}

/// Two answers of one operation, or two content types of one body: the status and the content type tell them apart, and
/// nobody has to settle anything.
fn is_expected(collision: &Collision) -> bool {
    ["/responses/", "/content/"].iter().any(|part| {
        let own = collision.wire.split_once(part).map(|(before, _)| before);
        own.is_some() && own == collision.winner_wire.split_once(part).map(|(before, _)| before)
    })
}

/// Whether a type becomes a declaration.
pub(super) fn is_declared(shape: &Shape) -> bool {
    matches!(shape, Shape::Object(_) | Shape::Enum(_) | Shape::Union(_))
}

/// What stands nearer to the root is named first: a type's name begins with that of what it stands in.
fn levels(api: &Api) -> Vec<usize> {
    let level = |ty: &Type| {
        let mut level = 0;
        let mut ty = ty;
        // A type that stands below itself ends here too.
        while !is_root(ty) && level <= api.types.len() {
            level += 1;
            match ty.naming.context.first() {
                Some(Context::Type(above)) => match api.types.get(above.0 as usize) {
                    Some(above) => ty = above,
                    None => break,
                },
                _ => break,
            }
        }
        level
    };
    api.types.iter().map(level).collect()
}

fn is_root(ty: &Type) -> bool {
    ty.naming.explicit.is_some() || ty.naming.component.is_some()
}

struct Naming<'a> {
    api: &'a Api,
    family: &'a Family<'a>,
    requests: &'a [&'a str],
    idents: Vec<Option<String>>,
}

impl Naming<'_> {
    fn name_level(&mut self, ids: &[TypeId], scope: &mut Scope, faults: &mut Vec<NameFault>) {
        let claims: Vec<Claim> = ids.iter().filter_map(|id| self.claim(*id, faults)).collect();
        let idents = scope.give(&claims, &|index| ids.get(index).map(|id| self.qualified(*id)).unwrap_or_default());
        for (id, ident) in ids.iter().zip(idents) {
            if let Some(slot) = self.idents.get_mut(id.0 as usize) {
                *slot = Some(ident);
            }
        }
    }

    fn claim(&self, id: TypeId, faults: &mut Vec<NameFault>) -> Option<Claim> {
        let ty = self.api.types.get(id.0 as usize)?;
        let component = ty.naming.component.as_deref();
        let wire = component.unwrap_or(&ty.pointer).to_owned();
        let (rank, plain) = match (&ty.naming.explicit, component) {
            (Some(name), _) => {
                let given = reserved::keep_off(IdentKind::Type, explicit(IdentKind::Type, name), &[]);
                if !fits(IdentKind::Type, name) {
                    let (name, given) = (name.clone(), given.clone());
                    faults.push(NameFault::Unfit { name, given, origin: ty.origin, kind: IdentKind::Type });
                }
                (0, given)
            }
            (None, Some(key)) => (1, reserved::ident(IdentKind::Type, &words::words(key, Spell::Plain), &[])),
            (None, None) => (1 + ty.naming.context.len(), self.by_context((id, ty), Detail::Short)),
        };
        Some(Claim { rank, wire, plain, origin: Some(ty.origin) })
    }

    /// What an inline type is called when its plain name is gone.
    fn qualified(&self, id: TypeId) -> Vec<String> {
        match self.api.types.get(id.0 as usize) {
            Some(ty) if !is_root(ty) => {
                let full = self.by_context((id, ty), Detail::Full);
                let with_role = format!("{full}{}", role(ty));
                let with_hex = format!("{full}{}", words::pascal(&[hex(&ty.pointer)]));
                vec![full, with_role, with_hex]
            }
            _ => Vec::new(),
        }
    }

    fn by_context(&self, (id, ty): (TypeId, &Type), detail: Detail) -> String {
        let (base, steps) = self.base(ty);
        let mut words = Vec::new();
        for (place, step) in steps.iter().enumerate() {
            let before = place.checked_sub(1).and_then(|place| steps.get(place));
            self.push_step(id, (before, step), detail, &mut words);
        }
        let name = join(&base, &words);
        reserved::ident(IdentKind::Type, &[name.as_str()], &[])
    }

    /// The name that an inline type's name begins with, and the steps from there.
    fn base<'t>(&self, ty: &'t Type) -> (String, &'t [Context]) {
        let context = ty.naming.context.as_slice();
        let rest = context.get(1..).unwrap_or_default();
        match context.first() {
            Some(Context::Type(above)) => (self.above(*above, ty), rest),
            Some(Context::Operation(index)) => {
                (self.requests.get(*index).copied().unwrap_or_default().to_owned(), rest)
            }
            Some(Context::Component(key)) => (words::pascal(&words::words(key, Spell::Plain)), rest),
            Some(_) => (String::new(), context),
            None => (words::pascal(&words::words(&ty.pointer, Spell::Plain)), rest),
        }
    }

    fn above(&self, above: TypeId, of: &Type) -> String {
        if let Some(Some(ident)) = self.idents.get(above.0 as usize) {
            return ident.clone();
        }
        match self.api.types.get(above.0 as usize) {
            Some(ty) if ty.naming.component.is_some() => {
                let key = ty.naming.component.as_deref().unwrap_or_default();
                words::pascal(&words::words(key, Spell::Plain))
            }
            // A list or a map on the way, which has no name.
            Some(ty) if ty.pointer != of.pointer && !ty.naming.context.is_empty() && !is_declared(&ty.shape) => {
                self.by_context((above, ty), Detail::Full)
            }
            _ => words::pascal(&words::words(&of.pointer, Spell::Plain)),
        }
    }

    fn push_step(
        &self,
        id: TypeId,
        (before, step): (Option<&Context>, &Context),
        detail: Detail,
        words: &mut Vec<String>,
    ) {
        let split = |text: &str| words::words(text, Spell::Plain);
        match (step, before) {
            (Context::Type(_) | Context::Operation(_), _) => {}
            // A shared parameter is called by its key alone.
            (Context::Parameter(name), _) if name.is_empty() => {}
            (Context::Component(name) | Context::Parameter(name) | Context::Property(name), _) => {
                words.extend(split(name));
            }
            (Context::Content(media), _) if detail == Detail::Full => words.extend(content_words(media)),
            (Context::Content(_), _) => {}
            (Context::RequestBody, _) => words.push("body".to_owned()),
            (Context::Answer(status), _) => words.extend(answer_words(status, detail)),
            (Context::Item, Some(Context::Property(_) | Context::Parameter(_))) if detail == Detail::Short => {
                let last = words.pop().unwrap_or_default();
                let one = words::singular(&last);
                let changed = one != last;
                words.push(one);
                if !changed {
                    words.push("item".to_owned());
                }
            }
            (Context::Item, _) => words.push("item".to_owned()),
            (Context::Place(index), _) => words.extend(["item".to_owned(), (index + 1).to_string()]),
            (Context::Value, _) => words.push("value".to_owned()),
            (Context::Variant(_, Some(hint)), _) => words.extend(split(hint)),
            (Context::Variant(_, None), _) => words.extend(members::variant_words(self.family, id)),
        }
    }
}

/// What an inline schema is to the thing it stands in: tells `TicketTypeProperty` from the component `TicketType`.
fn role(ty: &Type) -> &'static str {
    match ty.naming.context.last() {
        Some(Context::Property(_)) => "Property",
        Some(Context::Parameter(_)) => "Parameter",
        Some(Context::Item | Context::Place(_)) => "Element",
        Some(Context::Value) => "Entry",
        Some(Context::Variant(..)) => "Variant",
        _ => "Body",
    }
}

/// How much of the context a name has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Detail {
    /// `OrderLine`, `CreateOrderResponse`.
    Short,
    /// `OrderLinesItem`, `CreateOrderResponse201`.
    Full,
}

fn answer_words(status: &str, detail: Detail) -> Vec<String> {
    // A shared answer has no status: its key says what it is.
    let success = status.starts_with('2') || status.is_empty();
    let word = if success { "response" } else { "error" };
    let bare = status.is_empty() || status == "default" || (success && detail == Detail::Short);
    let mut found = vec![word.to_owned()];
    if !bare {
        found.push(status.to_lowercase());
    }
    found
}

/// For `application/vnd.orders+json` these are `vnd`, `orders`, `json`.
fn content_words(media: &str) -> Vec<String> {
    let subtype = media.split(';').next().unwrap_or(media).rsplit('/').next().unwrap_or(media);
    words::words(&subtype.replace('+', "."), Spell::Plain)
}

fn join(base: &str, words: &[String]) -> String {
    let mut all = vec![base.to_owned()];
    all.extend(words.iter().cloned());
    words::pascal(&all)
}
