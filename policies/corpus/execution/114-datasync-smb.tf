# A location of DataSync has the password of a file server in the source.
# Source: https://docs.aws.amazon.com/datasync/latest/userguide/create-smb-location.html
# Fault at: aws_datasync_location_smb.secds_fault
# Near miss at: aws_datasync_location_nfs.secds_near

resource "aws_datasync_agent" "secds_agent" {
  name           = "shop-prod-secds"
  activation_key = "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE"
}

resource "aws_datasync_location_smb" "secds_fault" {
  server_hostname = "files.shop.internal"
  subdirectory    = "/exports"
  user            = "sync"
  password        = "filesync"
  agent_arns      = [aws_datasync_agent.secds_agent.arn]
}

resource "aws_datasync_location_nfs" "secds_near" {
  server_hostname = "files.shop.internal"
  subdirectory    = "/exports/password-resets"

  on_prem_config {
    agent_arns = [aws_datasync_agent.secds_agent.arn]
  }
}
