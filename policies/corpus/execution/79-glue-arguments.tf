# A Glue job gets a password as an argument, which everybody who may read jobs sees.
# Source: https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html
# Fault at: aws_glue_job.secglue_fault
# Near miss at: aws_glue_job.secglue_near

resource "aws_iam_role" "secglue_role" {
  name               = "shop-prod-secglue-role"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "glue.amazonaws.com" } }] })
}

resource "aws_kms_key" "secglue_key" {
  description         = "Key for secglue_key"
  enable_key_rotation = true
}

resource "aws_glue_security_configuration" "secglue_sec" {
  name = "shop-prod-secglue"
  encryption_configuration {
    cloudwatch_encryption {
      cloudwatch_encryption_mode = "SSE-KMS"
      kms_key_arn                = aws_kms_key.secglue_key.arn
    }
    job_bookmarks_encryption {
      job_bookmarks_encryption_mode = "CSE-KMS"
      kms_key_arn                   = aws_kms_key.secglue_key.arn
    }
    s3_encryption {
      s3_encryption_mode = "SSE-KMS"
      kms_key_arn        = aws_kms_key.secglue_key.arn
    }
  }
}

resource "aws_glue_job" "secglue_fault" {
  name                   = "shop-prod-secglue-fault"
  role_arn               = aws_iam_role.secglue_role.arn
  glue_version           = "5.0"
  security_configuration = aws_glue_security_configuration.secglue_sec.name
  timeout                = 60
  max_retries            = 1

  command {
    script_location = "s3://shop-prod-scripts/etl.py"
  }

  default_arguments = {
    "--db_password" = "cFd71LsbQENHiI9MA3f3"
  }
}

resource "aws_glue_job" "secglue_near" {
  name                   = "shop-prod-secglue-near"
  role_arn               = aws_iam_role.secglue_role.arn
  glue_version           = "5.0"
  security_configuration = aws_glue_security_configuration.secglue_sec.name
  timeout                = 60
  max_retries            = 1

  command {
    script_location = "s3://shop-prod-scripts/etl.py"
  }

  default_arguments = {
    "--db_connection"      = "shop-prod-orders"
    "--key_column"         = "customer_secret_santa_id"
  }
}
