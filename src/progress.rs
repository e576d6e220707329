//! The one line on a terminal that tells which crate is being made, while there is much to do.

use crate::host::{Host, Terminal};

/// Below this many bytes of documents a run is over before anybody could read the line.
const MUCH: usize = 512 * 1024;

/// The line, or nothing where there is no terminal or little to do.
pub(crate) struct Progress {
    total: usize,
    visible: bool,
}

impl Progress {
    /// For a run over `total` crates made of `bytes` of documents.
    pub(crate) fn new(host: &Host<'_>, total: usize, bytes: usize) -> Self {
        Self { total, visible: host.terminal != Terminal::None && bytes >= MUCH }
    }

    /// Tells that the crate with this number, from 0, is next.
    pub(crate) fn step(&self, host: &mut Host<'_>, index: usize, name: &str) {
        if self.visible {
            let _ = write!(host.err, "\r\x1b[2Kgenerating {name} ({} of {}) …", index + 1, self.total);
            let _ = host.err.flush();
        }
    }

    /// Clears the line.
    pub(crate) fn finish(&self, host: &mut Host<'_>) {
        if self.visible {
            let _ = write!(host.err, "\r\x1b[2K");
            let _ = host.err.flush();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn check(terminal: Terminal, bytes: usize, expected: &str) {
        let (mut input, mut out, mut err) = (std::io::empty(), Vec::new(), Vec::new());
        let folder = PathBuf::new();
        let mut host = Host { folder, input: &mut input, out: &mut out, err: &mut err, terminal };
        let progress = Progress::new(&host, 6, bytes);
        progress.step(&mut host, 1, "pets");
        progress.finish(&mut host);
        assert_eq!(String::from_utf8_lossy(&err), expected);
        assert!(out.is_empty());
    }

    #[test]
    fn a_line_is_shown_on_a_terminal_while_there_is_much_to_do() {
        check(Terminal::Plain, MUCH, "\r\x1b[2Kgenerating pets (2 of 6) …\r\x1b[2K");
        check(Terminal::Plain, MUCH - 1, "");
        check(Terminal::None, MUCH, "");
    }
}
