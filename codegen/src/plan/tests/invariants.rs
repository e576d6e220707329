//! What holds for every plan, whatever the document: emitted code compiles only if it does.

use std::collections::BTreeSet;

use crate::plan::declaration::{FieldDecl, OperationDecl, OutputDecl, Plan, RustType, TypeBody, TypeDecl, VariantDecl};

/// Tells the first thing that does not hold.
pub(super) fn check(plan: &Plan) -> Result<(), String> {
    check_types(plan)?;
    check_modules(plan)?;
    check_sizes(plan)?;
    check_resources(plan)?;
    distinct("ApiError", plan.error.variants.iter().map(|(ident, _)| ident.as_str()).chain(["Unknown"]))?;
    distinct("environments", plan.client.environments.iter().map(|environment| environment.ident.as_str()))?;
    Ok(())
}

fn distinct<'a>(scope: &str, idents: impl IntoIterator<Item = &'a str>) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    for ident in idents {
        if syn::parse_str::<syn::Ident>(ident).is_err() {
            return Err(format!("{scope}: `{ident}` is no identifier"));
        }
        if !seen.insert(ident) {
            return Err(format!("{scope}: `{ident}` twice"));
        }
    }
    Ok(())
}

fn check_types(plan: &Plan) -> Result<(), String> {
    let records = plan.types.iter().filter_map(|decl| match &decl.body {
        TypeBody::Struct(body) => body.constructor.as_ref()?.record.as_ref().map(|record| record.ident.as_str()),
        _ => None,
    });
    distinct("types", plan.types.iter().map(|decl| decl.ident.as_str()).chain(records))?;
    if !plan.types.windows(2).all(|pair| (&pair[0].module, &pair[0].ident) < (&pair[1].module, &pair[1].ident)) {
        return Err("types are not sorted".to_owned());
    }
    for decl in &plan.types {
        check_docs(&decl.ident, &decl.docs)?;
        match &decl.body {
            TypeBody::Struct(body) => {
                let members = body.fields.iter().map(|member| member.ident.as_str());
                distinct(&decl.ident, members.chain([body.extra_ident.as_str()]))?;
                body.fields.iter().try_for_each(|member| check_docs(&decl.ident, &member.docs))?;
            }
            TypeBody::StringEnum(values) | TypeBody::IntegerEnum(values) => {
                distinct(&decl.ident, values.iter().map(|value| value.ident.as_str()).chain(["Unknown"]))?;
            }
            TypeBody::Union(body) => check_variants(decl, &body.variants)?,
            TypeBody::RawUnion(variants) => check_variants(decl, variants)?,
        }
    }
    Ok(())
}

fn check_variants(decl: &TypeDecl, variants: &[VariantDecl]) -> Result<(), String> {
    distinct(&decl.ident, variants.iter().map(|variant| variant.ident.as_str()).chain(["Unknown"]))
}

fn check_docs(item: &str, lines: &[String]) -> Result<(), String> {
    let mut open: Option<&str> = None;
    for line in lines {
        if line.contains(['\n', '\r', '\u{202e}']) || (line.ends_with(' ') && open.is_none()) {
            return Err(format!("{item}: bad line in docs {line:?}"));
        }
        let begins = line.starts_with("```") || line.starts_with("~~~");
        match open {
            Some(fence) if line == fence => open = None,
            None if begins && line.ends_with("text") => open = Some(line.trim_end_matches("text")),
            None if begins => return Err(format!("{item}: a fence that runs {line:?}")),
            _ => {}
        }
    }
    if open.is_some() { Err(format!("{item}: a fence that never ends")) } else { Ok(()) }
}

/// What is always compiled names nothing that is gated, and no gated module names another one.
fn check_modules(plan: &Plan) -> Result<(), String> {
    for decl in &plan.types {
        for place in held(decl).into_iter().flat_map(declared) {
            let Some(other) = plan.types.get(place) else { return Err(format!("{}: {place} is no type", decl.ident)) };
            if other.module != "shared" && other.module != decl.module {
                return Err(format!("{}/{} names {}/{}", decl.module, decl.ident, other.module, other.ident));
            }
        }
    }
    for (ident, ty) in &plan.error.variants {
        for place in declared(ty) {
            if plan.types.get(place).is_none_or(|decl| decl.module != "shared") {
                return Err(format!("ApiError::{ident} is gated"));
            }
        }
    }
    Ok(())
}

