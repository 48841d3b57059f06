# A module creates a queue without any encryption.
# Source: CKV_AWS_27, SQS.1
# Fault at: module.q_module_fault.aws_sqs_queue.this[0]
# Near miss at: module.q_module_near.aws_sqs_queue.this[0]

resource "aws_kms_key" "q_module" {
  description             = "Queues"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

module "q_module_fault" {
  source                  = "./modules/sqs"
  name                    = "shop-prod-q-module-a"
  sqs_managed_sse_enabled = false
}

module "q_module_near" {
  source            = "./modules/sqs"
  name              = "shop-prod-q-module-b"
  kms_master_key_id = aws_kms_key.q_module.arn
}
