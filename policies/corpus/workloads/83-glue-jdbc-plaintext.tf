# The connection reads the production database without TLS.
# Source: Prowler glue_database_connections_ssl_enabled
# Fault at: aws_glue_connection.jdbc_fault
# Near miss at: aws_glue_connection.jdbc_near

resource "aws_glue_connection" "jdbc_fault" {
  name            = "shop-prod-jdbc-plain"
  connection_type = "JDBC"
  connection_properties = {
    JDBC_CONNECTION_URL = "jdbc:mysql://db.shop.internal:6033/orders"
    SECRET_ID           = "shop-prod-mq"
    JDBC_ENFORCE_SSL    = "false"
  }
  physical_connection_requirements {
    availability_zone      = "${var.region}a"
    subnet_id              = aws_subnet.work_a.id
    security_group_id_list = [aws_security_group.work_app.id]
  }
}

resource "aws_glue_connection" "jdbc_near" {
  name            = "shop-prod-jdbc"
  connection_type = "JDBC"
  connection_properties = {
    JDBC_CONNECTION_URL = "jdbc:mysql://db.shop.internal:6033/orders"
    SECRET_ID           = "shop-prod-mq"
    JDBC_ENFORCE_SSL    = "true"
  }
  physical_connection_requirements {
    availability_zone      = "${var.region}a"
    subnet_id              = aws_subnet.work_a.id
    security_group_id_list = [aws_security_group.work_app.id]
  }
}
