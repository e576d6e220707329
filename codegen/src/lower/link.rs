//! Links of answers: told in the operation's docs, for nothing calls them.

use crate::api::{Answer, Status};
use crate::tree::{NodeId, Tree};

/// One sentence for every link of these answers.
pub(super) fn notes(tree: &Tree, answers: &[Answer]) -> Vec<String> {
    let mut notes = Vec::new();
    for answer in answers {
        let links = tree.member(answer.origin, "links").and_then(|links| tree.as_mapping(links)).unwrap_or_default();
        for link in links {
            notes.push(note(tree, answer.status, &link.key, link.value));
        }
    }
    notes
}

fn note(tree: &Tree, status: Status, name: &str, link: NodeId) -> String {
    let target = tree.member_str(link, "operationId").or_else(|| tree.member_str(link, "operationRef"));
    let leads = target.map(|target| format!(" to `{target}`")).unwrap_or_default();
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
