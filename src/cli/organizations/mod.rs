//! A command with `--profiles`: for each organization side by side, or for the one that has the accounts.

mod ending;
mod reach;
mod route;

use futures::future::join_all;

use super::arguments::{Arguments, Form, Subcommand};
use super::connection::configuration_with_problems_printed;
use super::demo::Demo;
use super::environment::{Environment, configuration, profiles};
use super::error::{CliError, Done, Exit};
use super::find::given;
use super::output::{Progress, print_error, print_note, print_now, room};
use super::page::Page;
use super::target;
use crate::domain::account::{Account, AccountId};
use crate::domain::api_error::ApiError;
use crate::domain::text::clean;
use crate::engine::Engine;
use crate::engine::side_by_side::{self, OpenState, Opened};
use crate::words::cli::organizations as words;
use crate::words::record::message;
use crate::words::sheet::Sheet;
use ending::{Ended, worst};
use reach::{Reach, reach};
use route::{Candidate, route};

/// Runs `once` as often as there are organizations to run it for.
pub(super) async fn run(arguments: &Arguments, command: &Subcommand, once: impl AsyncFn(&Arguments) -> Done) -> Done {
    let reach = reach(command);
    if reach == Reach::Nothing {
        return once(arguments).await;
    }
    let named = profiles(arguments, &configuration(arguments));
    if let Some(unknown) = named.iter().find(|name| arguments.demo && !Demo::has_profile(name)) {
        return Err(CliError::usage(words::no_such_demo(clean(unknown))));
    }
    match (named.as_slice(), reach) {
        ([], _) => once(arguments).await,
        ([profile], _) => {
            let alone = Environment::new(arguments, &configuration(arguments)).through(Some(profile.clone()));
            alone.scope(once(&arguments.through(profile, None))).await
        }
        (several, Reach::One) => Err(CliError::usage(words::needs_profile(clean(&several.join(", "))))),
        (several, Reach::Kept) => {
            let all = kept(base(arguments), arguments, several).await?;
            side_by_side(all, Vec::new(), once).await
        }
        (several, reach) => {
            let base = base(arguments);
            base.check_endpoint()?;
            let (open, failed) = Box::pin(open(&base, arguments, several)).await;
            match reach {
                Reach::Listed(texts) => {
                    let (some, failed) = having(open, failed, &texts).await?;
                    side_by_side(some, failed, once).await
                }
                Reach::Accounts(texts) => {
                    let (members, failed) = having(open, failed, &texts).await?;
                    in_one(&members, &failed, once).await
                }
                _ => side_by_side(open, failed, once).await,
            }
        }
    }
}

fn base(arguments: &Arguments) -> Environment {
    let loaded = configuration_with_problems_printed(arguments);
    Environment::new(arguments, &loaded).keeping(&loaded.config)
}

/// One of the organizations that a command runs for.
struct Member {
    profile: String,
    organization: Option<String>,
    environment: Environment,
    engine: Option<Engine>,
    arguments: Arguments,
}

impl Member {
    fn title(&self) -> String {
        let profile = clean(&self.profile);
        self.organization.as_ref().map_or_else(|| profile.clone(), |id| words::title(&profile, id))
    }
}

/// A profile whose organization could not be asked.
struct Failed {
    title: String,
    ended: Ended,
}

/// Connects all profiles at once. What keeps one from being asked is told, and keeps no other.
async fn open(base: &Environment, arguments: &Arguments, profiles: &[String]) -> (Vec<Member>, Vec<Failed>) {
    let progress = Progress::new();
    progress.show(words::ASKING);
    let environments: Vec<(String, Environment)> =
        profiles.iter().map(|profile| (profile.clone(), base.through(Some(profile.clone())))).collect();
    let environment_of = |profile: &str| {
        let found = environments.iter().find(|(name, _)| name == profile);
        found.map_or_else(|| base.through(Some(profile.to_owned())), |(_, environment)| environment.clone())
    };
    let opening = side_by_side::open(profiles, |profile| {
        let environment = environment_of(profile);
        Page::titled(clean(profile)).scope(async move { environment.connect_asking().await })
    });
    let opened = Box::pin(opening).await;
    drop(progress);
    let (mut members, mut failed) = (Vec::new(), Vec::new());
    for Opened { profile, state } in opened {
        let (environment, title) = (environment_of(&profile), clean(&profile));
        let arguments = arguments.through(&profile, None);
        match state {
            OpenState::Open { engine, organization } => {
                environment.keep(&engine);
                let (organization, engine) = (Some(organization.id), Some(engine));
                members.push(Member { profile, organization, environment, engine, arguments });
            }
            OpenState::Same { first, organization } => {
                Page::titled(title).scope(async { print_error(&words::same(organization, clean(&first))) }).await;
            }
            OpenState::Failed(error) => {
                let ended = Page::titled(title.clone()).scope(told(&error, &arguments)).await;
                failed.push(Failed { title, ended });
            }
        }
    }
    (members, failed)
}

async fn told(error: &ApiError, arguments: &Arguments) -> Ended {
    let error = CliError::connection(error, arguments).await;
    error.print();
    Ended { exit: error.exit(), is_finding: false }
}

/// By what this machine keeps of earlier runs with these profiles, without a call.
async fn kept(base: Environment, arguments: &Arguments, profiles: &[String]) -> Result<Vec<Member>, CliError> {
    let mut members: Vec<Member> = Vec::new();
    for profile in profiles {
        let environment = base.through(Some(profile.clone()));
        let binding = environment.last_binding().await;
        let binding = binding.map_err(|error| CliError::failed(message(&error.message)))?;
        let organization = binding.map(|binding| binding.organization);
        let same = members.iter().find(|member| organization.is_some() && member.organization == organization);
        if let (Some(first), Some(organization)) = (same, &organization) {
            let first = clean(&first.profile);
            Page::titled(clean(profile)).scope(async { print_error(&words::same(organization, first)) }).await;
            continue;
        }
        let arguments = arguments.through(profile, None);
        members.push(Member { profile: profile.clone(), organization, environment, engine: None, arguments });
    }
    Ok(members)
}

