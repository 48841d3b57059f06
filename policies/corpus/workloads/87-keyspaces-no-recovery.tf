# The Cassandra table cannot be restored to an earlier point in time.
# Source: https://docs.aws.amazon.com/keyspaces/latest/devguide/PointInTimeRecovery.html
# Fault at: aws_keyspaces_table.ks_fault
# Near miss at: aws_keyspaces_table.ks_near

resource "aws_keyspaces_keyspace" "ks" {
  name = "shop_prod_events"
}

resource "aws_keyspaces_table" "ks_fault" {
  keyspace_name = aws_keyspaces_keyspace.ks.name
  table_name    = "shop_prod_clicks_lossy"
  schema_definition {
    column {
      name = "id"
      type = "text"
    }
    partition_key { name = "id" }
  }
  encryption_specification {
    type               = "CUSTOMER_MANAGED_KMS_KEY"
    kms_key_identifier = aws_kms_key.work.arn
  }
  point_in_time_recovery { status = "DISABLED" }
}

resource "aws_keyspaces_table" "ks_near" {
  keyspace_name = aws_keyspaces_keyspace.ks.name
  table_name    = "shop_prod_clicks"
  schema_definition {
    column {
      name = "id"
      type = "text"
    }
    partition_key { name = "id" }
  }
  encryption_specification {
    type               = "CUSTOMER_MANAGED_KMS_KEY"
    kms_key_identifier = aws_kms_key.work.arn
  }
  point_in_time_recovery { status = "ENABLED" }
}
