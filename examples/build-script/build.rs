//! Makes the client of `openapi.yaml`; a fault in it stops the build with its place.

fn main() {
    let folder = std::env::var_os("OUT_DIR").unwrap_or_default();
    if let Err(error) = typewright_codegen::Builder::new().document("openapi.yaml").generate_to(folder) {
        eprintln!("{error}");
        std::process::exit(1);
    }
}
