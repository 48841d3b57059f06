//! What a plan costs, from the JSON of Infracost (<https://www.infracost.io/docs/features/cli_commands/>).

use serde::Deserialize;

/// Media type of Infracost's output in the evidence of a dossier.
pub const INFRACOST: &str = "application/vnd.infracost+json";

/// Why text is not a cost estimate by Infracost.
#[derive(Debug, thiserror::Error)]
pub enum CostError {
    /// Not JSON, or JSON of another shape.
    #[error("not the JSON of `infracost diff` or `infracost breakdown`")]
    Shape(#[source] serde_json::Error),
    /// The total is missing or is not a number.
    #[error("the estimate has no monthly total ({0})")]
    Figure(String),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Output {
    #[serde(default)]
    diff_total_monthly_cost: Option<String>,
    #[serde(default)]
    total_monthly_cost: Option<String>,
    #[serde(default)]
    past_total_monthly_cost: Option<String>,
}

/// The change of the monthly cost in US cents, rounded. It is the difference if the output has one, otherwise
/// the total minus the past total.
///
/// # Errors
/// [`CostError`].
pub fn infracost_cents(bytes: &[u8]) -> Result<i64, CostError> {
    let output: Output = serde_json::from_slice(bytes).map_err(CostError::Shape)?;
    let figure = |text: &Option<String>| match text.as_deref() {
        None | Some("") => Ok(None),
        Some(text) => match text.parse::<f64>() {
            Ok(dollars) if dollars.is_finite() && dollars.abs() < 1e12 => Ok(Some(dollars)),
            _ => Err(CostError::Figure(format!("`{text}` is not an amount"))),
        },
    };
    let dollars = match (
        figure(&output.diff_total_monthly_cost)?,
        figure(&output.total_monthly_cost)?,
        figure(&output.past_total_monthly_cost)?,
    ) {
        (Some(difference), _, _) => difference,
        (None, Some(total), past) => total - past.unwrap_or(0.0),
        (None, None, _) => return Err(CostError::Figure("it is absent".to_owned())),
    };
    #[allow(clippy::cast_possible_truncation)] // Bounded above.
    Ok((dollars * 100.0).round() as i64)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::infracost_cents;

    #[test]
    fn the_difference_goes_before_the_total() {
        let cents = |text: &str| infracost_cents(text.as_bytes()).map_err(|e| e.to_string());
        assert_eq!(cents(r#"{"diffTotalMonthlyCost":"12.345","totalMonthlyCost":"90"}"#), Ok(1235));
        assert_eq!(
            cents(
                r#"{"diffTotalMonthlyCost":null,"totalMonthlyCost":"90","pastTotalMonthlyCost":"100"}"#
            ),
            Ok(-1000)
        );
        assert_eq!(cents("{}").unwrap_err(), "the estimate has no monthly total (it is absent)");
        assert_eq!(
            cents(r#"{"totalMonthlyCost":"NaN"}"#).unwrap_err(),
            "the estimate has no monthly total (`NaN` is not an amount)"
        );
        assert_eq!(
            cents("no JSON").unwrap_err(),
            "not the JSON of `infracost diff` or `infracost breakdown`"
        );
    }
}
