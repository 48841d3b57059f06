# Characters that turn the direction of writing hide what a description says.
# Source: CVE-2021-42574 (Trojan Source)
# Fault at: aws_cloudwatch_event_bus.notebd_fault
# Near miss at: aws_cloudwatch_event_bus.notebd_near

resource "aws_kms_key" "notebd_key" {
  description         = "Key for notebd_key"
  enable_key_rotation = true
}

resource "aws_cloudwatch_event_bus" "notebd_fault" {
  name               = "shop-prod-notebd-fault"
  description        = "Orders ‮ssap ylno yas‬ end"
  kms_key_identifier = aws_kms_key.notebd_key.arn
}

# Hebrew, which is written from right to left by itself.
resource "aws_cloudwatch_event_bus" "notebd_near" {
  name               = "shop-prod-notebd-near"
  description        = "הזמנות מישראל"
  kms_key_identifier = aws_kms_key.notebd_key.arn
}
