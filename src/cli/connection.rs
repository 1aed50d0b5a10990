//! The beginning of a subcommand: the configuration, the connection, and what is wrong with them.

use super::arguments::{Arguments, is_url};
use super::environment::{Environment, configuration, problems};
use super::error::{CliError, Done};
use super::output::{Progress, print_error};
use super::page::Page;
use crate::config::Loaded;
use crate::domain::api_error::ApiError;
use crate::domain::text::clean;
use crate::engine::Engine;
use crate::words::cli::program as words;
use crate::words::record::message;

pub(super) fn configuration_with_problems_printed(arguments: &Arguments) -> Loaded {
    let loaded = configuration(arguments);
    // For several organizations they are told once.
    if Page::current().is_none() {
        for problem in problems(&loaded) {
            print_error(&problem);
        }
    }
    loaded
}

impl Environment {
    /// Connects, with questions where they are needed, and asks AWS something.
    pub(super) async fn ask<T>(
        &self,
        arguments: &Arguments,
        question: impl AsyncFnOnce(&Engine, &Progress) -> Result<T, ApiError>,
    ) -> Result<T, CliError> {
        self.check_endpoint()?;
        let progress = Progress::new();
        progress.show(words::CONNECTING);
        let answer = match self.connect_asking().await {
            Ok(engine) => question(&engine, &progress).await,
            Err(error) => Err(error),
        };
        drop(progress);
        match answer {
            Ok(answer) => Ok(answer),
            Err(error) => Err(CliError::connection(&error, arguments).await),
        }
    }

    pub(super) fn check_endpoint(&self) -> Done {
        match self.endpoint().filter(|endpoint| self.demo().is_none() && !is_url(endpoint)) {
            Some(endpoint) => Err(CliError::usage(words::no_url(clean(endpoint)))),
            None => Ok(()),
        }
    }

    pub(super) async fn tell_store_trouble(&self) {
        if let Some(trouble) = self.store_trouble().await {
            print_error(&message(&trouble.message));
        }
    }
}
