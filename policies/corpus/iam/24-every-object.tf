# The policy lets its holder read every object of every bucket.
# Source: CKV_AWS_108, CKV_AWS_288
# Fault at: aws_iam_policy.every_object_fault
# Near miss at: aws_iam_policy.every_object_near

resource "aws_iam_policy" "every_object_fault" {
  name        = "shop-prod-every-object-fault"
  description = "What the order service does."
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["S3:getobject"], Resource = ["arn:aws:s3:::*/*"] }]
  })
}

resource "aws_iam_policy" "every_object_near" {
  name        = "shop-prod-every-object-near"
  description = "What the order service does."
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["s3:ListAllMyBuckets"], Resource = ["*"] },
      { Effect = "Allow", Action = ["s3:GetObject"], Resource = ["arn:aws:s3:::shop-prod-orders/*"] },
    ]
  })
}
