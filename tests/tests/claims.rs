//! Claims on a real table: the stale owner, and two who race.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};
use std::time::Duration;

use headgate_claims::{Claim, ClaimError, Claims, Held, OnTimeout, Outcome, RunError};
use headgate_e2e::World;
use jiff::Timestamp;

const LEASE: Duration = Duration::from_secs(30);

#[derive(Debug, thiserror::Error)]
#[error("no effect")]
struct NoEffect;

/// Claims on the fleet's table, at a time that the story sets.
fn claims(world: &World) -> (Claims, Arc<AtomicI64>) {
    // From now, not from 1970: the table's TTL deletes what has expired.
    let now = Arc::new(AtomicI64::new(Timestamp::now().as_millisecond()));
    let clock = Arc::clone(&now);
    let claims = Claims::new(
        world.dynamodb(),
        world.output("/tables/claims"),
        world.s3(),
        world.output("/quarantine_bucket"),
        Arc::new(move || Timestamp::from_millisecond(clock.load(Ordering::SeqCst)).unwrap()),
    );
    (claims, now)
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn a_stale_owner_is_refused_and_the_newer_result_stands() {
    let world = World::new();
    let (claims, now) = claims(&world);
    let key = world.id("claim");
    let claim = Claim::new(&key, b"payload", LEASE);
    world.block_on(async {
        // A claims, its lease ends while it works, B takes over and finishes, A wakes.
        let a = claims
            .run(&claim, async |a| {
                assert_eq!(a.attempt, 1);
                let busy = claims.run(&claim, async |_| Ok::<_, NoEffect>("C".to_owned())).await;
                assert!(matches!(busy.unwrap(), Outcome::Busy { until } if until == a.until));
                now.fetch_add(31_000, Ordering::SeqCst);
                let b = claims
                    .run(&claim, async |b| {
                        assert_eq!(b.attempt, 2);
                        Ok::<_, NoEffect>("B".to_owned())
                    })
                    .await;
                assert_eq!(b.unwrap(), Outcome::Done("B".to_owned()));
                Ok::<_, NoEffect>("A".to_owned())
            })
            .await;
        assert!(matches!(a, Err(RunError::Claim(ClaimError::Lost { attempt: 1, .. }))), "{a:?}");
        let stands = claims.run(&claim, async |_| Ok::<_, NoEffect>("D".to_owned())).await;
        assert_eq!(stands.unwrap(), Outcome::AlreadyDone("B".to_owned()));

        // A late release is refused as well.
        let key = world.id("claim");
        let claim = Claim::new(&key, b"payload", LEASE);
        let a = claims
            .run(&claim, async |_| {
                now.fetch_add(31_000, Ordering::SeqCst);
                let b = claims.run(&claim, async |_| Ok::<_, NoEffect>("B".to_owned())).await;
                assert_eq!(b.unwrap(), Outcome::Done("B".to_owned()));
                Err::<String, _>(NoEffect)
            })
            .await;
        assert!(matches!(a, Err(RunError::Effect(NoEffect))));
        let stands = claims.run(&claim, async |_| Ok::<_, NoEffect>("D".to_owned())).await;
        assert_eq!(stands.unwrap(), Outcome::AlreadyDone("B".to_owned()));
    });
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn of_many_who_race_one_runs() {
    let world = World::new();
    let (claims, _) = claims(&world);
    let key = world.id("claim");
    let claim = Claim::new(&key, b"payload", LEASE);
    let effects = AtomicU32::new(0);
    world.block_on(async {
        let one = async || {
            let effect = async |_: &Held| {
                effects.fetch_add(1, Ordering::SeqCst);
                Ok::<_, NoEffect>(7)
            };
            claims.run(&claim, effect).await.unwrap()
        };
        let all = futures::future::join_all((0..16).map(|_| one())).await;
        assert_eq!(all.iter().filter(|o| **o == Outcome::Done(7)).count(), 1, "{all:?}");
    });
    assert_eq!(effects.load(Ordering::SeqCst), 1);
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn terms_are_kept_on_a_real_table() {
    let world = World::new();
    let (claims, now) = claims(&world);
    let ok = async |_: &Held| Ok::<_, NoEffect>("x".repeat(150_000));
    world.block_on(async {
        // Another payload under a used key.
        let key = world.id("claim");
        let claim = Claim::new(&key, b"payload", LEASE);
        claims.run(&claim, ok).await.unwrap();
        let other = Claim::new(&key, b"other", LEASE);
        let reused = claims.run(&other, ok).await;
        assert!(matches!(reused, Err(RunError::Claim(ClaimError::KeyReused { .. }))));
        // The large result comes back from S3.
        let again = claims.run(&claim, ok).await.unwrap();
        assert_eq!(again, Outcome::AlreadyDone("x".repeat(150_000)));
        // Expired, although TTL has not removed it: the key is free, for any payload.
        now.fetch_add(1_000 * 24 * 3_600 * 91, Ordering::SeqCst);
        assert!(matches!(claims.run(&other, ok).await.unwrap(), Outcome::Done(_)));

        // An owner that never came back, where nobody may repeat the effect.
        let key = world.id("claim");
        let once = Claim::new(&key, b"payload", LEASE).on_timeout(OnTimeout::Quarantine);
        let lost = claims
            .run(&once, async |_| {
                now.fetch_add(31_000, Ordering::SeqCst);
                let next = claims.run(&once, ok).await;
                let Err(RunError::Claim(ClaimError::Abandoned { attempt: 1, .. })) = next else {
                    panic!("{next:?}");
                };
                ok(&Held { owner: String::new(), attempt: 0, until: Timestamp::MIN }).await
            })
            .await;
        // Nobody succeeded it, so it may still complete, late as it is.
        assert!(matches!(lost.unwrap(), Outcome::Done(_)));
    });
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn what_has_not_begun_is_taken_over_and_what_has_is_for_people() {
    let world = World::new();
    let (claims, now) = claims(&world);
    let key = world.id("claim");
    let claim = Claim::new(&key, b"payload", LEASE).on_timeout(OnTimeout::QuarantineOnceBegun);
    let pay = async |held: &Held| {
        claims.begin(&claim, held).await?;
        Ok::<_, ClaimError>("paid".to_owned())
    };
    world.block_on(async {
        // A prepares for longer than its lease. B takes over, and A must not begin any more.
        let a = claims
            .run(&claim, async |a| {
                now.fetch_add(31_000, Ordering::SeqCst);
                let before = claims.begin(&claim, a).await;
                assert!(matches!(before, Err(ClaimError::Lost { attempt: 1, .. })), "{before:?}");
                assert_eq!(claims.run(&claim, pay).await.unwrap(), Outcome::Done("paid".into()));
                pay(a).await
            })
            .await;
        assert!(matches!(a, Err(RunError::Effect(ClaimError::Lost { attempt: 1, .. }))), "{a:?}");

        // Whoever has begun, in whichever attempt, is not succeeded.
        let key = world.id("claim");
        let claim = Claim::new(&key, b"payload", LEASE).on_timeout(OnTimeout::QuarantineOnceBegun);
        let gives_up = async |held: &Held| {
            claims.begin(&claim, held).await.unwrap();
            Err::<String, _>(NoEffect)
        };
        claims.run(&claim, gives_up).await.unwrap_err();
        let held = claims.run(&claim, async |held| {
            assert_eq!(held.attempt, 2);
            claims.begin(&claim, held).await.unwrap();
            now.fetch_add(31_000, Ordering::SeqCst);
            let next = claims.run(&claim, async |_| Ok::<_, NoEffect>("twice".to_owned())).await;
            let abandoned =
                matches!(next, Err(RunError::Claim(ClaimError::Abandoned { attempt: 2, .. })));
            assert!(abandoned, "{next:?}");
            Ok::<_, NoEffect>("once".to_owned())
        });
        assert_eq!(held.await.unwrap(), Outcome::Done("once".to_owned()));
    });
}
