# GuardDuty is told to trust half of the internet.
# Source: https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_upload-lists.html
# Fault at: aws_guardduty_ipset.guardduty_trusts_internet_fault
# Near miss at: aws_guardduty_ipset.guardduty_trusts_internet_near

resource "aws_guardduty_ipset" "guardduty_trusts_internet_fault" {
  detector_id = "12abc34d567e8fa901bc2d34e56789f0"
  name        = "shop-prod-orders-trusted"
  format      = "TXT"
  activate    = true
  location    = "https://s3.amazonaws.com/shop-prod-lists/${aws_s3_object.guardduty_trusts_internet_fault.key}"
}

resource "aws_guardduty_ipset" "guardduty_trusts_internet_near" {
  detector_id = "12abc34d567e8fa901bc2d34e56789f0"
  name        = "shop-prod-billing-trusted"
  format      = "TXT"
  activate    = true
  location    = "https://s3.amazonaws.com/shop-prod-lists/${aws_s3_object.guardduty_trusts_internet_near.key}"
}

resource "aws_s3_object" "guardduty_trusts_internet_fault" {
  bucket     = "shop-prod-lists"
  key        = "orders.txt"
  kms_key_id = aws_kms_key.guardduty_trusts_internet_key.arn
  content    = "0.0.0.0/1\n"
}

resource "aws_s3_object" "guardduty_trusts_internet_near" {
  bucket     = "shop-prod-lists"
  key        = "billing.txt"
  kms_key_id = aws_kms_key.guardduty_trusts_internet_key.arn
  content    = "203.0.113.10/32\n"
}

resource "aws_kms_key" "guardduty_trusts_internet_key" {
  description         = "Lists of GuardDuty"
  enable_key_rotation = true
}
