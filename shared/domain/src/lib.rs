//! Headgate's pure core: hashes, plans, guards, quorum, timeline.
