# The plan changes the policy of the bucket in which Headgate keeps its records.
# Source: https://attack.mitre.org/techniques/T1562/008/
# Fault at: aws_s3_bucket_policy.hgbuck_fault
# Near miss at: aws_s3_bucket_policy.hgbuck_near

resource "aws_s3_bucket_policy" "hgbuck_fault" {
  bucket = "headgate-prod-audit"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Deny", Principal = "*", Action = "s3:PutObject", Resource = "arn:aws:s3:::headgate-prod-audit/*" }] })
}

resource "aws_s3_bucket_policy" "hgbuck_near" {
  bucket = "shop-prod-floodgates"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Deny", Principal = "*", Action = "s3:*", Resource = ["arn:aws:s3:::shop-prod-floodgates", "arn:aws:s3:::shop-prod-floodgates/*"], Condition = { Bool = { "aws:SecureTransport" = "false" } } }] })
}
