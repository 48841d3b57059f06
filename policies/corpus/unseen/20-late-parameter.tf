# A role gets the policy that a parameter names, and the parameter is read only during the apply.
# Source: CKV_AWS_274, https://developer.hashicorp.com/terraform/language/data-sources#dependencies
# Fault at: aws_iam_role_policy_attachment.late_param_fault
# Near miss at: module.late_param_near.aws_iam_role_policy_attachment.publish
# Near miss at: module.late_param_near.aws_iam_policy.publish
# Near miss at: module.late_param_near.aws_iam_role.this

resource "aws_ssm_parameter" "late_param" {
  name  = "/shop-prod/late/policy"
  type  = "String"
  value = join(":", ["arn:aws:iam:", "aws", "policy/AdministratorAccess"])
}

data "aws_ssm_parameter" "late_param" {
  name       = "/shop-prod/late/policy"
  depends_on = [aws_ssm_parameter.late_param]
}

data "aws_iam_policy_document" "late_param" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "late_param" {
  name               = "shop-prod-late-param"
  assume_role_policy = data.aws_iam_policy_document.late_param.json
}

resource "aws_iam_role_policy_attachment" "late_param_fault" {
  role       = aws_iam_role.late_param.name
  policy_arn = data.aws_ssm_parameter.late_param.value
}

resource "aws_kms_key" "late_param" {
  description             = "Topics"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_sns_topic" "late_param" {
  name              = "shop-prod-late-param"
  kms_master_key_id = aws_kms_key.late_param.arn
}

module "late_param_near" {
  source    = "./modules/late-role"
  name      = "shop-prod-late-role"
  topic_arn = aws_sns_topic.late_param.arn

  depends_on = [aws_ssm_parameter.late_param]
}