fn held(decl: &TypeDecl) -> Vec<&RustType> {
    match &decl.body {
        TypeBody::Struct(body) => body.fields.iter().map(|member| &member.ty).chain(&body.extra_type).collect(),
        TypeBody::Union(body) => body.variants.iter().map(|variant| &variant.ty).collect(),
        TypeBody::RawUnion(variants) => variants.iter().map(|variant| &variant.ty).collect(),
        _ => Vec::new(),
    }
}

fn declared(ty: &RustType) -> Vec<usize> {
    match ty {
        RustType::Declared(place) => vec![*place],
        RustType::List(inner) | RustType::Map(inner) | RustType::Nullable(inner) | RustType::Boxed(inner) => {
            declared(inner)
        }
        RustType::Tuple(items) => items.iter().flat_map(declared).collect(),
        _ => Vec::new(),
    }
}

/// No type holds itself in place: trimming what holds nothing unsized must trim everything.
fn check_sizes(plan: &Plan) -> Result<(), String> {
    let direct = |ty: &RustType, boxed: bool| match ty {
        RustType::Declared(place) if !boxed => Some(*place),
        _ => None,
    };
    let mut open: Vec<(usize, Vec<usize>)> = Vec::new();
    for (place, decl) in plan.types.iter().enumerate() {
        let of_member = |member: &FieldDecl| direct(&member.ty, member.boxed);
        let holds = match &decl.body {
            TypeBody::Struct(body) => body.fields.iter().filter_map(of_member).collect(),
            TypeBody::Union(body) => {
                body.variants.iter().filter_map(|variant| direct(&variant.ty, variant.boxed)).collect()
            }
            _ => Vec::new(),
        };
        open.push((place, holds));
    }
    loop {
        let left: BTreeSet<usize> = open.iter().map(|(place, _)| *place).collect();
        let before = open.len();
        open.retain(|(_, holds)| holds.iter().any(|place| left.contains(place)));
        if open.is_empty() {
            return Ok(());
        }
        if open.len() == before {
            return Err(format!("{} holds itself", plan.types[open[0].0].ident));
        }
    }
}

fn check_resources(plan: &Plan) -> Result<(), String> {
    distinct("modules", plan.resources.iter().map(|resource| resource.module.as_str()))?;
    distinct("resources", plan.resources.iter().map(|resource| resource.ident.as_str()))?;
    let all = plan.resources.iter().map(|resource| &resource.operations).chain([&plan.client.operations]);
    let all: Vec<&OperationDecl> = all.flatten().collect();
    let outputs = all.iter().filter_map(|operation| match &operation.output {
        OutputDecl::OneOf { ident, .. } => Some(ident.as_str()),
        _ => None,
    });
    distinct("markers", all.iter().map(|operation| operation.marker_ident.as_str()).chain(outputs))?;
    for (place, resource) in plan.resources.iter().enumerate() {
        if resource.parent.is_some_and(|parent| parent >= place) {
            return Err(format!("{} stands before its parent", resource.ident));
        }
        let below =
            plan.resources.iter().filter(|below| below.parent == Some(place)).map(|below| below.accessor.name.as_str());
        let methods = resource.operations.iter().map(|operation| operation.name());
        distinct(&resource.ident, methods.chain(below))?;
        check_docs(&resource.ident, &resource.docs)?;
    }
    let below = plan.resources.iter().filter(|below| below.parent.is_none()).map(|below| below.accessor.name.as_str());
    let own = ["base_url", "builder", "events", "from_env", "request"];
    let own = own.into_iter().chain(plan.client.has_auth.then_some("auth"));
    distinct("client", plan.client.operations.iter().map(|operation| operation.name()).chain(below).chain(own))?;
    for operation in all {
        check_docs(&operation.id, &operation.method.signature.docs)?;
        let body = operation.body.iter().map(|body| body.ident.as_str());
        distinct(&operation.id, operation.parameters.iter().map(|parameter| parameter.ident.as_str()).chain(body))?;
    }
    Ok(())
}
