# The change turns reading one prefix into writing and deleting in every bucket of the shop.
# Source: CKV_AWS_111, CKV_AWS_290
# Warns: the approvers decide
# Fault at: aws_iam_policy.grows_fault
# Near miss at: aws_iam_policy.grows_near

# Exists before: see before/main.tf.
resource "aws_iam_policy" "grows_fault" {
  name = "shop-prod-grows-fault"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], Resource = "arn:aws:s3:::shop-prod-*/*" }
  ] })
}

resource "aws_iam_policy" "grows_near" {
  name = "shop-prod-grows-near"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = ["s3:GetObject", "s3:PutObject"], Resource = "arn:aws:s3:::shop-prod-orders/*" }
  ] })
}
