//! When an environment may be changed: maintenance windows and freezes.

use jiff::civil::{Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Environment;

/// A weekly maintenance window at a fixed UTC offset, so that functions need no time zone database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// Days on which it begins: `mon`, `tue`, `wed`, `thu`, `fri`, `sat`, `sun`.
    pub days: Vec<String>,
    /// When it begins, such as `09:00`.
    pub from: Time,
    /// Length in minutes; the window may end after midnight.
    pub minutes: u32,
    /// How far the window's clock is ahead of UTC, in minutes.
    #[serde(default)]
    pub utc_offset_minutes: i32,
}

/// A period in which nothing may be applied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Freeze {
    /// When it begins.
    pub from: Timestamp,
    /// When it ends.
    pub until: Timestamp,
    /// Reason; shown to people.
    pub reason: String,
}

/// Why nothing may be applied now.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Closed {
    /// A freeze is in effect.
    #[error("{environment} is frozen until {until}: {reason}")]
    Frozen {
        /// The environment.
        environment: String,
        /// When the freeze ends.
        until: Timestamp,
        /// Reason for the freeze.
        reason: String,
    },
    /// The review is too old: the account may have changed since.
    #[error(
        "the plan for {environment} is too old (reviewed at {reviewed_at}); plan again and propose \
         a new revision"
    )]
    Stale {
        /// The environment.
        environment: String,
        /// When it was reviewed.
        reviewed_at: Timestamp,
    },
    /// No maintenance window is open.
    #[error("{environment} may only be changed in its maintenance windows ({windows})")]
    OutsideWindows {
        /// The environment.
        environment: String,
        /// The windows, in words.
        windows: String,
    },
}

const DAYS: [(&str, Weekday); 7] = [
    ("mon", Weekday::Monday),
    ("tue", Weekday::Tuesday),
    ("wed", Weekday::Wednesday),
    ("thu", Weekday::Thursday),
    ("fri", Weekday::Friday),
    ("sat", Weekday::Saturday),
    ("sun", Weekday::Sunday),
];

impl Closed {
    /// Stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Frozen { .. } => "environment_frozen",
            Self::Stale { .. } => "plan_expired",
            Self::OutsideWindows { .. } => "outside_windows",
        }
    }
}

impl Window {
    pub(super) fn check(&self) -> Result<(), String> {
        if let Some(day) = self.days.iter().find(|d| !DAYS.iter().any(|(name, _)| name == d)) {
            return Err(format!("`{day}` is not a day; use mon, tue, wed, thu, fri, sat or sun"));
        }
        if self.days.is_empty() || self.minutes == 0 || self.minutes > 24 * 60 {
            return Err("a window needs at least one day, and 1 to 1440 minutes".to_owned());
        }
        if self.utc_offset_minutes.abs() > 14 * 60 {
            return Err("utc_offset_minutes must be between -840 and 840".to_owned());
        }
        Ok(())
    }

    fn contains(&self, now: Timestamp) -> bool {
        let Ok(offset) = jiff::tz::Offset::from_seconds(self.utc_offset_minutes * 60) else {
            return false;
        };
        let zone = TimeZone::fixed(offset);
        // A window that began yesterday may still be open.
        [0, 1].iter().any(|days_ago| {
            let day = now - SignedDuration::from_hours(24 * days_ago);
            let date = day.to_zoned(zone.clone()).date();
            let listed = DAYS
                .iter()
                .any(|(name, d)| *d == date.weekday() && self.days.iter().any(|l| l == name));
            let Ok(begins) = date.to_datetime(self.from).to_zoned(zone.clone()) else {
                return false;
            };
            let begins = begins.timestamp();
            let ends = begins + SignedDuration::from_mins(i64::from(self.minutes));
            listed && begins <= now && now < ends
        })
    }
}

impl std::fmt::Display for Window {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (hours, minutes) = (self.utc_offset_minutes / 60, self.utc_offset_minutes.abs() % 60);
        let days = self.days.join(" ");
        write!(f, "{days} {} for {} min, UTC{hours:+03}:{minutes:02}", self.from, self.minutes)
    }
}

