# A repository policy spells the star as an escape, so everybody may push images.
# Source: CKV_AWS_32
# Fault at: aws_ecr_repository_policy.escaped_fault
# Near miss at: aws_ecr_repository_policy.escaped_near

resource "aws_ecr_repository_policy" "escaped_fault" {
  repository = "shop-prod-escaped-a"
  policy     = <<-JSON
    {
      "Version": "2012-10-17",
      "Statement": [{
        "Sid": "Pipeline",
        "\u0045ffect": "Allow",
        "Princip\u0061l": { "AWS": "\u002a" },
        "Action": ["ecr:PutImage", "ecr:InitiateLayerUpload", "ecr:UploadLayerPart", "ecr:CompleteLayerUpload"]
      }]
    }
  JSON
}

resource "aws_ecr_repository_policy" "escaped_near" {
  repository = "shop-prod-escaped-b"
  policy     = <<-JSON
    {
      "Version": "2012-10-17",
      "Statement": [{
        "Sid": "Company",
        "\u0045ffect": "Allow",
        "Princip\u0061l": { "AWS": "\u002a" },
        "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        "Condition": { "StringEquals": { "aws:PrincipalOrgID": "o\u002da1b2c3d4e5" } }
      }]
    }
  JSON
}
