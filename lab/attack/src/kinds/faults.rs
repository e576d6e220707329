//! Faults of the server at every point of an exchange.
//!
//! Each worker has a server and a client of its own and makes one call after the other, so that what a fault leaves on a
//! connection meets the next call. Held: no unsafe write is read twice by a server, keyed attempts share one key, no call
//! outlives its limit, no value is another call's, token requests carry nothing of a call, nothing panics.

use std::time::{Duration, Instant};

use super::{Kind, builder, call, on_runtime};
use crate::api::{Error, Target};
use crate::chance::Chance;
use crate::faults::{FAULTS, Fault, OK, Outcome, REDIRECT, UNAUTHORIZED};
use crate::server::{Seen, Server, TokenPlan};
use crate::{Plan, Row};

const WORKERS: usize = 48;
/// The document's limit of a call is 2 s; the rest is for a machine that is busy with something else.
const LIMIT: Duration = Duration::from_secs(30);
/// Attempts of reads and keyed writes, as the document declares them.
const ATTEMPTS: usize = 3;

pub(crate) fn run(plan: Plan) -> Vec<Row> {
    let before = Usage::now();
    let mut rows = on_runtime(async move {
        let workers = WORKERS.min(plan.calls.max(1));
        let each = plan.calls.div_ceil(workers);
        let workers: Vec<_> =
            (0..workers).map(|n| tokio::spawn(worker(each, Chance::new(plan.seed, n as u64)))).collect();
        let mut rows = rows();
        for worker in workers {
            match worker.await {
                Ok(found) => rows.iter_mut().zip(found).for_each(|(row, found)| row.merge(found)),
                Err(error) => rows[0].violations.push(format!("a worker ended: {error}")),
            }
        }
        rows
    });
    let after = Usage::now();
    let mut usage = Row::new("faults/descriptors after the run");
    let left = after.descriptors.saturating_sub(before.descriptors);
    usage.case((left > 16).then(|| format!("{left} descriptors are still open")));
    usage.figures = format!("RSS {} MB before, {} MB after", before.resident >> 20, after.resident >> 20);
    rows.push(usage);
    rows
}

fn rows() -> Vec<Row> {
    let mut rows: Vec<Row> = Kind::ALL.iter().map(|kind| Row::new(format!("faults/{}", kind.name()))).collect();
    rows.push(Row::new("faults/token requests"));
    rows
}

/// What the process holds, as Linux tells it; zeros elsewhere.
struct Usage {
    resident: usize,
    descriptors: usize,
}

impl Usage {
    fn now() -> Self {
        let pages = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
        let pages = pages.split(' ').nth(1).and_then(|pages| pages.parse::<usize>().ok()).unwrap_or_default();
        let descriptors = std::fs::read_dir("/proc/self/fd").map(Iterator::count).unwrap_or_default();
        Self { resident: pages * 4096, descriptors }
    }
}

async fn worker(calls: usize, mut chance: Chance) -> Vec<Row> {
    let mut rows = rows();
    let server = match Server::start().await {
        Ok(server) => server,
        Err(error) => {
            rows[0].violations.push(format!("no server: {error}"));
            return rows;
        }
    };
    let mut client = None;
    for n in 0..calls {
        // A client lives for some calls, so that cold tokens and cold connections are met as well.
        if n % 32 == 0 {
            client = builder(&server.url()).build().ok();
        }
        let Some(client) = &client else { continue };
        let case = Case::new(&mut chance, n);
        let kind = case.kind;
        let place = Kind::ALL.iter().position(|other| *other == kind).unwrap_or_default();
        let (violation, tokens) = case.run(client, &server).await;
        rows[place].case(violation);
        rows[Kind::ALL.len()].merge(tokens);
    }
    rows
}

/// One call and the faults that it meets.
struct Case {
    name: String,
    kind: Kind,
    faults: Vec<&'static Fault>,
    token_faults: Vec<&'static Fault>,
    close: usize,
}

