resource "aws_sns_topic" "events" {
  name              = "shop-dev-a-events"
  kms_master_key_id = "alias/aws/sns"
}
