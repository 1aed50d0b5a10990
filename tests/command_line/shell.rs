//! A shell of somebody else, in which the AWS CLI is a stand-in that takes down its arguments and whose
//! credentials it was given.

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Command, Output};

use rootdeck::domain::aws_command::CallerOptions;
use rootdeck::emulator::Identity;

use crate::site::Site;

const STAND_IN: &str = r#"#!/bin/sh
{
  printf '%s\0' "$AWS_ACCESS_KEY_ID" "${AWS_SESSION_TOKEN:+token}" "$ROOTDECK_SESSION" "$AWS_PROFILE" "$#" "$@"
} >> "$RECORD"
"#;

/// One run of the stand-in.
#[derive(Debug, PartialEq)]
pub(crate) struct Call {
    pub(crate) access_key: String,
    pub(crate) has_token: bool,
    pub(crate) session: String,
    pub(crate) profile: String,
    pub(crate) arguments: Vec<String>,
}

/// A name of a profile that a shell would read in its own way.
pub(crate) const PROFILE: &str = "it's the payer@prod $HOME";

/// A shell of somebody else, in which the administrator has a profile.
pub(crate) struct Shell {
    pub(crate) site: Site,
    pub(crate) caller: CallerOptions,
    programs: PathBuf,
}

impl Shell {
    pub(crate) fn new() -> Self {
        let site = Site::open();
        let programs = site.home.path().join("bin");
        let configuration = site.home.path().join(".aws");
        for folder in [&programs, &configuration] {
            std::fs::create_dir(folder).unwrap();
        }
        let key = site.emulator.access_key(Identity::Management);
        let profile = format!(
            "[profile \"{PROFILE}\"]\naws_access_key_id = {}\naws_secret_access_key = {}\n",
            key.id, key.secret
        );
        std::fs::write(configuration.join("config"), profile).unwrap();
        std::fs::write(programs.join("aws"), STAND_IN).unwrap();
        std::fs::set_permissions(programs.join("aws"), std::fs::Permissions::from_mode(0o700)).unwrap();
        std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_rootdeck"), programs.join("rootdeck")).unwrap();
        let caller = CallerOptions {
            profile: Some(PROFILE.into()),
            region: Some("eu-central-1".into()),
            endpoint: Some(site.emulator.endpoint_url()),
        };
        Self { site, caller, programs }
    }

    /// Runs a text as a whole, and tells what the stand-in was called with.
    pub(crate) fn run(&self, text: &str, variables: &[(&str, &str)]) -> Vec<Call> {
        self.output(text, variables).1
    }

    /// The same with what the shell printed.
    pub(crate) fn output(&self, text: &str, variables: &[(&str, &str)]) -> (Output, Vec<Call>) {
        let record = self.site.home.path().join("record");
        std::fs::write(&record, "").unwrap();
        let other = self.site.emulator.access_key(Identity::Member);
        let mut shell = Command::new("/bin/sh");
        shell.args(["-c", text]).env_clear().env("HOME", self.site.home.path()).env("RECORD", &record);
        shell.env("PATH", format!("{}:/usr/bin:/bin", self.programs.display()));
        shell.env("AWS_EC2_METADATA_DISABLED", "true");
        shell.env("AWS_ACCESS_KEY_ID", other.id).env("AWS_SECRET_ACCESS_KEY", other.secret);
        // A session for a shell is handed to this one.
        shell.env("SHELL", self.programs.join("aws"));
        shell.envs(variables.iter().copied());
        let output = shell.output().unwrap();
        (output, calls(&std::fs::read(&record).unwrap()))
    }
}

fn calls(record: &[u8]) -> Vec<Call> {
    let mut fields = record.split(|byte| *byte == 0).map(|field| String::from_utf8(field.to_vec()).unwrap());
    let mut calls = Vec::new();
    while let Some(access_key) = fields.next().filter(|field| !field.is_empty()) {
        let mut next = || fields.next().unwrap();
        let (token, session, profile) = (next(), next(), next());
        let count: usize = next().parse().unwrap();
        let arguments = (0..count).map(|_| next()).collect();
        calls.push(Call { access_key, has_token: token == "token", session, profile, arguments });
    }
    calls
}
