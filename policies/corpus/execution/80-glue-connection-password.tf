# A Glue connection contains the password of a database.
# Source: https://docs.aws.amazon.com/glue/latest/dg/connection-properties-secrets-manager.html
# Fault at: aws_glue_connection.secgcon_fault
# Near miss at: aws_glue_connection.secgcon_near

resource "aws_glue_connection" "secgcon_fault" {
  name = "shop-prod-secgcon-fault"
  connection_properties = {
    JDBC_CONNECTION_URL = "jdbc:mysql://db.shop.internal:3306/orders?user=shop&password=0eEALXu86E4a3tCIFSAB"
    JDBC_ENFORCE_SSL    = "true"
    USERNAME            = "shop"
    PASSWORD            = "Winter2024!"
  }
}

resource "aws_glue_connection" "secgcon_near" {
  name = "shop-prod-secgcon-near"
  connection_properties = {
    JDBC_CONNECTION_URL = "jdbc:mysql://db.shop.internal:3306/orders"
    JDBC_ENFORCE_SSL    = "true"
    SECRET_ID           = "shop-prod-orders-db"
  }
}
