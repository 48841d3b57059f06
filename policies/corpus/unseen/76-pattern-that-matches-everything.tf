# An event rule matches every event of the account.
# Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-patterns-best-practices.html
# Fault at: aws_cloudwatch_event_rule.match_all_fault
# Near miss at: aws_cloudwatch_event_rule.match_all_near

resource "aws_efs_file_system" "match_all" {
  creation_token = "shop-prod-match-all"
  encrypted      = true
}

resource "aws_cloudwatch_event_rule" "match_all_fault" {
  name          = "shop-prod-match-all-a"
  description   = "Orders"
  event_pattern = jsonencode({ source = [{ "anything-but" = "shop.none" }, "shop.orders"] })
}

resource "aws_cloudwatch_event_rule" "match_all_near" {
  name        = "shop-prod-match-all-b"
  description = "Backups of the files"
  event_pattern = jsonencode({
    source        = ["aws.backup"]
    "detail-type" = ["Backup Job State Change"]
    detail        = { resourceArn = [aws_efs_file_system.match_all.arn], state = [{ "anything-but" = ["COMPLETED"] }] }
  })
}
