//! On an instance of EC2: its credentials are taken where no profile is named, and never in one's name.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::process::Command;
use std::sync::{Arc, Mutex};

use rootdeck::emulator::Identity;

use crate::identity::{configured, lacking};
use crate::program::Ended;
use crate::site::Site;

/// The metadata service, which hands out the credentials of the instance's role.
struct Instance {
    url: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Instance {
    fn giving(site: &Site) -> Self {
        let key = site.emulator.access_key(Identity::Management);
        let credentials = format!(
            "{{\"Code\":\"Success\",\"Type\":\"AWS-HMAC\",\"LastUpdated\":\"2026-01-01T00:00:00Z\",\"Token\":\"t\",\
             \"AccessKeyId\":\"{}\",\"SecretAccessKey\":\"{}\",\"Expiration\":\"2099-01-01T00:00:00Z\"}}",
            key.id, key.secret
        );
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::<Mutex<Vec<String>>>::default();
        let log = Arc::clone(&asked);
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let mut bytes = [0; 4096];
                let length = stream.read(&mut bytes).unwrap_or(0);
                let head = String::from_utf8_lossy(bytes.get(..length).unwrap_or_default()).into_owned();
                let wanted: Vec<&str> = head.split(' ').take(2).collect();
                log.lock().unwrap().push(wanted.join(" "));
                let (status, body) = match wanted.as_slice() {
                    ["PUT", "/latest/api/token"] => ("200 OK", "token"),
                    ["GET", path] if path.ends_with("/security-credentials/admin") => ("200 OK", credentials.as_str()),
                    ["GET", path] if path.ends_with("/security-credentials/") => ("200 OK", "admin"),
                    _ => ("404 Not Found", ""),
                };
                let head = format!(
                    "HTTP/1.1 {status}\r\ncontent-type: text/plain\r\nx-aws-ec2-metadata-token-ttl-seconds: 21600\r\n\
                     connection: close\r\ncontent-length: {}\r\n\r\n",
                    body.len()
                );
                let _ = stream.write_all((head + body).as_bytes());
            }
        });
        Self { url, asked }
    }

    /// What was asked of it since the last look.
    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.asked.lock().unwrap())
    }

    /// The program on this instance.
    fn command(&self, site: &Site, config: &str, arguments: &[&str]) -> Command {
        let mut command = configured(site, config, arguments);
        command.env_remove("AWS_EC2_METADATA_DISABLED").env("AWS_EC2_METADATA_SERVICE_ENDPOINT", &self.url);
        command
    }

    fn run(&self, site: &Site, config: &str, arguments: &[&str]) -> Ended {
        self.command(site, config, arguments).output().unwrap().into()
    }
}

#[test]
fn whatever_a_profile_lacks_the_instance_gives_nothing_in_its_name() {
    let site = Site::closed();
    let instance = Instance::giving(&site);
    instance.run(&site, "[default]\nregion = us-east-1\n", &["accounts"]).expect(0, &[]);
    assert_ne!(instance.asked(), [""; 0], "it gives credentials where no profile is named");
    for (lines, config) in lacking() {
        for (how, ended) in [
            ("--profile", instance.run(&site, &config, &["--profile", "x", "accounts"])),
            ("AWS_PROFILE", {
                let mut command = instance.command(&site, &config, &["accounts"]);
                Ended::from(command.env("AWS_PROFILE", "x").output().unwrap())
            }),
            ("default", instance.run(&site, &config.replace("[profile x]", "[default]"), &["accounts"])),
        ] {
            assert_eq!((ended.code, ended.stdout.as_str()), (Some(4), ""), "{how} {lines}: {}", ended.stderr);
            assert_eq!(instance.asked(), [""; 0], "{how} {lines}: the instance was asked");
        }
    }
}

#[test]
fn a_profile_that_says_so_is_the_instances() {
    let site = Site::closed();
    let instance = Instance::giving(&site);
    let role = "role_arn = arn:aws:iam::111122223333:role/OrgAdmin";
    let config = format!("[profile x]\n{role}\ncredential_source = Ec2InstanceMetadata\n");
    // What the emulated AWS says to the role is its own affair.
    instance.run(&site, &config, &["--profile", "x", "accounts"]);
    assert!(instance.asked().iter().any(|asked| asked.ends_with("/security-credentials/admin")));
    assert!(site.arrived("AssumeRole") > 0);
}
