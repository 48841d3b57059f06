# The policy comes out of a helper resource, which hides until the apply that it allows everything.
# Source: CKV_AWS_62, CKV_AWS_63
# Fault at: aws_iam_policy.store_fault
# Near miss at: aws_iam_policy.store_near

resource "terraform_data" "store" {
  input = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
}

resource "aws_iam_policy" "store_fault" {
  name   = "shop-prod-store-fault"
  policy = terraform_data.store.output
}

resource "terraform_data" "store_text" {
  input = "Sends orders."
}

resource "aws_iam_policy" "store_near" {
  name        = "shop-prod-store-near"
  description = terraform_data.store_text.output
  policy      = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = "arn:aws:sqs:*:*:shop-prod-orders" }] })
}
