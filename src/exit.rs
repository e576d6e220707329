//! How a command ends.

use std::process::ExitCode;

/// The three ways in which a command ends; the numbers are part of the command line's promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// 0: everything is as it should be.
    Fine,
    /// 1: faults in a document, or output that is stale.
    Faults,
    /// 2: the command line itself makes no sense.
    Usage,
}

impl Exit {
    /// The process's exit code.
    pub fn code(self) -> u8 {
        match self {
            Self::Fine => 0,
            Self::Faults => 1,
            Self::Usage => 2,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}
