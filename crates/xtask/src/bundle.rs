//! From compiled WebAssembly to files a browser loads: glue by wasm-bindgen, `wasm-opt`, esbuild
//! for scripts and styles, compression, and the build manifest.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use serde_json::{Value, json};
use wasm_bindgen_cli_support::Bindgen;

use crate::fingerprint::{Fingerprint, files_below};
use crate::imports;
use crate::order;
use crate::paths::{Output, Paths};
use crate::process::{self, command};
use crate::split;
use crate::stack;
use crate::ui::{Context, Fail, Result, fail};
use crate::web::{BUNDLES, Mode};

/// The oldest engines that must run the scripts and styles: those of old in-app web views.
const ENGINES: &str = "chrome69,safari13";
/// Parts of the residents' app that only a page of another part fetches.
const WITHIN: &[(&str, &str)] = &[
    ("media", "write"),
    ("map", "write"),
    ("outbox", "write"),
    ("later", "write"),
    ("guide", "write"),
];
/// An old `index.html` in some cache must still find its build.
const KEEP_OLD_BUILDS: Duration = Duration::from_hours(30 * 24);
/// Scripts that pages load as they are: one starts the apps, one keeps pages without an app fresh, one belongs to the
/// elder mode.
const SCRIPTS: [&str; 3] = ["boot.js", "live.js", "elder.js"];
/// Formats that gain nothing from compression.
const ALREADY_SMALL: &[&str] = &["png", "jpg", "jpeg", "webp", "woff2", "br", "gz"];

/// A finished output directory: `manifest.json` and `a/<build>/…`.
#[derive(Debug)]
pub struct Site {
    pub dir: PathBuf,
    /// The hash that names the build's directory.
    pub build: String,
}

impl Site {
    /// The site in `out` if it was made from the sources with this fingerprint.
    pub fn read(out: &Output, fingerprint: &str) -> Option<Self> {
        let have = fs::read_to_string(&out.stamp).ok()?;
        if have != fingerprint {
            return None;
        }
        let manifest: Value = serde_json::from_slice(&fs::read(out.dir.join("manifest.json")).ok()?).ok()?;
        let build = manifest.get("build")?.as_str()?.to_owned();
        let site = Self {
            dir: out.dir.clone(),
            build,
        };
        site.assets().is_dir().then_some(site)
    }

    /// The directory of this build's files.
    pub fn assets(&self) -> PathBuf {
        self.dir.join("a").join(&self.build)
    }

    /// What of an app arrives later.
    pub fn parts(&self, app: &str) -> Result<Parts> {
        Parts::read(&self.assets().join(parts_list(app)))
    }
}

/// The file that says which files each later part of an app needs.
fn parts_list(app: &str) -> String {
    format!("{app}.parts.json")
}

/// Makes the site in `out` from the two compiled apps.
pub fn make(paths: &Paths, mode: Mode, wasm: &[PathBuf], out: &Output, fingerprint: &str) -> Result<Site> {
    // A half-made site must not pass for a finished one.
    remove_if_there(&out.stamp)?;
    let dir = &out.dir;
    let staging = dir.join(".staging");
    if staging.exists() {
        fs::remove_dir_all(&staging).context(|| format!("Clearing {}", staging.display()))?;
    }
    create_dir(&staging)?;

    in_parallel(BUNDLES.iter().zip(wasm), |(name, file)| {
        app(paths, mode, name, file, &staging)
    })?;
    for name in BUNDLES {
        style(paths, mode, name, &staging)?;
    }
    for name in SCRIPTS {
        plain_script(paths, mode, name, &staging)?;
    }
    copy_public(paths, &staging)?;

    let build = content_hash(&staging)?;
    if mode == Mode::Release {
        in_parallel(files_below(&staging)?.iter(), |file| compress(file))?;
    }
    let assets = dir.join("a").join(&build);
    if assets.exists() {
        fs::remove_dir_all(&assets).context(|| format!("Clearing {}", assets.display()))?;
    }
    create_dir(&dir.join("a"))?;
    fs::rename(&staging, &assets).context(|| format!("Moving the build to {}", assets.display()))?;
    let manifest =
        serde_json::to_string_pretty(&manifest(&build, &assets)?).context(|| "Writing the manifest".to_owned())?;
    write(&dir.join("manifest.json"), manifest.as_bytes())?;
    drop_old_builds(&dir.join("a"), &build, SystemTime::now())?;
    write(&out.stamp, fingerprint.as_bytes())?;
    Ok(Site {
        dir: dir.clone(),
        build,
    })
}

