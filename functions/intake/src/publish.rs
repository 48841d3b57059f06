//! Commits events of the API, and publishes them.

use headgate_events::Outgoing;
use headgate_http::ApiError;
use headgate_ledger::{Key, Transition};
use headgate_outbox::not_accepted;

use crate::deps::Api;

/// Source of the events of this API. Only its role may use it.
pub(crate) const SOURCE: &str = "headgate.intake-api";

/// Commits an event of the API and publishes it; if this function dies in between, `outbox-sweeper` does. `intake` believes the caller that it names, because it is in this outbox.
pub(crate) async fn publish(api: &Api, event: Outgoing) -> Result<(), ApiError> {
    let marker = Key::marker(api.flow.function.as_str(), &event.id);
    let transition = Transition::new().publishing(event).marked(marker, (api.flow.clock)());
    api.flow.apply(&transition).await.map_err(not_accepted)?;
    Ok(())
}
