//! Derived event ids: the same fact always has the same id, so a republish is the same event.

use uuid::Uuid;

/// Namespace of Headgate's event ids: a random UUID that never changes.
const NAMESPACE: Uuid = Uuid::from_u128(0x8f0e_6f4e_5d0b_4b57_9c3a_2f9d_6a41_77c1);

/// The id of a fact: UUIDv5 (RFC 9562 §5.5) of its type, subject, revision and discriminator. The
/// discriminator tells several facts of one type and revision apart (a reminder's slice, a permit's id).
#[must_use]
pub fn event_id(kind: &str, subject: &str, revision: u32, discriminator: &str) -> String {
    let name = format!("{kind}\n{subject}\n{revision}\n{discriminator}");
    Uuid::new_v5(&NAMESPACE, name.as_bytes()).to_string()
}

#[cfg(test)]
mod tests {
    use super::event_id;

    #[test]
    fn the_same_fact_has_the_same_id_for_ever() {
        assert_eq!(
            event_id("change.accepted.v1", "chg-1", 1, ""),
            "711eb2e4-e353-57b0-a493-e4395f5ee720"
        );
    }

    #[test]
    fn each_part_makes_another_id() {
        let ids = [
            event_id("a.b.v1", "s", 1, ""),
            event_id("a.b.v2", "s", 1, ""),
            event_id("a.b.v1", "t", 1, ""),
            event_id("a.b.v1", "s", 2, ""),
            event_id("a.b.v1", "s", 1, "x"),
        ];
        let distinct: std::collections::HashSet<_> = ids.iter().collect();
        assert_eq!(distinct.len(), ids.len());
    }
}
