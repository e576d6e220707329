//! Makes a client of a document that the program has in memory: `cargo run --example from_memory -- FOLDER`.
//!
//! Frameworks for servers make such a document of their routes. This one stands here as JSON instead.

use std::process::ExitCode;

use openapiv3::OpenAPI;
use typewright_codegen::{BuildError, Builder};

const API: &str = r#"{
    "openapi": "3.0.3",
    "info": { "title": "Pets", "version": "1.0.0" },
    "paths": { "/pets/{id}": { "get": {
        "operationId": "getPet",
        "parameters": [{ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }],
        "responses": { "200": {
            "description": "The pet.",
            "content": { "application/json": { "schema": {
                "type": "object",
                "properties": { "name": { "type": "string" } }
            } } }
        } }
    } } }
}"#;

fn main() -> ExitCode {
    let Some(folder) = std::env::args().nth(1) else {
        eprintln!("usage: from_memory FOLDER");
        return ExitCode::FAILURE;
    };
    match make(&folder) {
        Ok(()) => {
            println!("wrote {folder}/mod.rs");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn make(folder: &str) -> Result<(), BuildError> {
    let api: OpenAPI = serde_json::from_str(API).map_err(|error| BuildError::Usage(error.to_string()))?;
    Builder::new().name("pets").openapiv3(&api).generate_to(folder)
}
