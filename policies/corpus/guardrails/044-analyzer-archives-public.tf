# A rule of Access Analyzer archives every finding about public access.
# Source: IAM.28, https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-archive-rules.html
# Fault at: aws_accessanalyzer_archive_rule.analyzer_archives_public_fault
# Near miss at: aws_accessanalyzer_archive_rule.analyzer_archives_public_near

resource "aws_accessanalyzer_archive_rule" "analyzer_archives_public_fault" {
  analyzer_name = "shop-prod"
  rule_name     = "shop-prod-orders-known"
  filter {
    criteria = "isPublic"
    eq       = ["true"]
  }
}

resource "aws_accessanalyzer_archive_rule" "analyzer_archives_public_near" {
  analyzer_name = "shop-prod"
  rule_name     = "shop-prod-billing-known"
  filter {
    criteria = "isPublic"
    eq       = ["false"]
  }
  filter {
    criteria = "resource"
    eq       = ["arn:aws:s3:::shop-prod-partner-exchange"]
  }
}
