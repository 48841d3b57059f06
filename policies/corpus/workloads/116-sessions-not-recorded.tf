# Shell sessions on production machines are recorded nowhere.
# Source: CKV_AWS_113, https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-logging.html
# Fault at: aws_ssm_document.sess_fault
# Near miss at: aws_ssm_document.sess_near

resource "aws_ssm_document" "sess_fault" {
  name            = "SSM-SessionManagerRunShell"
  document_type   = "Session"
  document_format = "JSON"
  content = jsonencode({
    schemaVersion = "1.0"
    description   = "Settings of Session Manager"
    sessionType   = "Standard_Stream"
    inputs = {
      s3BucketName                = ""
      s3EncryptionEnabled         = true
      cloudWatchLogGroupName      = ""
      cloudWatchEncryptionEnabled = true
      idleSessionTimeout          = "20"
      runAsEnabled                = false
    }
  })
}

# Nothing goes to S3, but every session streams to an encrypted log group.
resource "aws_ssm_document" "sess_near" {
  name            = "shop-prod-session"
  document_type   = "Session"
  document_format = "JSON"
  content = jsonencode({
    schemaVersion = "1.0"
    description   = "Settings of Session Manager"
    sessionType   = "Standard_Stream"
    inputs = {
      s3BucketName                = ""
      s3EncryptionEnabled         = true
      cloudWatchLogGroupName      = "/shop-prod/work"
      cloudWatchEncryptionEnabled = true
      cloudWatchStreamingEnabled  = true
      idleSessionTimeout          = "20"
      runAsEnabled                = false
    }
  })
}