/// Those that have some of the accounts that `texts` mean. An account that none has, or that could be in two, is an
/// error.
async fn having(
    open: Vec<Member>,
    mut failed: Vec<Failed>,
    texts: &[String],
) -> Result<(Vec<Member>, Vec<Failed>), CliError> {
    if open.is_empty() {
        return Ok((open, failed));
    }
    let texts = given(texts)?;
    let looked = join_all(open.iter().map(|member| Box::pin(look_up(member, &texts)))).await;
    let (mut found, mut unread): (Vec<(Member, Vec<Account>)>, Vec<Failed>) = (Vec::new(), Vec::new());
    for (member, answer) in open.into_iter().zip(looked) {
        match answer {
            Ok(accounts) => found.push((member, accounts)),
            Err(ended) => unread.push(Failed { title: member.title(), ended }),
        }
    }
    let titles: Vec<String> = found.iter().map(|(member, _)| member.title()).collect();
    let read = titles.iter().zip(&found).map(|(title, (_, accounts))| (title.as_str(), Some(accounts.as_slice())));
    failed.extend(unread);
    let candidates: Vec<Candidate<'_>> = read
        .chain(failed.iter().map(|one| (one.title.as_str(), None)))
        .map(|(title, accounts)| Candidate { title, accounts })
        .collect();
    let routed = route(&texts, &candidates)?;
    let members = found.into_iter().zip(routed).filter(|(_, ids)| !ids.is_empty()).map(|((mut member, _), ids)| {
        member.arguments.named = Some(ids.iter().map(AccountId::to_string).collect());
        member
    });
    Ok((members.collect(), Vec::new()))
}

/// The accounts of an organization that may be meant, or what it ends with where they can't be read.
async fn look_up(member: &Member, texts: &[String]) -> Result<Vec<Account>, Ended> {
    let Some(engine) = &member.engine else { return Ok(Vec::new()) };
    let looking = async {
        match target::look_up(engine, &Progress::new(), texts).await {
            Ok((accounts, _)) => Ok(accounts),
            Err(error) => Err(told(&error, &member.arguments).await),
        }
    };
    Page::titled(member.title()).scope(looking).await
}

/// Runs a command that may change something: in the one organization that has all its accounts.
async fn in_one(members: &[Member], failed: &[Failed], once: impl AsyncFn(&Arguments) -> Done) -> Done {
    match members {
        [] => worst(&failed.iter().map(|one| one.ended).collect::<Vec<_>>()).end(),
        [member] => {
            print_note(&words::chosen(member.title()));
            let page = Page::titled(member.title());
            let running = async {
                let ended = once(&member.arguments).await;
                ended.inspect_err(CliError::print).map_err(|error| CliError::reported(error.exit()))
            };
            page.scope(member.environment.clone().scope(running)).await
        }
        several => {
            let accounts = |member: &Member| {
                let named = member.arguments.named.iter().flatten().cloned().collect::<Vec<_>>().join(", ");
                words::account_in(named, member.title())
            };
            let accounts: Vec<String> = several.iter().map(accounts).collect();
            Err(CliError::usage(words::of_several(accounts.join("; "))))
        }
    }
}

/// Runs a command for each at once, and prints all rows in one listing. `failed` could not be asked.
async fn side_by_side(members: Vec<Member>, failed: Vec<Failed>, once: impl AsyncFn(&Arguments) -> Done) -> Done {
    let titles: Vec<String> = members.iter().map(Member::title).collect();
    if !titles.is_empty() {
        print_note(&words::asked(titles.join(", ")));
    }
    let pages: Vec<Page> = members
        .iter()
        .zip(&titles)
        .map(|(member, title)| Page::of(title, member.organization.as_deref(), &clean(&member.profile)))
        .collect();
    let running = members.iter().zip(&pages).map(|(member, page)| {
        let running = async { Ended::of(once(&member.arguments).await) };
        Box::pin(page.clone().scope(member.environment.clone().scope(running)))
    });
    let ended = join_all(running).await;
    let printed = print(&pages);
    let all: Vec<(String, Ended)> =
        titles.into_iter().zip(ended).chain(failed.into_iter().map(|one| (one.title, one.ended))).collect();
    if all.iter().any(|(_, ended)| ended.exit != Exit::Done) {
        let each: Vec<String> = all.iter().map(|(title, ended)| format!("{title} {}", ended.exit.code())).collect();
        print_note(&words::ended(each.join(", ")));
    }
    printed?;
    worst(&all.into_iter().map(|(_, ended)| ended).collect::<Vec<_>>()).end()
}

/// Prints what was collected: rows in one listing, other text below the name of its organization.
fn print(pages: &[Page]) -> Done {
    let (mut form, mut all) = (None, Sheet::default());
    for page in pages {
        let collected = page.take();
        form = form.or(collected.form);
        all.append(collected.sheet);
        if !collected.text.is_empty() {
            print_now(&format!("{}{}\n", words::heading(page.title()), collected.text))?;
        }
    }
    let text = match form {
        Some(Form::Table) => Ok(all.table(room())),
        Some(Form::Json) => all.json(),
        Some(Form::Csv) => all.csv(),
        Some(Form::Ndjson) | None => Ok(String::new()),
    };
    Ok(print_now(&text?)?)
}
