//! The judges of the fuzz targets on bytes of a seeded generator: a few thousand on every run, ten times as many where
//! `TYPEWRIGHT_THOROUGH` is set, as `.ci/run` does. A failure prints its bytes; they go among the seeds of its judge.
#![cfg(feature = "sse")]

mod judges;

use judges::JUDGES;

/// xorshift64*
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % limit.max(1)
    }
}

const SPLINTERS: &[&str] = &[
    "",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    ";",
    "=",
    "\"",
    "'",
    "\\",
    "0",
    "1",
    "-",
    "+",
    ".",
    "e",
    "null",
    "true",
    "\0",
    "\u{1f}",
    "é",
    "\u{202e}",
    "\\u00",
    "\\ud800",
    " ",
    "\n",
    "\r",
    "\r\n",
    "\u{feff}",
    "//",
    "..",
    "%",
    "%2f",
    "@",
    "#",
    "?",
    "*",
    "id",
    "data: ",
    "\"id\":",
    "\"kind\":\"map\"",
    "--",
    "<",
    ">",
    "9999999999999999999999",
];

fn mutate(random: &mut Random, seeds: &[&str]) -> Vec<u8> {
    let mut bytes = seeds[random.below(seeds.len())].as_bytes().to_vec();
    for _ in 0..=random.below(6) {
        let (at, end) = (random.below(bytes.len() + 1), random.below(bytes.len() + 1));
        let (at, end) = (at.min(end), at.max(end));
        match random.below(6) {
            0 => drop(bytes.drain(at..end)),
            1 => drop(bytes.splice(at..at, SPLINTERS[random.below(SPLINTERS.len())].bytes())),
            2 => {
                let copy = bytes[at..end].to_vec();
                bytes.splice(end..end, copy);
            }
            3 if at < bytes.len() => bytes[at] = random.below(256) as u8,
            4 => {
                let other = seeds[random.below(seeds.len())].as_bytes();
                let from = random.below(other.len() + 1);
                bytes.splice(at..end, other[from..].iter().copied());
            }
            _ if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
            _ => {}
        }
        bytes.truncate(4_096);
    }
    bytes
}

#[test]
fn judges_of_seeded_bytes() {
    let rounds = if std::env::var_os("TYPEWRIGHT_THOROUGH").is_some() { 5_000 } else { 500 };
    for (name, judge, seeds) in JUDGES {
        seeds.iter().for_each(|seed| judge(seed.as_bytes()));
        let mut random = Random(0x9e37_79b9_7f4a_7c15);
        for round in 0..rounds {
            let bytes = mutate(&mut random, seeds);
            let outcome = std::panic::catch_unwind(|| judge(&bytes));
            assert!(outcome.is_ok(), "{name}, round {round}: {:?}", String::from_utf8_lossy(&bytes));
        }
    }
}
