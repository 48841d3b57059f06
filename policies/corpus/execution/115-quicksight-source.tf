# A data source of QuickSight has user and password in the source.
# Source: https://docs.aws.amazon.com/quicksight/latest/user/secrets-manager-integration.html
# Fault at: aws_quicksight_data_source.secqs_fault
# Near miss at: aws_quicksight_data_source.secqs_near

resource "aws_kms_key" "secqs_key" {
  description         = "Key for secqs_key"
  enable_key_rotation = true
}

resource "aws_secretsmanager_secret" "secqs_secret" {
  name       = "shop-prod-secqs"
  kms_key_id = aws_kms_key.secqs_key.arn
}

resource "aws_quicksight_data_source" "secqs_fault" {
  data_source_id = "shop-prod-secqs-fault"
  name           = "shop-prod-secqs-fault"
  type           = "AURORA_POSTGRESQL"

  parameters {
    aurora_postgresql {
      database = "orders"
      host     = "db.shop.internal"
      port     = 5432
    }
  }

  credentials {
    credential_pair {
      username = "reports"
      password = "Berichte24"
    }
  }

  ssl_properties {
    disable_ssl = false
  }
}

resource "aws_quicksight_data_source" "secqs_near" {
  data_source_id = "shop-prod-secqs-near"
  name           = "shop-prod-secqs-near"
  type           = "AURORA_POSTGRESQL"

  parameters {
    aurora_postgresql {
      database = "orders"
      host     = "db.shop.internal"
      port     = 5432
    }
  }

  credentials {
    secret_arn = aws_secretsmanager_secret.secqs_secret.arn
  }

  ssl_properties {
    disable_ssl = false
  }
}
