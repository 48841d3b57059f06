//! `headgate engagement`.

mod create;
mod decide;
mod deliverables;
mod figures;
mod journal;
mod list;
mod show;
mod statement;
mod stop;
mod work;

pub(super) use work::path;

use headgate_api_types::engagements::Shown;
use headgate_engagements::Course;
use headgate_events::{EngagementId, VoteKind};

use crate::api::Api;
use crate::args::{Engagement, Global};
use crate::config::Config;
use crate::fail::Failure;
use crate::output;

pub(super) fn run(config: &Config, global: &Global, args: Engagement) -> Result<(), Failure> {
    let caller = || Ok::<_, Failure>(Caller { config, global, api: Api::connect(config, global)? });
    match args {
        Engagement::Create(args) => create::run(&caller()?, args),
        Engagement::List(page) => list::run(&caller()?, &page),
        Engagement::Show { engagement } => show::show(&caller()?, &engagement),
        Engagement::Plan { engagement } => show::plan(&caller()?, &engagement),
        Engagement::Status { engagement } => show::status(&caller()?, &engagement),
        Engagement::Figures { engagement } => figures::run(&caller()?, &engagement),
        Engagement::Deliverables { engagement, to } => {
            deliverables::run(&caller()?, &engagement, to.as_deref())
        }
        Engagement::Report(args) => work::report(&caller()?, args),
        Engagement::Usage { at, file } => work::usage(&caller()?, &at, &file),
        Engagement::Approve(vote) => decide::vote(&caller()?, VoteKind::Approve, vote),
        Engagement::Reject(vote) => decide::vote(&caller()?, VoteKind::Reject, vote),
        Engagement::Revise(vote) => decide::vote(&caller()?, VoteKind::Revise, vote),
        Engagement::Withdraw { engagement } => decide::withdraw(&caller()?, &engagement),
        Engagement::Resume(args) => stop::way_on(&caller()?, "resume", &args),
        Engagement::Skip(args) => stop::way_on(&caller()?, "skip", &args),
        Engagement::Cancel(args) => stop::cancel(&caller()?, &args),
        Engagement::Ledger { engagement } => journal::ledger(&caller()?, &engagement),
        Engagement::Note(args) => journal::note(&caller()?, args),
        Engagement::Message { engagement, text, id } => {
            journal::message(&caller()?, &engagement, text, id)
        }
        Engagement::Messages { engagement } => journal::messages(&caller()?, &engagement),
        Engagement::Template { name } => show::template(name.as_deref()),
    }
}

/// Who calls, and how they want the answer.
pub(super) struct Caller<'a> {
    pub(super) config: &'a Config,
    pub(super) global: &'a Global,
    pub(super) api: Api,
}

impl Caller<'_> {
    /// An engagement as the fleet has it.
    pub(super) fn read(&self, engagement: &EngagementId) -> Result<Shown, Failure> {
        Ok(self.api.get::<Shown>(&format!("/v1/engagements/{engagement}"))?.value)
    }

    /// Where an engagement is.
    pub(super) fn course(&self, engagement: &EngagementId) -> Result<Course, Failure> {
        self.read(engagement)?.course.ok_or_else(|| {
            Failure::Refused(format!(
                "{engagement} has no phases; create an engagement with `--type` to have some"
            ))
        })
    }

    /// Sends a request that moves an engagement, and prints where it is then.
    pub(super) fn moves(&self, path: &str, body: &impl serde::Serialize) -> Result<(), Failure> {
        let moved = self.api.post::<Course>(path, body)?;
        if self.global.json {
            output::json(&moved.json);
            return Ok(());
        }
        let course = moved.value;
        output::line(format!(
            "{}: {}, {}",
            course.engagement_id,
            course.status.name(),
            course.at()
        ));
        Ok(())
    }
}
