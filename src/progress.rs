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
