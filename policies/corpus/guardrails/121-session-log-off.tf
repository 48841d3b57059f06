# Sessions of Session Manager are no longer written to a log.
# Source: SSM.7, CKV_AWS_113, https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-create-preferences-cli.html
# Fault at: aws_ssm_document.session_log_off_fault
# Near miss at: aws_ssm_document.session_log_off_near

resource "aws_ssm_document" "session_log_off_fault" {
  name            = "shop-prod-orders-session"
  document_type   = "Session"
  document_format = "JSON"
  content = jsonencode({
    schemaVersion = "1.0"
    description   = "Preferences of Session Manager"
    sessionType   = "Standard_Stream"
    inputs = {
      s3BucketName                = ""
      s3KeyPrefix                 = ""
      s3EncryptionEnabled         = false
      cloudWatchLogGroupName      = ""
      cloudWatchEncryptionEnabled = false
      cloudWatchStreamingEnabled  = false
      kmsKeyId                    = "alias/shop-prod-sessions"
      runAsEnabled                = false
      idleSessionTimeout          = "20"
    }
  })
}

resource "aws_ssm_document" "session_log_off_near" {
  name            = "shop-prod-billing-session"
  document_type   = "Session"
  document_format = "JSON"
  content = jsonencode({
    schemaVersion = "1.0"
    description   = "Preferences of Session Manager"
    sessionType   = "Standard_Stream"
    inputs = {
      s3BucketName                = ""
      s3KeyPrefix                 = ""
      s3EncryptionEnabled         = true
      cloudWatchLogGroupName      = "shop-prod-sessions"
      cloudWatchEncryptionEnabled = true
      cloudWatchStreamingEnabled  = true
      kmsKeyId                    = "alias/shop-prod-sessions"
      runAsEnabled                = false
      idleSessionTimeout          = "15"
    }
  })
}
