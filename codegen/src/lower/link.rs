//! Links of answers: told in the operation's docs, for nothing calls them.

use crate::api::Status;
use crate::lower::answer::status_of;
use crate::normalise::model::{Link, Model, Operation};

/// One sentence for every link of the operation's answers.
pub(super) fn notes(model: &Model, operation: &Operation) -> Vec<String> {
    let declared = operation.responses.by_status.iter();
    let declared = declared.filter_map(|(status, response)| Some((status_of(status)?, response)));
    let default = operation.responses.default.iter().map(|response| (Status::Default, response));
    let responses = declared.chain(default);
    let links = responses.flat_map(|(status, response)| {
        let (response, _) = response.get(&model.document.components.responses);
        response.links.iter().map(move |(name, link)| note(status, name, link))
    });
    links.collect()
}

fn note(status: Status, name: &str, link: &Link) -> String {
    let leads = link.operation.as_ref().map(|target| format!(" to `{target}`")).unwrap_or_default();
    let of = match status {
        Status::Code(code) => format!("The answer {code}"),
        Status::Range(class) => format!("An answer {class}XX"),
        Status::Default => "Any other answer".to_owned(),
    };
    format!("{of} links as `{name}`{leads}.")
}

#[cfg(test)]
mod tests {
    use crate::lower::testing::check_operations;

    #[test]
    fn links_are_told() {
        check_operations(
            r##"
            paths:
              /pets:
                get:
                  responses:
                    "200": { description: Pets., links: { owner: { operationId: getOwner }, more: { $ref: '#/x' } } }
            "##,
            r#"
            GET /pets // The answer 200 links as `owner` to `getOwner`. // The answer 200 links as `more`.
              Code(200)
            "#,
        );
    }
}
