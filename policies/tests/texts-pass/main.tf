# Near misses: texts about approvals and instructions that order nothing.

resource "aws_sns_topic" "approvals" {
  name              = "shop-prod-approvals"
  display_name      = "Requests that wait for approval"
  kms_master_key_id = "alias/shop-prod"
  tags              = { Note = "See the instructions of the platform team; approvals need a review" }
}

resource "aws_ssm_parameter" "steps" {
  name  = "/shop/prod/steps"
  type  = "String"
  value = "users: ec2-user\nsystems: three\nassistants are people, too"
}

resource "aws_ssm_parameter" "emoji" {
  name  = "/shop/prod/emoji"
  type  = "String"
  value = "family 👩‍👩‍👧"
}