/// One app into the staging directory: `<name>_bg.wasm`, `<name>.js`, `<name>_<part>.wasm` for what arrives later, and
/// `<name>.parts.json`, which says what needs which.
fn app(paths: &Paths, mode: Mode, name: &str, wasm: &Path, staging: &Path) -> Result {
    let glue = paths.web_target().join("glue").join(format!("{name}-{mode:?}"));
    let stamp = glue.join(".input");
    let input = {
        let bytes = fs::read(wasm).context(|| format!("Reading {}", wasm.display()))?;
        let mut print = Fingerprint::default();
        print.add(name, &bytes);
        print.add_path(&paths.root, Path::new("crates/xtask/src"))?;
        print.finish()
    };
    let list = glue.join(parts_list(name));
    // A changed style sheet must not cost another pass of wasm-opt.
    if !fs::read_to_string(&stamp).is_ok_and(|have| have == input) {
        if glue.exists() {
            fs::remove_dir_all(&glue).context(|| format!("Clearing {}", glue.display()))?;
        }
        create_dir(&glue)?;
        let mut split = split::split(name, wasm, &glue)?;
        bindgen(mode, name, &split.main, &glue)?;
        let module = glue.join(format!("{name}_bg.wasm"));
        rewrite(&module, stack::lend)?;
        for file in &split.later {
            rewrite(file, stack::borrow)?;
        }
        split.share(paths, name, WITHIN)?;
        write(
            &glue.join(split::LOADERS),
            split::loaders(name, &split.parts).as_bytes(),
        )?;
        if mode == Mode::Release {
            shorten_names(name, &glue)?;
            optimise(paths, &module)?;
            for file in &split.later {
                // With the functions' names, for whoever looks for weight.
                copy(file, &file.with_extension("named.wasm"))?;
                optimise(paths, file)?;
            }
        }
        script(paths, mode, name, &glue)?;
        write(&list, json!(split.parts).to_string().as_bytes())?;
        write(&stamp, input.as_bytes())?;
    }
    let parts = Parts::read(&list)?;
    let module = format!("{name}_bg.wasm");
    for file in parts.files().chain([module.as_str()]) {
        copy(&glue.join(file), &staging.join(file))?;
    }
    copy(
        &glue.join(format!("{name}.out.js")),
        &staging.join(format!("{name}.js")),
    )?;
    copy(&list, &staging.join(parts_list(name)))
}

/// What of an app arrives later: for each part the files it needs.
#[derive(Debug, Default)]
pub struct Parts(BTreeMap<String, Vec<String>>);

impl Parts {
    fn read(list: &Path) -> Result<Self> {
        let bytes = fs::read(list).context(|| format!("Reading {}", list.display()))?;
        serde_json::from_slice(&bytes)
            .map(Self)
            .context(|| format!("Reading {}", list.display()))
    }

    /// Every file once.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.0
            .values()
            .flatten()
            .map(String::as_str)
            .collect::<BTreeSet<_>>()
            .into_iter()
    }

    /// Each part with its files.
    pub fn each(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.0.iter().map(|(part, files)| (part.as_str(), files.as_slice()))
    }
}

fn bindgen(mode: Mode, name: &str, wasm: &Path, glue: &Path) -> Result {
    let release = mode == Mode::Release;
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(wasm)
        .out_name(name)
        .typescript(false)
        .demangle(!release)
        .remove_name_section(release)
        .remove_producers_section(true)
        // The later parts are linked to the table and the stack pointer.
        .keep_lld_exports(true);
    bindgen
        .web(true)
        .and_then(|bindgen| bindgen.generate(glue))
        .map_err(|error| Fail(format!("wasm-bindgen could not read {}: {error:#}", wasm.display())))
}

fn rewrite(file: &Path, how: fn(&[u8]) -> Result<Vec<u8>>) -> Result {
    write(file, &how(&read(file)?)?)
}

