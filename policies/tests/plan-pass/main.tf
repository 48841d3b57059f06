# A moved resource is not recreated, the deleted resource holds no data, and the check passes.
resource "aws_sns_topic" "new_name" {
  name              = "shop-prod-topic"
  kms_master_key_id = "alias/aws/sns"
}

moved {
  from = aws_sns_topic.old_name
  to   = aws_sns_topic.new_name
}

check "region" {
  assert {
    condition     = var.region == "eu-central-1"
    error_message = "The shop is in another region."
  }
}

resource "aws_sns_topic" "prod" {
  name              = "shop-prod-prod"
  kms_master_key_id = "alias/aws/sns"
}
