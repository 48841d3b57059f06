# A function of a module has no dead-letter queue, because the input that creates the block is missing.
# Source: CKV_AWS_116
# Fault at: module.fn_module_fault.aws_lambda_function.this[0]
# Near miss at: module.fn_module_near.aws_lambda_function.this[0]

resource "aws_kms_key" "fn_module" {
  description             = "Functions"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

data "aws_iam_policy_document" "fn_module_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "fn_module" {
  name               = "shop-prod-fn-module"
  assume_role_policy = data.aws_iam_policy_document.fn_module_trust.json
}

resource "aws_sqs_queue" "fn_module_dlq" {
  name                 = "shop-prod-fn-module-dlq"
  kms_master_key_id    = aws_kms_key.fn_module.arn
  redrive_allow_policy = jsonencode({ redrivePermission = "denyAll" })
}

module "fn_module_fault" {
  source      = "./modules/lambda"
  name        = "shop-prod-fn-module-a"
  role_arn    = aws_iam_role.fn_module.arn
  kms_key_arn = aws_kms_key.fn_module.arn
}

module "fn_module_near" {
  source                 = "./modules/lambda"
  name                   = "shop-prod-fn-module-b"
  role_arn               = aws_iam_role.fn_module.arn
  kms_key_arn            = aws_kms_key.fn_module.arn
  dead_letter_target_arn = aws_sqs_queue.fn_module_dlq.arn
}
