//! What applications test with: a transport in memory, and time that passes when it is told to.
