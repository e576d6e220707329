//! Running the commands in this process, in folders that go away with their test.

#![allow(dead_code)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use typewright::Exit;
use typewright::commands::repository;
use typewright::host::{Host, Terminal};

/// A small document without faults.
pub(crate) const PETS: &str = r##"openapi: 3.1.0
info:
  title: Pet shop
  version: 1.0.0
servers:
  - url: https://pets.example.com
paths:
  /pets/{pet_id}:
    get:
      operationId: getPet
      tags: [pets]
      parameters:
        - name: pet_id
          in: path
          required: true
          schema: { type: string }
      responses:
        "200":
          description: The pet.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Pet" }
components:
  schemas:
    Pet:
      type: object
      required: [id]
      properties:
        id: { type: string }
"##;

/// What a command said.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) exit: Exit,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Said {
    pub(crate) fn assert_fine(&self) {
        assert_eq!(self.exit, Exit::Fine, "{}{}", self.out, self.err);
    }
}

/// An empty folder that commands run in.
pub(crate) struct Place {
    pub(crate) path: PathBuf,
}

impl Place {
    pub(crate) fn new() -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("typewright-tests-{}-{number}", std::process::id()));
        fs::create_dir_all(&path).expect("the system has a folder for temporary files");
        Self { path: path.canonicalize().expect("it was made a moment ago") }
    }

    pub(crate) fn put(&self, name: &str, text: &str) {
        let path = self.path.join(name);
        fs::create_dir_all(path.parent().expect("below the place")).expect("writable");
        fs::write(path, text).expect("writable");
    }

    pub(crate) fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.path.join(name).exists()
    }

    /// Every file below a folder, with what it says.
    pub(crate) fn tree(&self, name: &str) -> BTreeMap<String, String> {
        let top = self.path.join(name);
        let (mut found, mut open) = (BTreeMap::new(), vec![top.clone()]);
        while let Some(folder) = open.pop() {
            for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
                let path = entry.path();
                if path.is_dir() {
                    open.push(path);
                } else {
                    let name = path.strip_prefix(&top).expect("below").to_string_lossy().into_owned();
                    found.insert(name, fs::read_to_string(&path).expect("UTF-8"));
                }
            }
        }
        found
    }

    /// Runs `typewright` here.
    pub(crate) fn run(&self, arguments: &[&str]) -> Said {
        self.run_with(arguments, "")
    }

    /// Runs `typewright` here, with something on standard input.
    pub(crate) fn run_with(&self, arguments: &[&str], input: &str) -> Said {
        let arguments: Vec<&str> = ["typewright"].iter().chain(arguments).copied().collect();
        host(&self.path, input, &mut |host| typewright::run(&arguments, host))
    }

    /// Runs `cargo xtask generate` over the `typewright.toml` that stands here.
    pub(crate) fn repository(&self, crates: &[&str]) -> Said {
        self.chore(repository::generate, crates)
    }

    /// Runs one of the commands of `cargo xtask` here.
    pub(crate) fn chore(&self, chore: fn(&[String], &mut Host<'_>) -> Exit, crates: &[&str]) -> Said {
        let crates: Vec<String> = crates.iter().map(|name| name.to_string()).collect();
        host(&self.path, "", &mut |host| chore(&crates, host))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.path);
    }
}

fn host(folder: &Path, input: &str, command: &mut dyn FnMut(&mut Host<'_>) -> Exit) -> Said {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut input = input.as_bytes();
    let exit = command(&mut Host {
        folder: folder.to_path_buf(),
        input: &mut input,
        out: &mut out,
        err: &mut err,
        terminal: Terminal::None,
    });
    let text = |bytes| String::from_utf8(bytes).expect("messages are UTF-8");
    Said { exit, out: text(out), err: text(err) }
}
