# Files are copied from the old data centre over plain HTTP and over an unprotected Hadoop protocol.
# Source: https://docs.aws.amazon.com/datasync/latest/userguide/API_CreateLocationObjectStorage.html, https://docs.aws.amazon.com/datasync/latest/userguide/API_QopConfiguration.html
# Fault at: aws_datasync_location_object_storage.copy_fault
# Fault at: aws_datasync_location_hdfs.copy_fault
# Near miss at: aws_datasync_location_object_storage.copy_near
# Near miss at: aws_datasync_location_hdfs.copy_near

resource "aws_datasync_agent" "copy" {
  ip_address = "10.20.0.9"
  name       = "shop-prod-agent"
}

resource "aws_datasync_location_object_storage" "copy_fault" {
  agent_arns      = [aws_datasync_agent.copy.arn]
  server_hostname = "store.shop.example"
  server_protocol = "HTTP"
  server_port     = 443
  bucket_name     = "shop-prod-old-files"
}

resource "aws_datasync_location_hdfs" "copy_fault" {
  agent_arns          = [aws_datasync_agent.copy.arn]
  authentication_type = "SIMPLE"
  simple_user         = "copy"
  name_node {
    hostname = "names.shop.example"
    port     = 8020
  }
  qop_configuration {
    data_transfer_protection = "DISABLED"
    rpc_protection           = "DISABLED"
  }
}

# HTTPS is the default.
resource "aws_datasync_location_object_storage" "copy_near" {
  agent_arns      = [aws_datasync_agent.copy.arn]
  server_hostname = "store.shop.example"
  server_port     = 8080
  bucket_name     = "shop-prod-new-files"
}

resource "aws_datasync_location_hdfs" "copy_near" {
  agent_arns          = [aws_datasync_agent.copy.arn]
  authentication_type = "SIMPLE"
  simple_user         = "copy"
  name_node {
    hostname = "names.shop.example"
    port     = 8021
  }
  qop_configuration {
    data_transfer_protection = "PRIVACY"
    rpc_protection           = "PRIVACY"
  }
}
