//! Every timeline of a table, for work that looks at all of them. It reads the whole table.

use headgate_domain::timeline::Head;
use headgate_events::EngagementId;

use crate::error::LedgerError;
use crate::item::{Item, Stored, decode};
use crate::list::Position;
use crate::read::Ledger;
use aws_sdk_dynamodb::types::AttributeValue;

/// Some timelines of a table, each with its head, and where the next ones begin.
pub type Timelines = (Vec<(EngagementId, Head)>, Option<Position>);

impl Ledger {
    /// Reads a part of the table, up to 1 MB, and returns the timelines in it. A part may have none.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub async fn timelines(&self, after: Option<Position>) -> Result<Timelines, LedgerError> {
        let text = |text: &str| AttributeValue::S(text.to_owned());
        let answer = self
            .client
            .scan()
            .table_name(&self.table)
            .consistent_read(true)
            .filter_expression("begins_with(pk, :t) AND sk = :h")
            .expression_attribute_values(":t", text("TIMELINE#"))
            .expression_attribute_values(":h", text("HEAD"))
            .set_exclusive_start_key(after.map(|Position(key)| key))
            .send()
            .await
            .map_err(|e| LedgerError::Scan(Box::new(e)))?;
        let found = answer.items().iter().map(timeline).collect::<Result<_, _>>()?;
        Ok((found, answer.last_evaluated_key.map(Position)))
    }
}

fn timeline(item: &Item) -> Result<(EngagementId, Head), LedgerError> {
    let Stored { value, .. } = decode::<Head>(item)?;
    let pk = item.get("pk").and_then(|pk| pk.as_s().ok()).map_or("", String::as_str);
    Ok((pk.strip_prefix("TIMELINE#").unwrap_or(pk).into(), value))
}
