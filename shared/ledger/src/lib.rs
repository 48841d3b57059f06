//! DynamoDB ledger: transactions with dedupe marker and outbox.