impl Case {
    fn new(chance: &mut Chance, n: usize) -> Self {
        let kind = *chance.pick(&Kind::ALL);
        let some = |chance: &mut Chance, most: usize| -> Vec<&'static Fault> {
            let count = chance.below(most + 1);
            (0..count).map(|_| if chance.below(16) == 0 { &UNAUTHORIZED } else { chance.pick(FAULTS) }).collect()
        };
        let faults = some(chance, 3);
        let token_faults = if chance.below(8) == 0 { some(chance, 2) } else { Vec::new() };
        let close = usize::from(chance.below(16) == 0);
        Self { name: format!("{n}-{:x}", chance.next() & 0xffff), kind, faults, token_faults, close }
    }

    async fn run(self, client: &Target, server: &Server) -> (Option<String>, Row) {
        server.script(&self.name, self.faults.iter().copied());
        server.tokens(TokenPlan { faults: self.token_faults.iter().copied().collect(), ..TokenPlan::default() });
        server.close_next(self.close);
        let (client, kind, name) = (client.clone(), self.kind, self.name.clone());
        let begun = Instant::now();
        let end = tokio::spawn(async move { call(&client, kind, &name).await }).await;
        let took = begun.elapsed();
        let log = server.take();
        let tokens = self.token_requests(&log);
        let seen: Vec<Seen> = log.into_iter().filter(|seen| self.is_mine(seen)).collect();
        let broken = match end {
            Err(error) => Some(format!("panicked: {error}")),
            Ok(_) if took > LIMIT => Some(format!("took {took:?}")),
            Ok(end) => self.judge(&end, &seen),
        };
        let told = broken.map(|broken| {
            let faults: Vec<_> = seen.iter().map(|seen| seen.fault).collect();
            format!("{} {}: {broken}; the server did: {faults:?}", self.kind.name(), self.name)
        });
        (told, tokens)
    }

    fn is_mine(&self, seen: &Seen) -> bool {
        !seen.is_token() && seen.header("x-case") == Some(&self.name)
    }

    /// A token request has nothing of the call that needs it.
    fn token_requests(&self, log: &[Seen]) -> Row {
        let mut row = Row::new("");
        for seen in log.iter().filter(|seen| seen.is_token()) {
            let foreign = ["x-case", "idempotency-key", "cookie"].iter().find(|name| seen.header(name).is_some());
            row.case(foreign.map(|name| format!("{}: the token request carries `{name}`", self.name)));
        }
        row
    }

    fn judge(&self, end: &Result<String, Error>, seen: &[Seen]) -> Option<String> {
        self.judge_attempts(seen).or_else(|| self.judge_end(end, seen))
    }

    fn judge_attempts(&self, seen: &[Seen]) -> Option<String> {
        let whole = seen.iter().filter(|seen| seen.whole).count();
        // A 401 says that nothing was executed: the call may go out once more with a new token.
        let unauthorized = seen.iter().filter(|seen| seen.fault == UNAUTHORIZED.name).count().min(1);
        let redirected = seen.iter().filter(|seen| seen.fault == REDIRECT).count();
        let most = match self.kind {
            Kind::Read => ATTEMPTS + redirected,
            Kind::Keyed | Kind::Replace => ATTEMPTS,
            Kind::Unsafe => 1,
        };
        if whole > most + unauthorized {
            return Some(format!("{whole} whole requests reached the server, {most} are allowed"));
        }
        let mut keys: Vec<_> = seen.iter().map(|seen| seen.header("idempotency-key")).collect();
        keys.dedup();
        match self.kind {
            Kind::Keyed if keys.len() > 1 || keys.contains(&None) => Some(format!("keys {keys:?}")),
            Kind::Read | Kind::Replace | Kind::Unsafe if keys.iter().any(Option::is_some) => {
                Some(format!("a key that nobody asked for: {keys:?}"))
            }
            _ => None,
        }
    }

    fn judge_end(&self, end: &Result<String, Error>, seen: &[Seen]) -> Option<String> {
        let last = seen.last();
        let outcome = last.and_then(|seen| outcome(seen.fault));
        match end {
            Ok(id) if *id != self.name => Some(format!("the value is another call's: {id}")),
            Ok(_) if outcome == Some(Outcome::Error) => Some(format!("`{}` gave a value", last?.fault)),
            Err(error)
                if !error.is_timeout() && self.token_faults.is_empty() && self.close == 0 && self.faults.is_empty() =>
            {
                Some(format!("no fault, and yet: {error}"))
            }
            _ => None,
        }
    }
}

fn outcome(fault: &str) -> Option<Outcome> {
    FAULTS.iter().chain([&OK, &UNAUTHORIZED]).find(|row| row.name == fault).map(|row| row.outcome)
}
