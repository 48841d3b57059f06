# The catalog hands out passwords in clear text, and jobs and connections run without encryption.
# Source: CKV_AWS_94, CKV_AWS_99, CKV_AWS_195, Glue.3
# Fault at: aws_glue_data_catalog_encryption_settings.catalog_fault
# Fault at: aws_glue_security_configuration.catalog_fault
# Fault at: aws_glue_connection.catalog_fault
# Near miss at: aws_glue_security_configuration.catalog_near
# Near miss at: aws_glue_connection.catalog_near

resource "aws_kms_key" "catalog" {
  description         = "Catalog"
  enable_key_rotation = true
}

resource "aws_secretsmanager_secret" "catalog" {
  name       = "shop-prod-catalog-database"
  kms_key_id = aws_kms_key.catalog.arn
}

resource "aws_glue_data_catalog_encryption_settings" "catalog_fault" {
  data_catalog_encryption_settings {
    connection_password_encryption {
      aws_kms_key_id                       = aws_kms_key.catalog.arn
      return_connection_password_encrypted = false
    }
    encryption_at_rest {
      catalog_encryption_mode = "SSE-KMS"
      sse_aws_kms_key_id      = aws_kms_key.catalog.arn
    }
  }
}

resource "aws_glue_security_configuration" "catalog_fault" {
  name = "shop-prod-jobs"
  encryption_configuration {
    cloudwatch_encryption {
      cloudwatch_encryption_mode = "SSE-KMS"
      kms_key_arn                = aws_kms_key.catalog.arn
    }
    job_bookmarks_encryption {
      job_bookmarks_encryption_mode = "DISABLED"
    }
    s3_encryption {
      s3_encryption_mode = "SSE-KMS"
      kms_key_arn        = aws_kms_key.catalog.arn
    }
  }
}

resource "aws_glue_connection" "catalog_fault" {
  name            = "shop-prod-orders"
  connection_type = "JDBC"
  connection_properties = {
    JDBC_CONNECTION_URL = "jdbc:postgresql://orders.shop.example:5432/shop"
    JDBC_ENFORCE_SSL    = "false"
    SECRET_ID           = aws_secretsmanager_secret.catalog.name
  }
  physical_connection_requirements {
    subnet_id              = "subnet-0a1b2c3d4e5f60718"
    security_group_id_list = ["sg-0a1b2c3d4e5f60718"]
    availability_zone      = "${var.region}a"
  }
}

resource "aws_glue_security_configuration" "catalog_near" {
  name = "shop-prod-jobs-keyed"
  encryption_configuration {
    cloudwatch_encryption {
      cloudwatch_encryption_mode = "SSE-KMS"
      kms_key_arn                = aws_kms_key.catalog.arn
    }
    job_bookmarks_encryption {
      job_bookmarks_encryption_mode = "CSE-KMS"
      kms_key_arn                   = aws_kms_key.catalog.arn
    }
    s3_encryption {
      s3_encryption_mode = "SSE-KMS"
      kms_key_arn        = aws_kms_key.catalog.arn
    }
  }
}

# Only says in which network jobs run; there is nothing to encrypt.
resource "aws_glue_connection" "catalog_near" {
  name            = "shop-prod-network"
  connection_type = "NETWORK"
  physical_connection_requirements {
    subnet_id              = "subnet-0a1b2c3d4e5f60718"
    security_group_id_list = ["sg-0a1b2c3d4e5f60718"]
    availability_zone      = "${var.region}a"
  }
}
