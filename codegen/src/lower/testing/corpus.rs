//! Real documents: none makes this stage panic, and what it makes of them holds together.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::api::*;
use crate::lower::testing::api_of_files;

/// What is wrong with an `Api`, if anything.
fn faults(api: &Api) -> Vec<String> {
    let mut faults = Vec::new();
    for (index, ty) in api.types.iter().enumerate() {
        for of in uses(&ty.shape) {
            if of.ty.0 as usize >= api.types.len() {
                faults.push(format!("{}: leads to no type", ty.pointer));
            }
        }
        let named = matches!(ty.shape, Shape::Object(_) | Shape::Union(_) | Shape::Enum(_));
        if named && ty.naming.component.is_none() && ty.naming.context.is_empty() {
            faults.push(format!("{}: nothing to name it by", ty.pointer));
        }
        if !ends(api, index) {
            faults.push(format!("{}: lists and maps without end", ty.pointer));
        }
        if let Shape::Object(object) = &ty.shape {
            let names: BTreeSet<&str> = object.properties.iter().map(|property| property.wire_name.as_str()).collect();
            if names.len() != object.properties.len() {
                faults.push(format!("{}: a member stands twice", ty.pointer));
            }
        }
    }
    faults
}

fn uses(shape: &Shape) -> Vec<Use> {
    match shape {
        Shape::Array { items: of, .. } | Shape::Map { values: of, .. } => vec![*of],
        Shape::Tuple { places } => places.clone(),
        Shape::Object(object) => object.properties.iter().map(|property| property.of).collect(),
        Shape::Union(union) => union.variants.iter().map(|variant| variant.of).collect(),
        _ => Vec::new(),
    }
}

fn ends(api: &Api, start: usize) -> bool {
    let mut at = start;
    for _ in 0..200 {
        match api.types.get(at).map(|ty| &ty.shape) {
            Some(Shape::Array { items: of, .. } | Shape::Map { values: of, .. }) => at = of.ty.0 as usize,
            _ => return true,
        }
    }
    false
}

/// Places whose type is any value.
fn opaque(api: &Api) -> usize {
    let is_any = |of: &Use| api.types.get(of.ty.0 as usize).is_some_and(|ty| matches!(ty.shape, Shape::Any(_)));
    api.types.iter().flat_map(|ty| uses(&ty.shape)).filter(is_any).count()
}

pub(super) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus/files")
}

fn documents() -> Vec<PathBuf> {
    let mut all = Vec::new();
    let mut open = vec![folder()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() { open.push(path) } else { all.push(path) }
        }
    }
    all.sort();
    all
}

#[test]
fn real_documents_hold_together() {
    let documents = documents();
    if documents.is_empty() {
        println!("no corpus beside the repository: nothing was checked");
    }
    let mut wrong = Vec::new();
    for path in documents {
        let folder = folder();
        let name = path.strip_prefix(&folder).unwrap_or(&path).to_string_lossy().into_owned();
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let mut load = |name: &str| std::fs::read(folder.join(name)).map_err(|error| error.to_string());
        let (api, diagnostics) = api_of_files(&name, &text, &mut load);
        let Some(api) = api else {
            println!("{name}: refused, {}", diagnostics.first().map_or("", |first| first.code.id));
            continue;
        };
        println!(
            "{name}: {} operations, {} types, {} opaque, {} reports",
            api.operations.len(),
            api.types.len(),
            opaque(&api),
            diagnostics.len()
        );
        wrong.extend(faults(&api).into_iter().map(|fault| format!("{name} {fault}")));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