fn shorten_names(name: &str, glue: &Path) -> Result {
    let module = glue.join(format!("{name}_bg.wasm"));
    let script = glue.join(format!("{name}.js"));
    let wasm = fs::read(&module).context(|| format!("Reading {}", module.display()))?;
    let text = fs::read_to_string(&script).context(|| format!("Reading {}", script.display()))?;
    let (wasm, text) = imports::shorten(&wasm, &text)?;
    write(&module, &wasm)?;
    write(&script, text.as_bytes())
}

/// Each feature by name: `--all-features` would let wasm-opt emit what browsers refuse.
fn optimise(paths: &Paths, file: &Path) -> Result {
    let smaller = file.with_extension("opt.wasm");
    let mut opt = wasm_opt(paths);
    opt.arg(file)
        .args(["--mvp-features", "--enable-sign-ext", "--enable-mutable-globals"])
        .args([
            "--signext-lowering",
            // What is repeated compresses better than what was copied into its callers: the code is 5 % longer
            // than with `-Oz` and its own inlining, and 0.6 % less to download.
            "-Os",
            "--skip-pass=inlining-optimizing",
            "--skip-pass=ssa-nomerge",
            // A constant below 1024 that is added to an address becomes the load's own offset. That is wrong for
            // data in the first kilobyte of memory only, which is the far end of the stack: a program that gets
            // there is about to trap anyway.
            "--low-memory-unused",
            "--strip-debug",
            "--strip-producers",
            "--strip-target-features",
        ])
        .arg("-o")
        .arg(&smaller);
    process::run_quiet(&mut opt, "wasm-opt")?;
    fs::rename(&smaller, file).context(|| format!("Moving {}", smaller.display()))?;
    rewrite(file, order::by_likeness)
}

pub fn wasm_opt(paths: &Paths) -> Command {
    command(paths.npm_bin("wasm-opt"))
}

/// The module a page loads. It hands its start function to boot.js, so that boot.js needs no
/// dynamic `import()`, which is a syntax error in the engines boot.js has to survive in.
fn script(paths: &Paths, mode: Mode, name: &str, glue: &Path) -> Result {
    let entry = glue.join(format!("{name}.entry.js"));
    let text = format!(
        "import init from './{name}.js';\n\
         export default init;\n\
         if (window.liaisonBoot) window.liaisonBoot.loaded(init);\n"
    );
    write(&entry, text.as_bytes())?;
    let mut esbuild = esbuild(paths, mode);
    esbuild
        .arg(&entry)
        .args(["--bundle", "--format=esm"])
        .arg(format!("--target={ENGINES}"))
        // Safari 13 has it but for one corner that the glue does not touch; esbuild cannot lower it.
        .arg("--supported:destructuring=true")
        .arg(format!("--outfile={}", glue.join(format!("{name}.out.js")).display()));
    process::run_quiet(&mut esbuild, "esbuild over the glue script")
}

fn style(paths: &Paths, mode: Mode, name: &str, staging: &Path) -> Result {
    let entry = paths.join(format!("style/{name}.css"));
    if !entry.is_file() {
        return fail(format!(
            "style/{name}.css is missing: it is the entry of the app's styles."
        ));
    }
    let mut esbuild = esbuild(paths, mode);
    esbuild
        .arg(&entry)
        .arg("--bundle")
        .arg(format!("--target={ENGINES}"))
        .arg(format!("--outfile={}", staging.join(format!("{name}.css")).display()));
    process::run_quiet(&mut esbuild, &format!("esbuild over style/{name}.css"))
}

/// A script without modules has to parse in any browser at all, so its target is the oldest esbuild knows.
fn plain_script(paths: &Paths, mode: Mode, name: &str, staging: &Path) -> Result {
    let mut esbuild = esbuild(paths, mode);
    esbuild
        .arg(paths.join("public").join(name))
        .arg("--target=es5")
        .arg(format!("--outfile={}", staging.join(name).display()));
    process::run_quiet(&mut esbuild, &format!("esbuild over public/{name}"))
}

fn esbuild(paths: &Paths, mode: Mode) -> Command {
    let mut esbuild = command(paths.npm_bin("esbuild"));
    esbuild
        .args(["--log-level=warning", "--charset=utf8", "--legal-comments=none"])
        .current_dir(&paths.root);
    if mode == Mode::Release {
        esbuild.arg("--minify");
    }
    esbuild
}

