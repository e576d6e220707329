//! Running a program with a time limit, and telling what it used, as Linux tells it; elsewhere the figures are 0.

use std::fs;
use std::io::Read;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How a program ended.
#[derive(Clone, Debug, Default)]
pub(super) struct Ran {
    /// `None`: it was ended at the time limit.
    pub(super) success: Option<bool>,
    pub(super) out: String,
    pub(super) err: String,
    /// CPU seconds of it and of what it started.
    pub(super) seconds: f64,
    /// Largest peak of one of its processes, in MB.
    pub(super) megabytes: u64,
}

/// Between two looks at a running program.
const LOOK: Duration = Duration::from_millis(20);

/// Runs the command to its end or to the limit.
pub(super) fn measure(command: &mut Command, limit: Duration) -> std::io::Result<Ran> {
    let before = waited_seconds();
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let (out, err) = (drain(child.stdout.take()), drain(child.stderr.take()));
    let (started, mut kilobytes) = (Instant::now(), 0);
    let success = loop {
        if let Some(status) = child.try_wait()? {
            break Some(status.success());
        }
        if started.elapsed() > limit {
            child.kill()?;
            child.wait()?;
            break None;
        }
        kilobytes = kilobytes.max(peak(child.id()));
        thread::sleep(LOOK);
    };
    let read = |stream: thread::JoinHandle<String>| stream.join().unwrap_or_default();
    let seconds = waited_seconds() - before;
    // A compiler that outlives a killed Cargo still holds the pipes; its words are not waited for.
    let (out, err) = if success.is_some() { (read(out), read(err)) } else { Default::default() };
    Ok(Ran { success, out, err, seconds, megabytes: kilobytes / 1024 })
}

/// Reads beside the program, so that a full pipe does not hold it up.
fn drain(stream: Option<impl Read + Send + 'static>) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = stream.map(|mut stream| stream.read_to_end(&mut bytes));
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

/// CPU seconds of the children that this process waited for: fields 16 and 17 of its `stat`, counted from behind the
/// name, which may hold spaces, in ticks of 1/100 s.
fn waited_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default();
    fields.split_whitespace().skip(13).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// The largest peak among a process and those that it started, in KB.
fn peak(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    let own = line.split_whitespace().next().and_then(|kilobytes| kilobytes.parse().ok()).unwrap_or(0);
    let threads = fs::read_dir(format!("/proc/{process}/task")).into_iter().flatten().flatten();
    let children = threads.flat_map(|thread| {
        let listed = fs::read_to_string(thread.path().join("children")).unwrap_or_default();
        listed.split_whitespace().filter_map(|child| child.parse().ok()).collect::<Vec<u32>>()
    });
    children.map(peak).fold(own, u64::max)
}
