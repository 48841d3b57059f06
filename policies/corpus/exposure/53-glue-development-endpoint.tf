# A development endpoint of Glue has an SSH key and no subnet, so its SSH is on the internet.
# Source: https://docs.aws.amazon.com/glue/latest/dg/add-dev-endpoint.html
# Fault at: aws_glue_dev_endpoint.ssh_fault
# Near miss at: aws_glue_dev_endpoint.ssh_near

resource "aws_glue_security_configuration" "shop" {
  name = "shop-prod-glue"

  encryption_configuration {
    cloudwatch_encryption {
      cloudwatch_encryption_mode = "SSE-KMS"
      kms_key_arn                = aws_kms_key.shop.arn
    }
    job_bookmarks_encryption {
      job_bookmarks_encryption_mode = "CSE-KMS"
      kms_key_arn                   = aws_kms_key.shop.arn
    }
    s3_encryption {
      s3_encryption_mode = "SSE-KMS"
      kms_key_arn        = aws_kms_key.shop.arn
    }
  }
}

resource "aws_glue_dev_endpoint" "ssh_fault" {
  name                   = "shop-prod-explore"
  role_arn               = aws_iam_role.service.arn
  glue_version           = "1.0"
  security_configuration = aws_glue_security_configuration.shop.name
  public_key             = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0Yk0c7m1n2o3p4q5r6s7t8u9v0w1x2y3z4A5B6C7D8 shop"
}

resource "aws_glue_dev_endpoint" "ssh_near" {
  name                   = "shop-prod-inspect"
  role_arn               = aws_iam_role.service.arn
  glue_version           = "1.0"
  security_configuration = aws_glue_security_configuration.shop.name
  public_key             = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0Yk0c7m1n2o3p4q5r6s7t8u9v0w1x2y3z4A5B6C7D8 shop"
  subnet_id              = aws_subnet.private_a.id
  security_group_ids     = [aws_security_group.app.id]
}
