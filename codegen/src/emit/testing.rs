//! A plan made by hand that has one of everything, for tests of single files.

use crate::facts::{Declared, Pagination, RootFacts};
use crate::output::Target;
use crate::plan::declaration::*;
use crate::plan::{function, methods, signature, traits};

/// A shop for pets.
pub(crate) fn pets() -> Plan {
    let operations = [list(), create(), delete()];
    Plan {
        call: function::of_calls(&operations.iter().collect::<Vec<_>>(), &client().call_headers),
        exports: Vec::new(),
        attributes: Vec::new(),
        document: "pets.yaml".into(),
        client: client(),
        types: types(),
        resources: vec![resource("pets", None, vec![list(), create()]), resource("toys", Some(0), vec![delete()])],
        error: ErrorDecl {
            variants: vec![("Fault".into(), RustType::Declared(0))],
            code: Some(RustType::Declared(1)),
            values: Vec::new(),
        },
        features: Vec::new(),
        webhooks: None,
        raw: Vec::new(),
    }
}

/// The crate of it.
pub(crate) fn target() -> Target {
    Target { crate_name: "pet-shop".into(), version: "0.1.0".into(), standalone: true, ..Target::default() }
}

fn client() -> ClientDecl {
    ClientDecl {
        ident: "PetShop".into(),
        docs: vec!["Pets.".into()],
        functions: function::of_client(&[], &RootFacts::default(), false),
        server: None,
        operation_servers: Vec::new(),
        base_url: "https://pets.example.com".into(),
        server_path: String::new(),
        variables: vec![("token".into(), "PETS_TOKEN".into())],
        security: vec![SchemeDecl { key: "token".into(), kind: SchemeKind::Bearer }],
        call_headers: vec![("trace_id".into(), "x-trace".into())],
        ..ClientDecl::default()
    }
}

fn types() -> Vec<TypeDecl> {
    vec![
        ty("Fault", TypeBody::Struct(model(vec![member("code", RustType::Declared(1), Presence::Required)], false))),
        ty("FaultCode", TypeBody::StringEnum(vec![value("NotFound", "NOT_FOUND"), value("Gone", "\"\n`")])),
        ty("NewPet", TypeBody::Struct(model(new_pet_members(), true))),
        ty("Pet", TypeBody::Union(UnionDecl { variants: variants(), choice: Choice::Tag("kind".into()) })),
        ty("PetPage", TypeBody::Struct(page())),
        ty("Rank", TypeBody::IntegerEnum(vec![value("Minus1", "-1"), value("V2", "2")])),
        ty("Thing", TypeBody::RawUnion(variants())),
        ty("ThingByShape", TypeBody::Union(UnionDecl { variants: variants(), choice: Choice::Shape })),
    ]
}

fn new_pet_members() -> Vec<FieldDecl> {
    let secret = FieldDecl { sensitive: true, ..member("secret", text(), Presence::Optional) };
    let default =
        FieldDecl { default: Some("7".into()), ..member("age", RustType::Scalar(Scalar::I64), Presence::Required) };
    let boxed = FieldDecl { boxed: true, ..member("parent", RustType::Declared(2), Presence::OptionalNullable) };
    let old = FieldDecl { deprecated: true, ..member("old", text(), Presence::OptionalNullable) };
    vec![
        member("d", text(), Presence::Required),
        member("index", RustType::Nullable(Box::new(text())), Presence::Optional),
        member("r#type", RustType::Scalar(Scalar::DateTime), Presence::Required),
        member("owner", text(), Presence::RequiredNullable),
        member("rank", RustType::Declared(5), Presence::Required),
        member("names", RustType::List(Box::new(text())), Presence::Optional),
        member("more", RustType::Map(Box::new(RustType::Scalar(Scalar::Json))), Presence::Optional),
        secret,
        default,
        boxed,
        old,
    ]
}

fn page() -> StructDecl {
    let items = member("items", RustType::List(Box::new(RustType::Declared(3))), Presence::OptionalNullable);
    StructDecl { constructor: None, extra_type: Some(text()), ..model(vec![items], false) }
}

