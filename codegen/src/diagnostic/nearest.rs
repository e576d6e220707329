//! The known name that somebody probably meant.

/// The known name nearest to `name`, if it is near enough to be worth a question: one edit for short names, up to a
/// third of the letters for long ones. Case, `-` and `_` cost nothing; at equal distance the first known name wins.
pub fn nearest<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    // Nobody mistypes a name of this length, and the distance is quadratic.
    const LONGEST: usize = 64;
    let wanted = folded(name);
    if wanted.is_empty() || wanted.len() > LONGEST {
        return None;
    }
    let letters = |name: &str| name.chars().count();
    let allowed = (letters(&wanted) / 3).clamp(1, 4);
    let measured = known.into_iter().filter_map(|known| {
        let other = folded(known);
        // Every letter too many or too few is an edit.
        let possible = letters(&other).abs_diff(letters(&wanted)) <= allowed;
        // Two swapped neighbours count once.
        possible.then(|| (strsim::osa_distance(&wanted, &other), known))
    });
    let near = measured.filter(|(distance, _)| *distance <= allowed);
    near.min_by_key(|(distance, _)| *distance).map(|(_, known)| known)
}

fn folded(name: &str) -> String {
    name.chars().filter(|letter| !matches!(letter, '-' | '_' | ' ')).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_known_name_is_offered_if_it_is_near() {
        let known = ["description", "operationId", "responses", "in", "items"];
        let check = |name: &str, expected: Option<&str>| assert_eq!(nearest(name, known), expected, "{name}");
        check("descripton", Some("description"));
        check("operation_id", Some("operationId"));
        check("response", Some("responses"));
        check("itmes", Some("items"));
        check("xyz", None);
        check("", None);
        check(&"d".repeat(100_000), None);
    }
}
