//! Leases on an emulated table: stale owners, races, expiry and takeover.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};
use std::time::Duration;

use headgate_e2e::World;
use headgate_lease::{Lease, LeaseError, LeaseOutcome, LeaseRequest, Leases, OnTimeout, RunError};
use jiff::Timestamp;

const LEASE: Duration = Duration::from_secs(30);

#[derive(Debug, thiserror::Error)]
#[error("no effect")]
struct NoEffect;

/// Leases on the fleet's table, with a clock that the story controls.
fn leases(world: &World) -> (Leases, Arc<AtomicI64>) {
    // The clock starts now, not in 1970, because the table's TTL deletes expired items.
    let now = Arc::new(AtomicI64::new(Timestamp::now().as_millisecond()));
    let clock = Arc::clone(&now);
    let leases = Leases::new(
        world.dynamodb(),
        world.output("/tables/leases"),
        world.s3(),
        world.output("/quarantine_bucket"),
        Arc::new(move || Timestamp::from_millisecond(clock.load(Ordering::SeqCst)).unwrap()),
    );
    (leases, now)
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn a_stale_owner_is_refused_and_the_newer_result_stands() {
    let world = World::new();
    let (leases, now) = leases(&world);
    let key = world.id("lease");
    let request = LeaseRequest::new(&key, b"payload", LEASE);
    world.block_on(async {
        // A acquires the lease. The lease expires while A works, B takes over and finishes, then A continues.
        let a = leases
            .run(&request, async |a| {
                assert_eq!(a.attempt, 1);
                let busy = leases.run(&request, async |_| Ok::<_, NoEffect>("C".to_owned())).await;
                assert!(matches!(busy.unwrap(), LeaseOutcome::Busy { until } if until == a.until));
                now.fetch_add(31_000, Ordering::SeqCst);
                let b = leases
                    .run(&request, async |b| {
                        assert_eq!(b.attempt, 2);
                        Ok::<_, NoEffect>("B".to_owned())
                    })
                    .await;
                assert_eq!(b.unwrap(), LeaseOutcome::Done("B".to_owned()));
                Ok::<_, NoEffect>("A".to_owned())
            })
            .await;
        assert!(matches!(a, Err(RunError::Lease(LeaseError::Lost { attempt: 1, .. }))), "{a:?}");
        let stands = leases.run(&request, async |_| Ok::<_, NoEffect>("D".to_owned())).await;
        assert_eq!(stands.unwrap(), LeaseOutcome::AlreadyDone("B".to_owned()));

        // A late release is refused too.
        let key = world.id("lease");
        let request = LeaseRequest::new(&key, b"payload", LEASE);
        let a = leases
            .run(&request, async |_| {
                now.fetch_add(31_000, Ordering::SeqCst);
                let b = leases.run(&request, async |_| Ok::<_, NoEffect>("B".to_owned())).await;
                assert_eq!(b.unwrap(), LeaseOutcome::Done("B".to_owned()));
                Err::<String, _>(NoEffect)
            })
            .await;
        assert!(matches!(a, Err(RunError::Effect(NoEffect))));
        let stands = leases.run(&request, async |_| Ok::<_, NoEffect>("D".to_owned())).await;
        assert_eq!(stands.unwrap(), LeaseOutcome::AlreadyDone("B".to_owned()));
    });
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn of_many_who_race_one_runs() {
    let world = World::new();
    let (leases, _) = leases(&world);
    let key = world.id("lease");
    let request = LeaseRequest::new(&key, b"payload", LEASE);
    let effects = AtomicU32::new(0);
    world.block_on(async {
        let one = async || {
            let effect = async |_: &Lease| {
                effects.fetch_add(1, Ordering::SeqCst);
                Ok::<_, NoEffect>(7)
            };
            leases.run(&request, effect).await.unwrap()
        };
        let all = futures::future::join_all((0..16).map(|_| one())).await;
        assert_eq!(all.iter().filter(|o| **o == LeaseOutcome::Done(7)).count(), 1, "{all:?}");
    });
    assert_eq!(effects.load(Ordering::SeqCst), 1);
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn terms_are_kept_on_a_real_table() {
    let world = World::new();
    let (leases, now) = leases(&world);
    let ok = async |_: &Lease| Ok::<_, NoEffect>("x".repeat(150_000));
    world.block_on(async {
        // The same key with another payload is refused.
        let key = world.id("lease");
        let request = LeaseRequest::new(&key, b"payload", LEASE);
        leases.run(&request, ok).await.unwrap();
        let other = LeaseRequest::new(&key, b"other", LEASE);
        let reused = leases.run(&other, ok).await;
        assert!(matches!(reused, Err(RunError::Lease(LeaseError::KeyReused { .. }))));
        // The large result is read back from S3.
        let again = leases.run(&request, ok).await.unwrap();
        assert_eq!(again, LeaseOutcome::AlreadyDone("x".repeat(150_000)));
        // The item has expired but TTL has not removed it yet. The key is free for any payload.
        now.fetch_add(1_000 * 24 * 3_600 * 91, Ordering::SeqCst);
        assert!(matches!(leases.run(&other, ok).await.unwrap(), LeaseOutcome::Done(_)));

        // The lease expires, and the effect must not be repeated.
        let key = world.id("lease");
        let once = LeaseRequest::new(&key, b"payload", LEASE).on_timeout(OnTimeout::Quarantine);
        let lost = leases
            .run(&once, async |_| {
                now.fetch_add(31_000, Ordering::SeqCst);
                let next = leases.run(&once, ok).await;
                let Err(RunError::Lease(LeaseError::Abandoned { attempt: 1, .. })) = next else {
                    panic!("{next:?}");
                };
                ok(&Lease { owner: String::new(), attempt: 0, until: Timestamp::MIN }).await
            })
            .await;
        // No other owner took over, so the late owner may still complete.
        assert!(matches!(lost.unwrap(), LeaseOutcome::Done(_)));
    });
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn what_has_not_begun_is_taken_over_and_what_has_is_for_people() {
    let world = World::new();
    let (leases, now) = leases(&world);
    let key = world.id("lease");
    let request =
        LeaseRequest::new(&key, b"payload", LEASE).on_timeout(OnTimeout::QuarantineOnceBegun);
    let pay = async |held: &Lease| {
        leases.begin(&request, held).await?;
        Ok::<_, LeaseError>("paid".to_owned())
    };
    world.block_on(async {
        // A's lease expires before its effect begins. B takes over, and A can no longer begin.
        let a = leases
            .run(&request, async |a| {
                now.fetch_add(31_000, Ordering::SeqCst);
                let before = leases.begin(&request, a).await;
                assert!(matches!(before, Err(LeaseError::Lost { attempt: 1, .. })), "{before:?}");
                assert_eq!(
                    leases.run(&request, pay).await.unwrap(),
                    LeaseOutcome::Done("paid".into())
                );
                pay(a).await
            })
            .await;
        assert!(matches!(a, Err(RunError::Effect(LeaseError::Lost { attempt: 1, .. }))), "{a:?}");

        // Once an effect has begun, in any attempt, no other owner takes over after a timeout.
        let key = world.id("lease");
        let request =
            LeaseRequest::new(&key, b"payload", LEASE).on_timeout(OnTimeout::QuarantineOnceBegun);
        let gives_up = async |held: &Lease| {
            leases.begin(&request, held).await.unwrap();
            Err::<String, _>(NoEffect)
        };
        leases.run(&request, gives_up).await.unwrap_err();
        let held = leases.run(&request, async |held| {
            assert_eq!(held.attempt, 2);
            leases.begin(&request, held).await.unwrap();
            now.fetch_add(31_000, Ordering::SeqCst);
            let next = leases.run(&request, async |_| Ok::<_, NoEffect>("twice".to_owned())).await;
            let abandoned =
                matches!(next, Err(RunError::Lease(LeaseError::Abandoned { attempt: 2, .. })));
            assert!(abandoned, "{next:?}");
            Ok::<_, NoEffect>("once".to_owned())
        });
        assert_eq!(held.await.unwrap(), LeaseOutcome::Done("once".to_owned()));
    });
}
