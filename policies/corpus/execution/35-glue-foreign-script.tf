# A Glue job runs a script from a bucket that is not of this environment.
# Source: https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-jobs-job.html
# Fault at: aws_glue_job.gluesrc_fault
# Near miss at: aws_glue_job.gluesrc_near

resource "aws_iam_role" "gluesrc_role" {
  name               = "shop-prod-gluesrc-role"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "glue.amazonaws.com" } }] })
}

resource "aws_kms_key" "gluesrc_key" {
  description         = "Key for gluesrc_key"
  enable_key_rotation = true
}

resource "aws_glue_security_configuration" "gluesrc_sec" {
  name = "shop-prod-gluesrc"
  encryption_configuration {
    cloudwatch_encryption {
      cloudwatch_encryption_mode = "SSE-KMS"
      kms_key_arn                = aws_kms_key.gluesrc_key.arn
    }
    job_bookmarks_encryption {
      job_bookmarks_encryption_mode = "CSE-KMS"
      kms_key_arn                   = aws_kms_key.gluesrc_key.arn
    }
    s3_encryption {
      s3_encryption_mode = "SSE-KMS"
      kms_key_arn        = aws_kms_key.gluesrc_key.arn
    }
  }
}

resource "aws_glue_job" "gluesrc_fault" {
  name                   = "shop-prod-gluesrc-fault"
  role_arn               = aws_iam_role.gluesrc_role.arn
  glue_version           = "5.0"
  security_configuration = aws_glue_security_configuration.gluesrc_sec.name
  timeout                = 60
  max_retries            = 1

  command {
    script_location = "s3://some-strangers-scripts/etl.py"
  }

  default_arguments = {
    "--additional-python-modules" = "https://dl.example.net/shoplib-1.0-py3-none-any.whl"
  }
}

resource "aws_glue_job" "gluesrc_near" {
  name                   = "shop-prod-gluesrc-near"
  role_arn               = aws_iam_role.gluesrc_role.arn
  glue_version           = "5.0"
  security_configuration = aws_glue_security_configuration.gluesrc_sec.name
  timeout                = 60
  max_retries            = 1

  command {
    script_location = "s3://shop-prod-scripts/etl.py"
  }

  default_arguments = {
    "--additional-python-modules" = "pyarrow==16.1.0"
  }
}
