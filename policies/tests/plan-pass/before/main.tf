resource "aws_sns_topic" "old_name" {
  name              = "shop-prod-topic"
  kms_master_key_id = "alias/aws/sns"
}

resource "aws_sns_topic" "gone" {
  name              = "shop-prod-gone"
  kms_master_key_id = "alias/aws/sns"
}
