//! The tables: what was measured, its share of the limit, its growth with the district.

use crate::load::Times;
use crate::{Options, Result};
use liaison_store::Engine;
use std::fmt::Write as _;
use std::path::Path;

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Empty,
    List,
    LaterList,
    Search,
    Matter,
    Lane,
    FullLane,
    HeadLane,
    Bare,
    Submit,
    Transition,
}

impl What {
    /// In the order of the tables; each limit stands before what is compared with it, letters before what happens to them.
    pub const ALL: &'static [Self] = &[
        Self::Empty,
        Self::List,
        Self::LaterList,
        Self::Search,
        Self::Matter,
        Self::Lane,
        Self::FullLane,
        Self::HeadLane,
        Self::Bare,
        Self::Submit,
        Self::Transition,
    ];

    /// Requests of a whole run.
    pub const fn requests(self) -> usize {
        match self {
            Self::Empty | Self::List => 30_000,
            Self::LaterList | Self::Search | Self::Matter | Self::Lane | Self::FullLane | Self::HeadLane => 3_000,
            Self::Bare | Self::Submit | Self::Transition => 1_800,
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Empty => "empty handler (limit)",
            Self::List => "public list, first page",
            Self::LaterList => "public list, later pages (never cached)",
            Self::Search => "public search for 电梯 (its count kept, the rest never)",
            Self::Matter => "a matter's page, for its author",
            Self::Lane => "office lane `new`, one station",
            Self::FullLane => "office lane `running`, one station",
            Self::HeadLane => "office lane `running`, whole district",
            Self::Bare => "bare durable insert (limit, without HTTP)",
            Self::Submit => "submitting a letter",
            Self::Transition => "one transition (accept)",
        }
    }

    /// What its throughput is a share of.
    const fn limit(self) -> Option<Self> {
        match self {
            Self::Empty | Self::Bare => None,
            Self::Submit | Self::Transition => Some(Self::Bare),
            _ => Some(Self::Empty),
        }
    }
}

/// One line of a measurement.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// None: the server's memory, in megabytes, as `rate`.
    what: Option<What>,
    rate: f64,
    p50: f64,
    p99: f64,
}

impl Row {
    pub fn of(what: What, times: &Times) -> Self {
        Self {
            what: Some(what),
            rate: times.rate(),
            p50: times.percentile(50),
            p99: times.percentile(99),
        }
    }

    /// The server's memory.
    pub fn memory(peak: Option<f64>) -> Self {
        Self {
            what: None,
            rate: peak.unwrap_or_default(),
            p50: 0.0,
            p99: 0.0,
        }
    }
}

/// Every measurement of a run.
#[derive(Debug, Default)]
pub struct Report(Vec<(Engine, usize, Vec<Row>)>);

impl Report {
    /// Adds one, and shows it.
    pub fn add(&mut self, engine: Engine, letters: usize, rows: Vec<Row>) {
        println!("{}", table(&rows, None));
        self.0.push((engine, letters, rows));
    }

    /// All tables as Markdown; of each engine the sizes one after the other, each compared with the smallest.
    pub fn text(&self, options: &Options) -> String {
        let mut text = String::new();
        let _ = writeln!(text, "{}\n", machine(options));
        for (engine, letters, rows) in &self.0 {
            let first = self.0.iter().find(|(other, _, _)| other == engine);
            let smaller = first
                .filter(|(_, size, _)| size < letters)
                .map(|(_, _, rows)| rows.as_slice());
            let engine = match engine {
                Engine::Sqlite => "SQLite",
                Engine::Postgres => "PostgreSQL",
            };
            let _ = writeln!(text, "### {engine}, {letters} letters\n\n{}", table(rows, smaller));
        }
        text
    }

    /// Puts the tables between the document's marks and leaves the rest of it as it is.
    pub fn write(doc: &Path, text: &str) -> Result {
        const BEGIN: &str = "<!-- measured -->";
        const END: &str = "<!-- /measured -->";
        let old = std::fs::read_to_string(doc).unwrap_or_else(|_| format!("# Performance\n\n{BEGIN}\n{END}\n"));
        let (before, rest) = old.split_once(BEGIN).ok_or("the document has no place for tables")?;
        let (_, after) = rest.split_once(END).ok_or("the document has no end of the tables")?;
        std::fs::write(doc, format!("{before}{BEGIN}\n\n{}\n{END}{after}", text.trim_end()))?;
        println!("written to {}", doc.display());
        Ok(())
    }
}

fn machine(options: &Options) -> String {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let cpu = read("/proc/cpuinfo");
    let cpu = cpu
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(':'))
        .map_or("an unknown processor", |(_, name)| name.trim())
        .to_owned();
    let memory: f64 = read("/proc/meminfo")
        .lines()
        .find_map(|line| line.strip_prefix("MemTotal:")?.trim().strip_suffix(" kB")?.parse().ok())
        .unwrap_or_default();
    let load = read("/proc/loadavg");
    let load = load.split(' ').nth(1).unwrap_or("?");
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let sizes: Vec<String> = options.letters.iter().map(ToString::to_string).collect();
    let date = liaison_domain::calendar::date_of(crate::district::now()).iso();
    format!(
        "`cargo xtask bench api --letters {}{}` on {date}: {cores} cores of {cpu}, {:.0} GB of memory, {} connections, \
         server and load on the same machine (load average {load}), profile `{}`.",
        sizes.join(","),
        if options.quick { " --quick" } else { "" },
        memory / 1024.0 / 1024.0,
        crate::load::CONNECTIONS,
        options.profile,
    )
}

fn table(rows: &[Row], smaller: Option<&[Row]>) -> String {
    let find = |rows: &[Row], what| rows.iter().find(|row| row.what == what).copied();
    let mut text =
        String::from("| | a second | of the limit | p50 ms | p99 ms | p99 growth |\n|---|--:|--:|--:|--:|--:|\n");
    for row in rows {
        let Some(what) = row.what else {
            let _ = writeln!(text, "| server's memory, peak | {:.0} MB | | | | |", row.rate);
            continue;
        };
        let share = what
            .limit()
            .and_then(|limit| find(rows, Some(limit)))
            .map_or(String::new(), |limit| format!("{:.0} %", row.rate / limit.rate * 100.0));
        let growth = smaller
            .and_then(|rows| find(rows, Some(what)))
            .map_or(String::new(), |before| format!("{:.2} ×", row.p99 / before.p99));
        let _ = writeln!(
            text,
            "| {} | {:.0} | {share} | {:.2} | {:.2} | {growth} |",
            what.words(),
            row.rate,
            row.p50,
            row.p99
        );
    }
    text
}
