//! The forms of outputs.

use std::ops::Deref;

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::parser::ValueSource;
use clap::{Arg, ArgMatches, Args, Command, Error, FromArgMatches, ValueEnum};

use crate::words::cli::arguments::OUTPUT;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Form {
    /// Columns, for people
    #[default]
    Table,
    /// One array of objects
    Json,
    /// One object per line; of audits and other long work each as soon as it is known
    Ndjson,
    /// Header and one line per row
    Csv,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum OneForm {
    /// Columns, for people
    #[default]
    Table,
    /// One object
    Json,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ConfigForm {
    /// A configuration file, with the sources in comments
    #[default]
    Toml,
    /// One array of objects
    Json,
}

/// A choice of forms, and the name of the one that is taken where none is given.
pub(in crate::cli) trait Forms: ValueEnum + Default {
    const DEFAULT: &'static str = "table";
}

impl Forms for Form {}
impl Forms for OneForm {}
impl Forms for ConfigForm {
    const DEFAULT: &'static str = "toml";
}

/// `--output`, with the forms that this command has; any other is wrong usage. It may stand before the command as well,
/// where clap does not know them yet, or in the environment for all commands.
#[derive(Clone, Copy, Debug)]
pub(in crate::cli) struct Output<F>(F);

impl<F> Deref for Output<F> {
    type Target = F;

    fn deref(&self) -> &F {
        &self.0
    }
}

fn names<F: Forms>() -> Vec<PossibleValue> {
    F::value_variants().iter().filter_map(ValueEnum::to_possible_value).collect()
}

impl<F: Forms> Args for Output<F> {
    fn augment_args(command: Command) -> Command {
        let output = Arg::new("output").short('o').long("output").value_name("FORM").help(OUTPUT);
        let forms = PossibleValuesParser::new(names::<F>());
        command.arg(output.value_parser(forms).default_value(F::DEFAULT))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl<F: Forms> FromArgMatches for Output<F> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let Some(given) = matches.get_one::<String>("output") else { return Ok(Self(F::default())) };
        match F::from_str(given, false) {
            Ok(form) => Ok(Self(form)),
            // A table asked for of all commands is what each prints for people.
            Err(_) if given == Form::DEFAULT && matches.value_source("output") == Some(ValueSource::EnvVariable) => {
                Ok(Self(F::default()))
            }
            Err(_) => {
                let mut error = Error::new(ErrorKind::InvalidValue);
                let forms = names::<F>().iter().map(|name| name.get_name().to_owned()).collect();
                error.insert(ContextKind::InvalidArg, ContextValue::String("--output <FORM>".to_owned()));
                error.insert(ContextKind::InvalidValue, ContextValue::String(given.clone()));
                error.insert(ContextKind::ValidValue, ContextValue::Strings(forms));
                Err(error)
            }
        }
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
