# The data catalogue gives out the passwords of its connections in clear.
# Source: CKV_AWS_94, Prowler glue_data_catalogs_connection_passwords_encryption_enabled
# Fault at: aws_glue_data_catalog_encryption_settings.gluepw_fault
# Near miss at: aws_glue_data_catalog_encryption_settings.gluepw_near

resource "aws_glue_data_catalog_encryption_settings" "gluepw_fault" {
  data_catalog_encryption_settings {
    connection_password_encryption {
      aws_kms_key_id                       = aws_kms_key.work.arn
      return_connection_password_encrypted = false
    }
    encryption_at_rest {
      catalog_encryption_mode = "SSE-KMS"
      sse_aws_kms_key_id      = aws_kms_key.work.arn
    }
  }
}

resource "aws_glue_data_catalog_encryption_settings" "gluepw_near" {
  data_catalog_encryption_settings {
    connection_password_encryption {
      aws_kms_key_id                       = aws_kms_key.work.arn
      return_connection_password_encrypted = true
    }
    encryption_at_rest {
      catalog_encryption_mode = "SSE-KMS"
      sse_aws_kms_key_id      = aws_kms_key.work.arn
    }
  }
}
