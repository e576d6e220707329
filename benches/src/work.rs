//! Pieces of work that are run alone, in a process of their own, to be counted.

/// The argument that asks for one: how often, which, and what it works on.
pub(crate) const FLAG: &str = "--work";

/// Does a piece of work, if the arguments ask for one.
pub(crate) fn is_done(arguments: &[String]) -> bool {
    let [flag, repeats, name, rest @ ..] = arguments else { return false };
    if flag != FLAG {
        return false;
    }
    let repeats = repeats.parse().expect("a number of repetitions");
    let argument = rest.first().map_or("", String::as_str);
    match name.as_str() {
        "decode" | "decode-serde" | "encode" | "encode-serde" => {
            crate::decode::work(name, argument.parse().expect("a number of orders"), repeats);
        }
        "call" | "call-by-hand" => crate::call::work(name, argument, repeats),
        other => panic!("there is no work `{other}`"),
    }
    true
}
