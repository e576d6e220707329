//! Checks of values before they are sent.

use proc_macro2::TokenStream;
use quote::quote;

use super::{link, strings};
use crate::emit::token::{ident, number, string};
use crate::plan::declaration::{Check, Rule, RuleTree};

/// `.rules(&[…]).members(&[…])`, whichever is not empty.
pub(super) fn emit_rules(tree: &RuleTree) -> TokenStream {
    let rules = link("rules", checks(tree));
    let members = link("members", members(tree));
    quote!(#rules #members)
}

/// The same for a body, whose own rules are the exception.
pub(super) fn emit_body_rules(tree: &RuleTree) -> TokenStream {
    let members = link("rules", members(tree));
    let own = link("own_rules", checks(tree));
    quote!(#members #own)
}

/// `&[rt::Rule…]` of the value itself.
fn checks(tree: &RuleTree) -> Option<TokenStream> {
    let checks = tree.checks.iter().map(check);
    (!tree.checks.is_empty()).then(|| quote!(&[#(#checks),*]))
}

/// `&[rt::MemberRules…]` of what is in it.
fn members(tree: &RuleTree) -> Option<TokenStream> {
    let members = tree.members.iter().map(|(name, tree)| {
        let (name, rules) = (string(name), checks(tree).unwrap_or_else(|| quote!(&[])));
        let below = link("members", members(tree));
        quote!(rt::MemberRules::new(#name, #rules) #below)
    });
    (!tree.members.is_empty()).then(|| quote!(&[#(#members),*]))
}

fn check(check: &Check) -> TokenStream {
    let rule = rule(&check.rule);
    let message = link(
        "message",
        check.message.as_deref().map(|message| {
            let message = string(message);
            quote!(#message)
        }),
    );
    quote!(rt::Rule::#rule #message)
}

fn rule(rule: &Rule) -> TokenStream {
    let (name, argument) = match rule {
        Rule::Minimum(bound) => ("minimum", literal(bound)),
        Rule::ExclusiveMinimum(bound) => ("exclusive_minimum", literal(bound)),
        Rule::Maximum(bound) => ("maximum", literal(bound)),
        Rule::ExclusiveMaximum(bound) => ("exclusive_maximum", literal(bound)),
        Rule::MultipleOf(divisor) => ("multiple_of", literal(divisor)),
        Rule::MinLength(length) => ("min_length", count(*length)),
        Rule::MaxLength(length) => ("max_length", count(*length)),
        Rule::Pattern(pattern) => ("pattern", literal(pattern)),
        Rule::MinCount(least) => ("min_count", count(*least)),
        Rule::MaxCount(most) => ("max_count", count(*most)),
        Rule::Unique => ("unique", TokenStream::new()),
        Rule::Object => ("object", TokenStream::new()),
        Rule::MaxBytes(most) => ("max_bytes", count(*most)),
        Rule::ReservedKeys(keys) => ("reserved_keys", strings(keys)),
        Rule::NamedMembers => ("named_members", TokenStream::new()),
        Rule::OneOf(values) => ("one_of", strings(values)),
        Rule::AnyRequired(sets) => {
            let sets = sets.iter().map(|set| strings(set));
            ("any_required", quote!(&[#(#sets),*]))
        }
    };
    let name = ident(name);
    quote!(#name(#argument))
}

fn literal(text: &str) -> TokenStream {
    let text = string(text);
    quote!(#text)
}

fn count(value: u64) -> TokenStream {
    let value = number(value);
    quote!(#value)
}