fn variants() -> Vec<VariantDecl> {
    let shape = VariantShape::Object {
        required: vec!["meow".into()],
        known: vec!["meow".into()],
        constants: vec![("kind".into(), vec!["cat".into()])],
        literals: vec![("indoors".into(), "true".into())],
    };
    let cat = VariantDecl {
        ident: "Cat".into(),
        ty: RustType::Declared(2),
        boxed: true,
        tags: vec!["cat".into(), "lion".into()],
        fallback: false,
        shape,
        from: true,
        docs: vec!["`cat`, `lion`".into()],
    };
    let name = VariantDecl {
        ident: "Name".into(),
        ty: text(),
        boxed: false,
        tags: Vec::new(),
        fallback: false,
        shape: VariantShape::String,
        ..cat.clone()
    };
    vec![cat, name]
}

fn list() -> OperationDecl {
    let status = ParameterDecl {
        rules: RuleTree {
            checks: vec![Check { rule: Rule::OneOf(vec!["\"a\"".into()]), message: Some("must be a.".into()) }],
            members: vec![(
                "*".into(),
                RuleTree { checks: vec![Check { rule: Rule::MinLength(1), message: None }], members: Vec::new() },
            )],
        },
        ..parameter("status", ParameterPlace::Query(None), RustType::List(Box::new(text())))
    };
    OperationDecl {
        method: method("list", "ListPets", None),
        marker_ident: "ListPets".into(),
        id: "pets.list".into(),
        parameters: vec![status, parameter("page", ParameterPlace::Query(None), RustType::Scalar(Scalar::I64))],
        output: OutputDecl::Json(RustType::Declared(4)),
        pagination: Some(PaginationDecl {
            facts: Pagination::Page {
                page: "page".into(),
                first: 0,
                size: None,
                items: "/items".into(),
                total_pages: None,
            },
            item: RustType::Declared(3),
            items_path: vec![("items".into(), Presence::OptionalNullable)],
        }),
        ..delete()
    }
}

fn create() -> OperationDecl {
    OperationDecl {
        method: method("create", "CreatePet", Some(SignatureType::Reference(RustType::Declared(2)))),
        marker_ident: "CreatePet".into(),
        id: "pets.create".into(),
        http_method: "POST".into(),
        path: "/pets".into(),
        parameters: Vec::new(),
        body: Some(BodyDecl {
            media_type: "application/json".into(),
            kind: BodyKind::Json,
            ty: RustType::Declared(2),
            required: true,
            form: BodyForm::Value,
            given: SignatureType::Reference(RustType::Declared(2)),
            ident: "body".into(),
            setter: None,
            adjustments: Vec::new(),
            flat: false,
            rules: RuleTree {
                checks: vec![Check { rule: Rule::AnyRequired(vec![vec!["d".into()]]), message: None }],
                members: vec![(
                    "d".into(),
                    RuleTree {
                        checks: vec![Check { rule: Rule::Pattern("\\S".into()), message: None }],
                        members: Vec::new(),
                    },
                )],
            },
        }),
        output: OutputDecl::OneOf {
            ident: "CreatePetOutput".into(),
            variants: vec![
                success("Created", 201, OutputDecl::Json(RustType::Declared(3))),
                success("Accepted", 202, OutputDecl::Empty),
            ],
            other: Some("Other".into()),
        },
        ..delete()
    }
}

fn success(ident: &str, code: u16, output: OutputDecl) -> SuccessDecl {
    SuccessDecl {
        ident: ident.into(),
        status: Status::Code(code),
        content_types: Vec::new(),
        output,
        docs: vec![format!("Status {code}.")],
    }
}

fn method(name: &str, marker: &str, body: Option<SignatureType>) -> MethodDecl {
    let output = SignatureType::Call(marker.into());
    let signature = Signature::new(name, Receiver::Reference, output, vec!["Does it.".into()]);
    match body {
        Some(ty) => MethodDecl {
            signature: signature.taking("body", ty),
            parameters: Vec::new(),
            body: Some(MethodBody::Chosen),
        },
        None => MethodDecl { signature, parameters: Vec::new(), body: None },
    }
}