impl Environment {
    /// The freeze in effect at `now`.
    #[must_use]
    pub fn freeze(&self, now: Timestamp) -> Option<&Freeze> {
        self.freezes.iter().find(|f| f.from <= now && now < f.until)
    }

    /// Whether a plan that was reviewed at `reviewed_at` may still be decided on and applied at `now`.
    ///
    /// # Errors
    /// [`Closed::Stale`].
    pub fn still_fresh(&self, reviewed_at: Timestamp, now: Timestamp) -> Result<(), Closed> {
        let longest = SignedDuration::from_secs(i64::from(self.plan_max_age_seconds));
        if now.duration_since(reviewed_at) > longest {
            return Err(Closed::Stale { environment: self.name.clone(), reviewed_at });
        }
        Ok(())
    }

    /// Whether changes may be applied at `now`.
    ///
    /// # Errors
    /// [`Closed`], with the reason and how long it lasts.
    pub fn open_at(&self, now: Timestamp) -> Result<(), Closed> {
        let environment = self.name.clone();
        if let Some(Freeze { until, reason, .. }) = self.freeze(now) {
            return Err(Closed::Frozen { environment, until: *until, reason: reason.clone() });
        }
        if self.windows.is_empty() || self.windows.iter().any(|w| w.contains(now)) {
            return Ok(());
        }
        let windows: Vec<_> = self.windows.iter().map(ToString::to_string).collect();
        Err(Closed::OutsideWindows { environment, windows: windows.join("; ") })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_window_goes_by_its_own_clock_and_past_midnight() {
        // 2026-11-20 is a Friday. 22:00 at UTC+1 is 21:00 UTC; four hours end on Saturday at 01:00 UTC.
        let window: Window = serde_json::from_str(
            r#"{"days":["fri"],"from":"22:00","minutes":240,"utc_offset_minutes":60}"#,
        )
        .unwrap();
        for (time, open) in [
            ("2026-11-20T20:59:59Z", false),
            ("2026-11-20T21:00:00Z", true),
            ("2026-11-21T00:59:59Z", true),
            ("2026-11-21T01:00:00Z", false),
            ("2026-11-21T22:00:00Z", false),
        ] {
            assert_eq!(window.contains(at(time)), open, "{time}");
        }
        assert_eq!(window.to_string(), "fri 22:00:00 for 240 min, UTC+01:00");
    }

    #[test]
    fn a_plan_grows_too_old() {
        let e = Environment::profile("prod").unwrap();
        let reviewed = at("2026-11-20T12:00:00Z");
        assert_eq!(e.still_fresh(reviewed, at("2026-11-21T12:00:00Z")), Ok(()));
        let stale = e.still_fresh(reviewed, at("2026-11-21T12:00:01Z")).unwrap_err();
        assert_eq!(stale.code(), "plan_expired");
    }

    #[test]
    fn a_freeze_goes_before_the_windows() {
        let mut e = Environment::profile("prod").unwrap();
        e.freezes.push(Freeze {
            from: at("2026-12-20T00:00:00Z"),
            until: at("2027-01-04T00:00:00Z"),
            reason: "holidays".to_owned(),
        });
        assert_eq!(e.open_at(at("2026-12-19T23:00:00Z")), Ok(()));
        let closed = e.open_at(at("2026-12-24T12:00:00Z")).unwrap_err();
        assert_eq!(closed.to_string(), "prod is frozen until 2027-01-04T00:00:00Z: holidays");
        e.windows = vec![Window {
            days: vec!["mon".to_owned()],
            from: Time::constant(9, 0, 0, 0),
            minutes: 60,
            utc_offset_minutes: 0,
        }];
        let closed = e.open_at(at("2026-11-20T09:30:00Z")).unwrap_err();
        assert_eq!(
            closed.to_string(),
            "prod may only be changed in its maintenance windows (mon 09:00:00 for 60 min, UTC+00:00)"
        );
    }
}
