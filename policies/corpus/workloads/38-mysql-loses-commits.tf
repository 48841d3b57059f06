# The database acknowledges orders before they are on disk, so a crash loses them.
# Source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_BestPractices.html (innodb_flush_log_at_trx_commit), https://dev.mysql.com/doc/refman/8.0/en/innodb-parameters.html
# Fault at: aws_db_parameter_group.flush_fault
# Near miss at: aws_db_parameter_group.flush_near

resource "aws_db_parameter_group" "flush_fault" {
  name        = "shop-prod-flush-fast"
  family      = "mysql8.0"
  description = "Settings of the shop"
  parameter {
    name  = "require_secure_transport"
    value = "1"
  }
  parameter {
    name  = "innodb_flush_log_at_trx_commit"
    value = "0"
  }
  parameter {
    name  = "sync_binlog"
    value = "0"
  }
}

# A setting with nearly the same name, which only concerns how pages are written on rotating disks.
resource "aws_db_parameter_group" "flush_near" {
  name        = "shop-prod-flush"
  family      = "mysql8.0"
  description = "Settings of the shop"
  parameter {
    name  = "require_secure_transport"
    value = "1"
  }
  parameter {
    name  = "innodb_flush_log_at_trx_commit"
    value = "1"
  }
  parameter {
    name  = "sync_binlog"
    value = "1"
  }
  parameter {
    name  = "innodb_flush_neighbors"
    value = "0"
  }
}
