# Every AWS account can link its telemetry to our monitoring account.
# Source: https://docs.aws.amazon.com/OAM/latest/APIReference/API_PutSinkPolicy.html
# Fault at: aws_oam_sink_policy.oam_sink_fault
# Near miss at: aws_oam_sink_policy.oam_sink_near

resource "aws_oam_sink_policy" "oam_sink_fault" {
  sink_identifier = "arn:aws:oam:${var.region}:${var.account_id}:sink/5f1c2b6e-8c0c-4a4b-9a53-0c3b1f2f7a01"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = "*"
        Action    = ["oam:CreateLink", "oam:UpdateLink"]
        Resource  = "*"
        Condition = { "ForAllValues:StringEquals" = { "oam:ResourceTypes" = ["AWS::CloudWatch::Metric", "AWS::Logs::LogGroup"] } }
      }
    ]
  })
}

resource "aws_oam_sink_policy" "oam_sink_near" {
  sink_identifier = "arn:aws:oam:${var.region}:${var.account_id}:sink/5f1c2b6e-8c0c-4a4b-9a53-0c3b1f2f7a02"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Access"
        Effect    = "Allow"
        Principal = "*"
        Action    = ["oam:CreateLink", "oam:UpdateLink"]
        Resource  = "*"
        Condition = {
          "ForAllValues:StringEquals" = { "oam:ResourceTypes" = ["AWS::CloudWatch::Metric", "AWS::Logs::LogGroup"] }
          StringEquals                = { "aws:PrincipalOrgID" = var.org_id }
        }
      }
    ]
  })
}