fn copy_public(paths: &Paths, staging: &Path) -> Result {
    let public = paths.join("public");
    for file in files_below(&public)? {
        let name = file.strip_prefix(&public).unwrap_or(&file);
        if SCRIPTS.iter().any(|script| name == Path::new(script)) {
            continue;
        }
        let to = staging.join(name);
        if let Some(parent) = to.parent() {
            create_dir(parent)?;
        }
        copy(&file, &to)?;
    }
    Ok(())
}

/// The name of the build: the same files always get the same name.
fn content_hash(dir: &Path) -> Result<String> {
    let mut print = Fingerprint::default();
    print.add_path(dir, Path::new(""))?;
    let mut hash = print.finish();
    hash.truncate(12);
    Ok(hash)
}

fn compress(file: &Path) -> Result {
    let extension = file.extension().unwrap_or_default().to_string_lossy().into_owned();
    if ALREADY_SMALL.contains(&extension.as_str()) {
        return Ok(());
    }
    let content = fs::read(file).context(|| format!("Reading {}", file.display()))?;
    write(&with_suffix(file, "br"), &brotli(&content)?)?;
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(&content)
        .context(|| format!("Compressing {}", file.display()))?;
    let packed = gzip.finish().context(|| format!("Compressing {}", file.display()))?;
    write(&with_suffix(file, "gz"), &packed)
}

fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let mut packed = Vec::new();
    let best = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 24,
        size_hint: content.len(),
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &content[..], &mut packed, &best).context(|| "Compressing with brotli".to_owned())?;
    Ok(packed)
}

/// `x.js` → `x.js.br`.
pub fn with_suffix(file: &Path, suffix: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    name.into()
}

/// What the server reads to fill the head of every page.
fn manifest(build: &str, assets: &Path) -> Result<Value> {
    let url = |name: &str| format!("/a/{build}/{name}");
    let app = |name: &str| -> Result<Value> {
        let parts: serde_json::Map<String, Value> = Parts::read(&assets.join(parts_list(name)))?
            .each()
            .map(|(part, files)| (part.to_owned(), files.iter().map(|file| url(file)).collect()))
            .collect();
        Ok(json!({
            "js": url(&format!("{name}.js")),
            "wasm": url(&format!("{name}_bg.wasm")),
            "css": url(&format!("{name}.css")),
            "parts": parts,
        }))
    };
    let mut files = serde_json::Map::new();
    for file in files_below(assets)? {
        let name = file
            .strip_prefix(assets)
            .unwrap_or(&file)
            .to_string_lossy()
            .replace('\\', "/");
        if !Path::new(&name)
            .extension()
            .is_some_and(|end| end == "br" || end == "gz")
        {
            files.insert(name.clone(), url(&name).into());
        }
    }
    let icons: serde_json::Map<String, Value> = files
        .iter()
        .filter_map(|(name, address)| {
            Some((
                name.strip_prefix("icon-")?.split('.').next()?.to_owned(),
                address.clone(),
            ))
        })
        .collect();
    Ok(json!({
        "build": build,
        "station": app("station")?,
        "desk": app("desk")?,
        "boot": url("boot.js"),
        "icons": icons,
        "manifest": url("app.webmanifest"),
        "files": files,
    }))
}

/// Removes build directories older than [`KEEP_OLD_BUILDS`], never the current one.
fn drop_old_builds(builds: &Path, current: &str, now: SystemTime) -> Result {
    for entry in fs::read_dir(builds).context(|| format!("Reading {}", builds.display()))? {
        let entry = entry.context(|| format!("Reading {}", builds.display()))?;
        let modified = entry.metadata().and_then(|data| data.modified()).unwrap_or(now);
        let age = now.duration_since(modified).unwrap_or_default();
        if entry.file_name() != current && age > KEEP_OLD_BUILDS {
            fs::remove_dir_all(entry.path()).context(|| format!("Removing {}", entry.path().display()))?;
        }
    }
    Ok(())
}

