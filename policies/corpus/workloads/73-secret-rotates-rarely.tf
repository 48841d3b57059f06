# The database secret is changed only every 900 days.
# Source: SecretsManager.4, CKV_AWS_304
# Fault at: aws_secretsmanager_secret_rotation.rot_fault
# Near miss at: aws_secretsmanager_secret_rotation.rot_near

resource "aws_secretsmanager_secret_rotation" "rot_fault" {
  secret_id           = aws_secretsmanager_secret.dburl.id
  rotation_lambda_arn = aws_lambda_function.work.arn
  rotation_rules {
    schedule_expression = "rate(900 days)"
  }
}

# Every first of the month; 'duration' is the window of hours, not the interval.
resource "aws_secretsmanager_secret_rotation" "rot_near" {
  secret_id           = aws_secretsmanager_secret.mq.id
  rotation_lambda_arn = aws_lambda_function.work.arn
  rotation_rules {
    schedule_expression = "cron(0 4 1 * ? *)"
    duration            = "3h"
  }
}
