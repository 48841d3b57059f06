# The time series database has a public address.
# Source: RDS.2 (same meaning), https://docs.aws.amazon.com/timestream/latest/developerguide/timestream-for-influx-security.html
# Fault at: aws_timestreaminfluxdb_db_instance.influx_fault
# Near miss at: aws_timestreaminfluxdb_db_instance.influx_near

resource "aws_timestreaminfluxdb_db_instance" "influx_fault" {
  name                   = "shop-prod-influx-open"
  bucket                 = "metrics"
  organization           = "shop"
  username               = "shopowner"
  password               = aws_secretsmanager_secret.mq.name_prefix
  allocated_storage      = 50
  db_instance_type       = "db.influx.large"
  db_storage_type        = "InfluxIOIncludedT1"
  deployment_type        = "WITH_MULTIAZ_STANDBY"
  publicly_accessible    = true
  vpc_subnet_ids         = [aws_subnet.work_a.id, aws_subnet.work_b.id]
  vpc_security_group_ids = [aws_security_group.work_app.id]
  log_delivery_configuration {
    s3_configuration {
      bucket_name = aws_s3_bucket.wipe_near.bucket
      enabled     = true
    }
  }
}

resource "aws_timestreaminfluxdb_db_instance" "influx_near" {
  name                   = "shop-prod-influx"
  bucket                 = "metrics"
  organization           = "shop"
  username               = "shopowner"
  password               = aws_secretsmanager_secret.mq.name_prefix
  allocated_storage      = 50
  db_instance_type       = "db.influx.large"
  db_storage_type        = "InfluxIOIncludedT1"
  deployment_type        = "WITH_MULTIAZ_STANDBY"
  publicly_accessible    = false
  vpc_subnet_ids         = [aws_subnet.work_a.id, aws_subnet.work_b.id]
  vpc_security_group_ids = [aws_security_group.work_app.id]
  log_delivery_configuration {
    s3_configuration {
      bucket_name = aws_s3_bucket.wipe_near.bucket
      enabled     = true
    }
  }
}
