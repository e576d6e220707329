//! Why an identifier is what it is: the rule of this stage that gave it, for whoever asks.

use std::fmt;

use super::Names;
use super::fault::NameFault;
use super::methods::id_words;
use crate::api::{Api, Context, Operation, Origin, Shape, TypeId};

/// The rule that gave a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// `x-typewright` says it outright.
    Declared,
    /// The key below `components.schemas`.
    Component(String),
    /// Where an inline schema stands, as the name that its own begins with goes on.
    Context(&'static str),
    /// The `operationId`, without the words of the resource.
    OperationId(String),
    /// Method and path: there is no `operationId` that says more.
    Path(String),
    /// What the document calls it.
    Wire(String),
    /// Another item has the name that it should have had.
    GaveWay {
        /// That name.
        wanted: String,
        /// The other item, as the document calls it.
        to: String,
    },
}

/// An item that gave way to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Settled {
    origin: Option<Origin>,
    given: String,
    rule: Rule,
}

/// What collisions came to.
pub(super) fn settled(faults: &[NameFault]) -> Vec<Settled> {
    let settled = faults.iter().filter_map(|fault| match fault {
        NameFault::Collision(collision) => Some(Settled {
            origin: collision.origin,
            given: collision.given.clone(),
            rule: Rule::GaveWay { wanted: collision.wanted.clone(), to: collision.winner_wire.clone() },
        }),
        NameFault::Unfit { .. } => None,
    });
    settled.collect()
}

impl Names {
    /// Of a type.
    pub fn rule_of_type(&self, api: &Api, id: TypeId) -> Rule {
        let Some(ty) = api.types.get(id.0 as usize) else { return Rule::Wire(String::new()) };
        let given = self.type_ident(id);
        self.gave_way(ty.origin, given).unwrap_or_else(|| match (&ty.naming.explicit, &ty.naming.component) {
            (Some(_), _) => Rule::Declared,
            (None, Some(key)) => Rule::Component(key.clone()),
            (None, None) => Rule::Context(ty.naming.context.last().map_or("a place of its own", place)),
        })
    }

    /// Of a property, a value or a variant, by its position in the type.
    pub fn rule_of_member(&self, api: &Api, id: TypeId, index: usize) -> Rule {
        let given = self.type_names(id).and_then(|names| names.members.get(index)).map_or("", String::as_str);
        let property = match api.types.get(id.0 as usize).map(|ty| &ty.shape) {
            Some(Shape::Object(object)) => object.properties.get(index),
            _ => None,
        };
        let Some(property) = property else { return Rule::Wire(given.to_owned()) };
        let plain = match &property.name {
            Some(_) => Rule::Declared,
            None => Rule::Wire(property.wire_name.clone()),
        };
        self.gave_way(property.origin, given).unwrap_or(plain)
    }

    /// Of an operation, by its position.
    pub fn rule_of_operation(&self, api: &Api, index: usize) -> Rule {
        let (Some(operation), Some(names)) = (api.operations.get(index), self.operations.get(index)) else {
            return Rule::Wire(String::new());
        };
        self.gave_way(operation.origin, &names.method).unwrap_or_else(|| of_operation(operation))
    }

    /// Of a parameter, by the positions of its operation and its own.
    pub fn rule_of_parameter(&self, api: &Api, operation: usize, index: usize) -> Rule {
        let given = self.operations.get(operation).and_then(|names| names.parameters.get(index));
        let parameter = api.operations.get(operation).and_then(|operation| operation.parameters.get(index));
        let (Some(parameter), Some(given)) = (parameter, given) else { return Rule::Wire(String::new()) };
        let plain = match &parameter.name {
            Some(_) => Rule::Declared,
            None => Rule::Wire(parameter.wire_name.clone()),
        };
        self.gave_way(parameter.origin, given).unwrap_or(plain)
    }

    fn gave_way(&self, origin: Origin, given: &str) -> Option<Rule> {
        let settled = self.settled.iter().find(|settled| settled.origin == Some(origin) && settled.given == given);
        settled.map(|settled| settled.rule.clone())
    }
}

fn of_operation(operation: &Operation) -> Rule {
    match (&operation.facts.method, &operation.operation_id) {
        (Some(_), _) => Rule::Declared,
        (None, Some(id)) if id_words(operation).is_some() => Rule::OperationId(id.clone()),
        _ => Rule::Path(format!("{} {}", operation.method, operation.path)),
    }
}

/// What an inline schema is to the thing that it stands in.
fn place(step: &Context) -> &'static str {
    match step {
        Context::RequestBody => "a request body",
        Context::Answer(_) => "a response",
        Context::Content(_) => "one content type of several",
        Context::Parameter(_) => "a parameter",
        Context::Property(_) => "a property",
        Context::Item => "the items of a list",
        Context::Place(_) => "an item of a tuple",
        Context::Value => "the values of a map",
        Context::Variant(..) => "a variant",
        Context::Type(_) | Context::Operation(_) | Context::Component(_) => "a part of another item",
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Declared => write!(formatter, "`x-typewright` says so"),
            Self::Component(key) => write!(formatter, "the component is called `{key}`"),
            Self::Context(place) => {
                write!(formatter, "it is {place} and has no name of its own, so where it stands names it")
            }
            Self::OperationId(id) => {
                write!(formatter, "its `operationId` is `{id}`; words of the resource are not repeated")
            }
            Self::Path(path) => write!(formatter, "it has no `operationId`, so `{path}` names it"),
            Self::Wire(name) => write!(formatter, "the document calls it `{name}`"),
            Self::GaveWay { wanted, to } => {
                write!(formatter, "`{wanted}` is the name of `{to}`, so it has a longer one")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::name::tests::named;

    #[test]
    fn each_name_tells_its_rule() {
        let text = "openapi: 3.1.0
info: { title: Shop, version: '1' }
paths:
  /pets: { get: { operationId: listPets, responses: { '204': { description: None. } } } }
  /orders: { get: { parameters: [{ name: orderBy, in: query, schema: { type: string } }], responses: { '204': { description: None. } } } }
components:
  schemas:
    Pet: { type: object, properties: { fullName: { type: string }, owner: { type: object, properties: { id: { type: string } } } } }
    pet: { type: object, properties: { a: { type: string } } }
    Toy: { x-typewright: { name: Plaything }, type: object, properties: { a: { type: string } } }
";
        let (names, api, _) = named(text);
        let of_type = |ident: &str| {
            let id = (0..).map(TypeId).take(api.types.len()).find(|id| names.type_ident(*id) == ident).expect(ident);
            (id, names.rule_of_type(&api, id))
        };
        let (pet, rule) = of_type("Pet");
        assert_eq!(rule, Rule::Component("Pet".to_owned()), "an exact name goes before one that casing made");
        assert_eq!(names.rule_of_member(&api, pet, 0), Rule::Wire("fullName".to_owned()));
        assert_eq!(of_type("PetOwner").1, Rule::Context("a property"));
        assert_eq!(of_type("Plaything").1, Rule::Declared);
        assert!(api.types.iter().zip(0..).any(|(_, id)| {
            matches!(names.rule_of_type(&api, TypeId(id)), Rule::GaveWay { wanted, .. } if wanted == "Pet")
        }));
        assert_eq!(names.rule_of_operation(&api, 0), Rule::OperationId("listPets".to_owned()));
        assert_eq!(names.rule_of_operation(&api, 1), Rule::Path("GET /orders".to_owned()));
        assert_eq!(names.rule_of_parameter(&api, 1, 0), Rule::Wire("orderBy".to_owned()));
    }
}
