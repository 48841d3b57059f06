# Data of customers lies in stores that use keys which AWS owns.
# Source: CKV_AWS_262, CKV_AWS_160, CKV_AWS_265, https://docs.aws.amazon.com/qldb/latest/developerguide/encryption-at-rest.html
# Fault at: aws_keyspaces_table.stores_fault
# Fault at: aws_qldb_ledger.stores_fault
# Fault at: aws_kendra_index.stores_fault
# Fault at: aws_timestreamwrite_database.stores_fault
# Near miss at: aws_keyspaces_table.stores_near

resource "aws_kms_key" "stores" {
  description         = "Stores"
  enable_key_rotation = true
}

resource "aws_iam_role" "stores" {
  name = "shop-prod-stores"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "kendra.amazonaws.com" }
    }]
  })
}

resource "aws_keyspaces_keyspace" "stores" {
  name = "shop_prod_stores"
}

resource "aws_keyspaces_table" "stores_fault" {
  keyspace_name = aws_keyspaces_keyspace.stores.name
  table_name    = "shop_prod_customers"
  schema_definition {
    column {
      name = "id"
      type = "text"
    }
    partition_key {
      name = "id"
    }
  }
  encryption_specification {
    type = "AWS_OWNED_KMS_KEY"
  }
  point_in_time_recovery {
    status = "ENABLED"
  }
}

resource "aws_qldb_ledger" "stores_fault" {
  name                = "shop-prod-register"
  permissions_mode    = "STANDARD"
  deletion_protection = true
  kms_key             = "AWS_OWNED_KMS_KEY"
}

resource "aws_kendra_index" "stores_fault" {
  name     = "shop-prod-help"
  edition  = "ENTERPRISE_EDITION"
  role_arn = aws_iam_role.stores.arn
}

resource "aws_timestreamwrite_database" "stores_fault" {
  database_name = "shop-prod-sensors"
  kms_key_id    = null
}

resource "aws_keyspaces_table" "stores_near" {
  keyspace_name = aws_keyspaces_keyspace.stores.name
  table_name    = "shop_prod_addresses"
  schema_definition {
    column {
      name = "id"
      type = "text"
    }
    partition_key {
      name = "id"
    }
  }
  encryption_specification {
    type               = "CUSTOMER_MANAGED_KMS_KEY"
    kms_key_identifier = aws_kms_key.stores.arn
  }
  point_in_time_recovery {
    status = "ENABLED"
  }
}
