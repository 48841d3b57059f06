# The database proxy accepts clients without TLS.
# Source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-setup.html
# Fault at: aws_db_proxy.proxy_fault
# Near miss at: aws_db_proxy.proxy_near

resource "aws_db_proxy" "proxy_fault" {
  name                   = "shop-prod-proxy-open"
  engine_family          = "MYSQL"
  role_arn               = aws_iam_role.rds_monitor.arn
  require_tls            = null
  debug_logging          = false
  idle_client_timeout    = 1800
  vpc_subnet_ids         = [aws_subnet.work_a.id, aws_subnet.work_b.id]
  vpc_security_group_ids = [aws_security_group.work_app.id]
  auth {
    auth_scheme = "SECRETS"
    iam_auth    = "REQUIRED"
    secret_arn  = aws_secretsmanager_secret.dburl.arn
  }
}

resource "aws_db_proxy" "proxy_near" {
  name                   = "shop-prod-proxy"
  engine_family          = "MYSQL"
  role_arn               = aws_iam_role.rds_monitor.arn
  require_tls            = true
  debug_logging          = false
  idle_client_timeout    = 1800
  vpc_subnet_ids         = [aws_subnet.work_a.id, aws_subnet.work_b.id]
  vpc_security_group_ids = [aws_security_group.work_app.id]
  auth {
    auth_scheme = "SECRETS"
    iam_auth    = "REQUIRED"
    secret_arn  = aws_secretsmanager_secret.dburl.arn
  }
}
