# Shortcuts for those who have `just`. Nothing needs this file: each line is the command itself.

# List the recipes.
default:
    @just --list

# The whole program against an emulated AWS: no account, no network, nothing kept.
demo *options:
    cargo run --release -- --demo {{ options }}

# All tests, or those whose names contain the filter.
test *filter:
    cargo test --locked {{ filter }}

# Formatting and lints, as CI runs them.
lint:
    cargo fmt --check
    cargo clippy --all-targets --locked -- -D warnings

# Benchmarks: the listing against the emulator, and drawing.
bench *options:
    cargo bench --locked --bench listing --bench screen {{ options }}

# Every budget (times, bytes, memory) at 1,000, 10,000 and 50,000 accounts, beside `less` and the AWS CLI: a table.
# `just budgets --quick`, `just budgets --cold`.
budgets *options:
    cargo bench --locked --bench budgets -- {{ options }}

# An audit of 1,000 accounts, a plan of 300 changes and checks side by side, and what AWS's quotas allow: five minutes.
quotas *options:
    cargo bench --locked --bench quotas -- {{ options }}

# An hour of scripted use at ten times speed: memory, open files and what is kept must not grow.
soak *options:
    cargo bench --locked --bench soak -- {{ options }}

# A parser on random bytes (needs cargo-fuzz and a nightly toolchain): `just fuzz mails -- -max_total_time=60`.
fuzz target *options:
    mkdir -p fuzz/corpus/{{ target }}
    cargo fuzz run {{ target }} fuzz/corpus/{{ target }} tests/corpus/{{ target }} {{ options }}

# A sample of mutants in permit, otp, store and write (needs cargo-mutants).
mutants *parts:
    .ci/mutants {{ parts }}

# Faults put into a copy of the program one at a time, and which rows of the table of flows and faults turn red.
breaks *names:
    .ci/breaks {{ names }}

# The archive of HEAD twice, from different folders: the same bytes.
reproducible *target:
    packaging/reproducible {{ target }}

# Print the screens of the snapshots whose names contain all of these words, such as `just screens board 80x24`.
screens *words:
    @.ci/screens {{ words }}

# Count the lines of the program without its tests.
lines:
    @.ci/lines

# The archive of a release, for this machine or for a target: target/dist/rootdeck-VERSION-TARGET.tar.gz.
dist *target:
    packaging/dist {{ target }}

# Everything that must hold before a change lands.
ci:
    .ci/run
