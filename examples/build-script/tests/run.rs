//! The example does what its first lines promise.

#![forbid(unsafe_code)]

use std::process::Command;

#[test]
fn the_client_of_the_build_script_makes_a_call() {
    let output = Command::new(env!("CARGO_BIN_EXE_build-script-example")).output().expect("the example runs");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(text, "GET https://pets.example.com/v1/pets/7\nRex is a Some(Dog)\n");
}
