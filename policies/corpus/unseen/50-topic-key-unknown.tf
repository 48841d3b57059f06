# The key of a topic is known only after the apply, and it is empty, so the topic is not encrypted.
# Source: CKV_AWS_26, SNS.1
# Fault at: aws_sns_topic.topic_key_fault
# Near miss at: aws_sns_topic.topic_key_near

resource "terraform_data" "topic_key" {
  input = ""
}

module "topic_key" {
  source      = "./modules/kms"
  description = "Topics"
}

resource "aws_sns_topic" "topic_key_fault" {
  name              = "shop-prod-topic-key-a"
  kms_master_key_id = terraform_data.topic_key.output
}

resource "aws_sns_topic" "topic_key_near" {
  name              = "shop-prod-topic-key-b"
  kms_master_key_id = module.topic_key.key_arn
}
