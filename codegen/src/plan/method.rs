//! The methods that start calls: which parameters they take, which body, and what their docs add to the operation's.

use super::declaration::{
    BodyDecl, BodyKind, MethodBody, MethodDecl, ParameterDecl, ParameterPlace, ParameterRole, Receiver, Signature,
    SignatureType,
};
use super::docs;
use crate::name::OperationNames;

/// What methods are made of.
pub(super) struct Methods<'a> {
    /// How they are called, and the marker of the operation.
    pub(super) names: &'a OperationNames,
    /// As the facts number them.
    pub(super) parameters: &'a [ParameterDecl],
    /// The operation's docs.
    pub(super) docs: Vec<String>,
    /// `#[deprecated]`.
    pub(super) deprecated: bool,
}

impl Methods<'_> {
    /// The operation's own method. An optional body has a setter, the members of a flat one are parameters.
    pub(super) fn method(&mut self, body: Option<&BodyDecl>) -> MethodDecl {
        let taken = body.filter(|body| body.required && !body.flat);
        let docs = std::mem::take(&mut self.docs);
        self.plan(&self.names.method, taken.map(|body| (MethodBody::Chosen, body)), docs)
    }

    /// Methods with bodies of other content types. What they take beside is told where the first one does not take it too.
    pub(super) fn others(&self, method: &MethodDecl, bodies: &[BodyDecl]) -> Vec<MethodDecl> {
        let plan = |((at, body), name): ((usize, &BodyDecl), &String)| {
            let first = self.names.method.replace("r#", "");
            let mut lines = vec![format!("[`Self::{first}`] with a body of {}.", docs::code(&body.media_type))];
            let taken = self.taken(Some(body)).filter(|(at, _)| !method.parameters.contains(at));
            docs::extend(&mut lines, argument_docs(taken.map(|(_, parameter)| parameter)));
            self.plan(name, Some((MethodBody::Other(at), body)), lines)
        };
        bodies.iter().enumerate().zip(&self.names.other_bodies).map(plan).collect()
    }

    fn plan(&self, name: &str, body: Option<(MethodBody, &BodyDecl)>, docs: Vec<String>) -> MethodDecl {
        let output = SignatureType::Call(self.names.marker.clone());
        let mut signature = Signature::new(name, Receiver::Reference, output, docs);
        signature.deprecated = self.deprecated;
        let taken: Vec<(usize, &ParameterDecl)> = self.taken(body.map(|(_, body)| body)).collect();
        for (_, parameter) in &taken {
            signature = signature.taking(&parameter.ident, parameter.given.clone());
        }
        if let Some((_, body)) = body {
            signature = signature.taking(&body.ident, body.given.clone());
        }
        let parameters = taken.into_iter().map(|(at, _)| at).collect();
        MethodDecl { signature, parameters, body: body.map(|(place, _)| place) }
    }

    /// The parameters that a method takes which sends this body, with their numbers. Headers of parts are for bodies of parts.
    fn taken(&self, body: Option<&BodyDecl>) -> impl Iterator<Item = (usize, &ParameterDecl)> {
        let in_parts = body.is_some_and(|body| matches!(body.kind, BodyKind::Multipart(_)));
        let is_taken = move |one: &ParameterDecl| {
            one.role == ParameterRole::Argument && (in_parts || !matches!(one.place, ParameterPlace::Part(_)))
        };
        self.parameters.iter().enumerate().filter(move |(_, parameter)| is_taken(parameter))
    }
}

/// A line for every argument of which the document says something.
pub(super) fn argument_docs<'p>(taken: impl Iterator<Item = &'p ParameterDecl>) -> Vec<String> {
    let line =
        |one: &ParameterDecl| format!("- {}: {}", docs::code(&one.ident), one.docs.first().map_or("", String::as_str));
    taken.filter(|one| !one.docs.is_empty()).map(line).collect()
}
