# A module that allows whom it is told to allow is told a foreign account.
# Source: SQS.3
# Fault at: module.respol_queue_fault.aws_sqs_queue_policy.this
# Near miss at: module.respol_queue_near.aws_sqs_queue_policy.this

module "respol_queue_fault" {
  source     = "./modules/queue-policy"
  queue      = "shop-prod-returns-a"
  region     = var.region
  account_id = var.account_id
  senders    = [var.account_id, "999988887777"]
}

module "respol_queue_near" {
  source     = "./modules/queue-policy"
  queue      = "shop-prod-returns-b"
  region     = var.region
  account_id = var.account_id
  senders    = [var.account_id]
}
