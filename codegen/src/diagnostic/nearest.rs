//! The known name that somebody probably meant.

/// The known name nearest to `name`, if it is near enough to be worth a question: one edit for short names, up to a
/// third of the letters for long ones. Case, `-` and `_` cost nothing; at equal distance the first known name wins.
pub fn nearest<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    // Nobody mistypes a name of this length, and the table below is quadratic.
    const LONGEST: usize = 64;
    let wanted = folded(name);
    if wanted.is_empty() || wanted.len() > LONGEST {
        return None;
    }
    let allowed = (wanted.len() / 3).clamp(1, 4);
    let measured = known.into_iter().filter_map(|known| {
        let letters = folded(known);
        // Every letter too many or too few is an edit.
        let possible = letters.len().abs_diff(wanted.len()) <= allowed;
        possible.then(|| (distance(&wanted, &letters), known))
    });
    let near = measured.filter(|(distance, _)| *distance <= allowed);
    near.min_by_key(|(distance, _)| *distance).map(|(_, known)| known)
}

fn folded(name: &str) -> Vec<char> {
    name.chars().filter(|letter| !matches!(letter, '-' | '_' | ' ')).flat_map(char::to_lowercase).collect()
}

/// Edit distance in which two swapped neighbours count once.
fn distance(left: &[char], right: &[char]) -> usize {
    let mut before_last = vec![0; right.len() + 1];
    let mut last: Vec<usize> = (0..=right.len()).collect();
    for (row, left_letter) in left.iter().enumerate() {
        let mut current = vec![row + 1];
        for (column, right_letter) in right.iter().enumerate() {
            let at = |line: &[usize], index: usize| line.get(index).copied().unwrap_or(usize::MAX / 2);
            let replaced = at(&last, column) + usize::from(left_letter != right_letter);
            let mut cost = replaced.min(at(&last, column + 1) + 1).min(at(&current, column) + 1);
            let swapped = row > 0
                && column > 0
                && left.get(row - 1) == Some(right_letter)
                && right.get(column - 1) == Some(left_letter);
            if swapped {
                cost = cost.min(at(&before_last, column - 1) + 1);
            }
            current.push(cost);
        }
        before_last = std::mem::replace(&mut last, current);
    }
    last.last().copied().unwrap_or_default()
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
