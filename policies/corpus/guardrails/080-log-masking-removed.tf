# The log group shows card numbers that were masked before.
# Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/mask-sensitive-log-data.html
# Fault at: aws_cloudwatch_log_data_protection_policy.log_masking_removed_fault
# Near miss at: aws_cloudwatch_log_data_protection_policy.log_masking_removed_near

resource "aws_cloudwatch_log_data_protection_policy" "log_masking_removed_fault" {
  log_group_name = "shop-prod-orders"
  policy_document = jsonencode({
    Name    = "cards"
    Version = "2021-06-01"
    Statement = concat([{
      Sid            = "Audit"
      DataIdentifier = ["arn:aws:dataprotection::aws:data-identifier/CreditCardNumber"]
      Operation      = { Audit = { FindingsDestination = { CloudWatchLogs = { LogGroup = "shop-prod-findings" } } } }
    }], [])
  })
}

resource "aws_cloudwatch_log_data_protection_policy" "log_masking_removed_near" {
  log_group_name = "shop-prod-billing"
  policy_document = jsonencode({
    Name    = "cards"
    Version = "2021-06-01"
    Statement = concat([{
      Sid            = "Audit"
      DataIdentifier = ["arn:aws:dataprotection::aws:data-identifier/CreditCardNumber"]
      Operation      = { Audit = { FindingsDestination = { CloudWatchLogs = { LogGroup = "shop-prod-findings" } } } }
      }], [{
      Sid            = "Mask"
      DataIdentifier = ["arn:aws:dataprotection::aws:data-identifier/CreditCardNumber", "arn:aws:dataprotection::aws:data-identifier/EmailAddress"]
      Operation      = { Deidentify = { MaskConfig = {} } }
    }])
  })
}