fn delete() -> OperationDecl {
    let mut method = method("delete", "DeletePet", None);
    method.signature = method.signature.taking("id", SignatureType::AsText);
    method.parameters.push(0);
    OperationDecl {
        method,
        others: Vec::new(),
        marker_ident: "DeletePet".into(),
        id: "toys.delete".into(),
        http_method: "DELETE".into(),
        path: "/pets/{id}/toys".into(),
        deprecated: false,
        parameters: vec![ParameterDecl {
            role: ParameterRole::Argument,
            given: SignatureType::AsText,
            ..parameter("id", ParameterPlace::Path, text())
        }],
        held: 0,
        body: None,
        output: OutputDecl::Empty,
        other_bodies: Vec::new(),
        accept: None,
        headers: Vec::new(),
        streams: Vec::new(),
        answers: vec![
            AnswerDecl { status: Status::Code(200), error: None, success: true },
            AnswerDecl { status: Status::Default, error: Some(0), success: false },
        ],
        security: vec![vec![SecurityUse { scheme: 0, scopes: vec!["pets".into()] }]],
        pagination: None,
        retry: None,
        session: None,
        idempotency: Declared::Inherit,
        server: None,
        expects: Vec::new(),
        unverified: false,
        preview: None,
        official: None,
        origin: "#/paths/~1pets/delete".into(),
    }
}

fn parameter(name: &str, place: ParameterPlace, ty: RustType) -> ParameterDecl {
    let given = SignatureType::Value(ty.clone());
    let this = SignatureType::Fixed("Self");
    let setter = Signature::new(name, Receiver::Value, this, vec![format!("`{name}`")]);
    ParameterDecl {
        ident: name.into(),
        wire_name: name.into(),
        place,
        style: None,
        role: ParameterRole::Setter(setter.taking(name, given.clone())),
        ty,
        given,
        reader: None,
        rules: RuleTree::default(),
        docs: Vec::new(),
        deprecated: false,
        origin: String::new(),
    }
}

fn resource(name: &str, parent: Option<usize>, operations: Vec<OperationDecl>) -> ResourceDecl {
    let mut ident = name.to_owned();
    ident.replace_range(..1, &name[..1].to_uppercase());
    let output = SignatureType::Resource(ident.clone());
    let docs = vec![format!("Operations of `{name}`.")];
    ResourceDecl {
        ident,
        accessor: Signature::new(name, Receiver::Reference, output, docs.clone()),
        module: name.into(),
        parent,
        feature: None,
        docs,
        arguments: Vec::new(),
        held: 0,
        operations,
    }
}

fn ty(ident: &str, body: TypeBody) -> TypeDecl {
    let (views, conversions) = methods(&body);
    TypeDecl {
        ident: ident.into(),
        module: "shared".into(),
        feature: None,
        docs: vec![format!("A {ident}.")],
        deprecated: false,
        origin: format!("#/components/schemas/{ident}"),
        extra_derives: Vec::new(),
        definition: Definition::Own,
        accessors: Vec::new(),
        views,
        conversions,
        traits: traits(&body),
        body,
    }
}

fn model(members: Vec<FieldDecl>, redacted: bool) -> StructDecl {
    let record = redacted.then(|| RecordDecl { ident: "NewPetRequired".into(), docs: vec!["Required.".into()] });
    let members: Vec<FieldDecl> = members.into_iter().map(finished).collect();
    StructDecl {
        extra_ident: "extra".into(),
        extra_type: None,
        constructor: Some(Box::new(ConstructorDecl { new: signature::constructor(&members, record.as_ref()), record })),
        fields: members,
        redacted,
    }
}

/// With what follows from the rest.
fn finished(mut member: FieldDecl) -> FieldDecl {
    member.written = signature::field_type(&member.ty, member.presence, member.boxed);
    member.taken = signature::taken(&member.ty, &|ty| *ty == RustType::Declared(2));
    member.setter = signature::setter(&member);
    member
}

fn member(ident: &str, ty: RustType, presence: Presence) -> FieldDecl {
    FieldDecl {
        ident: ident.into(),
        wire_name: ident.trim_start_matches("r#").into(),
        ty,
        presence,
        boxed: false,
        written: RustType::Unit,
        taken: SignatureType::Value(RustType::Unit),
        setter: None,
        docs: vec![format!("`{}`", ident.trim_start_matches("r#"))],
        deprecated: false,
        sensitive: false,
        well_formed: false,
        default: None,
        or_default: None,
        origin: String::new(),
    }
}

fn value(ident: &str, wire: &str) -> ValueDecl {
    ValueDecl { ident: ident.into(), wire: wire.into(), docs: vec![format!("{wire:?}")] }
}

fn text() -> RustType {
    RustType::Scalar(Scalar::String)
}
