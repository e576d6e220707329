//! Generates the client under attack from `openapi.yaml`.

fn main() {
    let folder = std::env::var_os("OUT_DIR").unwrap_or_default();
    if let Err(error) = typewright_codegen::Builder::new().document("openapi.yaml").generate_to(folder) {
        eprintln!("{error}");
        std::process::exit(1);
    }
}