/// Runs `work` on each item in a thread of its own and returns the first failure.
fn in_parallel<T: Send>(items: impl Iterator<Item = T>, work: impl Fn(T) -> Result + Sync) -> Result {
    std::thread::scope(|scope| {
        let work = &work;
        let threads: Vec<_> = items.map(|item| scope.spawn(move || work(item))).collect();
        threads
            .into_iter()
            .map(|thread| {
                thread
                    .join()
                    .unwrap_or_else(|_| fail("A tool of the web build broke down; its message is above."))
            })
            .collect::<Vec<_>>()
            .into_iter()
            .collect()
    })
}

fn create_dir(dir: &Path) -> Result {
    fs::create_dir_all(dir).context(|| format!("Creating {}", dir.display()))
}

pub fn read(file: &Path) -> Result<Vec<u8>> {
    fs::read(file).context(|| format!("Reading {}", file.display()))
}

pub fn write(file: &Path, content: &[u8]) -> Result {
    fs::write(file, content).context(|| format!("Writing {}", file.display()))
}

fn copy(from: &Path, to: &Path) -> Result {
    fs::copy(from, to)
        .map(drop)
        .context(|| format!("Copying {}", from.display()))
}

fn remove_if_there(file: &Path) -> Result {
    match fs::remove_file(file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            fail(format!("Removing {}: {error}", file.display()))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn temporary(name: &str) -> PathBuf {
        let dir = std::env::temp_dir().join(format!("xtask-bundle-{name}-{}", std::process::id()));
        fs::create_dir_all(&dir).expect("a temporary directory");
        dir
    }

    #[test]
    fn a_suffix_is_added_behind_the_extension() {
        assert_eq!(with_suffix(Path::new("a/x.js"), "br"), Path::new("a/x.js.br"));
    }

    #[test]
    fn the_manifest_names_every_address_under_the_build() {
        let dir = temporary("manifest");
        for name in ["boot.js", "boot.js.br", "icon-192.png", "icon-any.svg", "station.js"] {
            fs::write(dir.join(name), name).expect("a file");
        }
        fs::write(
            dir.join("station.parts.json"),
            r#"{"write":["station_chunk_1.wasm","station_write.wasm"]}"#,
        )
        .expect("a file");
        fs::write(dir.join("desk.parts.json"), "{}").expect("a file");
        let manifest = manifest("abc123", &dir).expect("a manifest");
        assert_eq!(manifest["station"]["wasm"], "/a/abc123/station_bg.wasm");
        assert_eq!(manifest["desk"]["css"], "/a/abc123/desk.css");
        assert_eq!(manifest["station"]["parts"]["write"][1], "/a/abc123/station_write.wasm");
        assert_eq!(manifest["icons"]["192"], "/a/abc123/icon-192.png");
        assert_eq!(manifest["icons"]["any"], "/a/abc123/icon-any.svg");
        assert_eq!(manifest["files"]["boot.js"], "/a/abc123/boot.js");
        assert!(manifest["files"].get("boot.js.br").is_none());
        fs::remove_dir_all(dir).expect("removable");
    }

    #[test]
    fn builds_older_than_thirty_days_are_dropped_but_never_the_current_one() {
        let dir = temporary("old");
        for name in ["current", "recent"] {
            fs::create_dir_all(dir.join(name)).expect("a build directory");
        }
        let today = SystemTime::now();
        drop_old_builds(&dir, "current", today).expect("readable");
        assert!(dir.join("recent").is_dir());
        let later = today + KEEP_OLD_BUILDS + Duration::from_mins(1);
        drop_old_builds(&dir, "current", later).expect("readable");
        assert!(dir.join("current").is_dir() && !dir.join("recent").exists());
        fs::remove_dir_all(dir).expect("removable");
    }

    #[test]
    fn the_first_failure_of_parallel_work_is_told() {
        let told = in_parallel(
            [1, 2, 3].into_iter(),
            |number| if number == 2 { fail("two") } else { Ok(()) },
        );
        assert_eq!(told.map_err(|error| error.0), Err("two".to_owned()));
    }

    #[test]
    fn brotli_makes_text_smaller() {
        let text = "网上代表联络站".repeat(100);
        assert!(brotli(text.as_bytes()).expect("compressed").len() < text.len() / 10);
    }
}
