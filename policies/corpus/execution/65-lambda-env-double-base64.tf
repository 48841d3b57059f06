# A function has a private key in its environment, encoded twice.
# Source: CKV_SECRET_13 (Private Key)
# Fault at: aws_lambda_function.secb64_fault
# Near miss at: aws_lambda_function.secb64_near

resource "aws_kms_key" "secb64_key" {
  description         = "Key for secb64_key"
  enable_key_rotation = true
}

resource "aws_iam_role" "secb64_role" {
  name               = "shop-prod-secb64-role"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }] })
}

resource "aws_sqs_queue" "secb64_dlq" {
  name              = "shop-prod-secb64-dlq"
  kms_master_key_id = aws_kms_key.secb64_key.arn
}

resource "aws_lambda_function" "secb64_fault" {
  function_name                  = "shop-prod-secb64-fault"
  role                           = aws_iam_role.secb64_role.arn
  runtime                        = "python3.13"
  handler                        = "app.handler"
  timeout                        = 30
  memory_size                    = 128
  reserved_concurrent_executions = 5
  kms_key_arn                    = aws_kms_key.secb64_key.arn
  filename                       = "build/app.zip"
  dead_letter_config {
    target_arn = aws_sqs_queue.secb64_dlq.arn
  }
  tracing_config {
    mode = "Active"
  }
  environment {
    variables = {
      BLOB = "TFMwdExTMUNSVWRKVGlCRlF5QlFVa2xXUVZSRklFdEZXUzB0TFMwdENrMUlZME5CVVVWRlNVMTFSbTg1ZVVKUU16RmlNSE41VEdOb2RXRnhiRXBOZFRaU1ZFeFlXVGd4VEhSbFVVeFpNRWdyYkZwdlFXOUhRME54UjFOTk5Ea0tRWGRGU0c5VlVVUlJaMEZGZVZaR1VsbGpSekJvTVVOVGNrTkpaVEJSV1dWNFFrVllZalZXUmxZNFExZEtWbE16VW5CUlpsTnliVVJ6VERoWEwyWTFkQXBQTkhjNGIwOUxjR2x3UTJaSE0yTkdhRk52WjAxdVVqSXdXVzVOYkdwUGFrOUJQVDBLTFMwdExTMUZUa1FnUlVNZ1VGSkpWa0ZVUlNCTFJWa3RMUzB0TFE9PQ=="
    }
  }
}

resource "aws_lambda_function" "secb64_near" {
  function_name                  = "shop-prod-secb64-near"
  role                           = aws_iam_role.secb64_role.arn
  runtime                        = "python3.13"
  handler                        = "app.handler"
  timeout                        = 30
  memory_size                    = 128
  reserved_concurrent_executions = 5
  kms_key_arn                    = aws_kms_key.secb64_key.arn
  filename                       = "build/app.zip"
  dead_letter_config {
    target_arn = aws_sqs_queue.secb64_dlq.arn
  }
  tracing_config {
    mode = "Active"
  }
  environment {
    variables = {
      CA_BUNDLE = "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSURGekNDQWYrZ0F3SUJBZ0lVTTM1YmVud0Q4YUM4K3lpVlhXNmpLSjF0YVJVd0RRWUpLb1pJaHZjTkFRRUwKQlFBd0d6RVpNQmNHQTFVRUF3d1FjMmh2Y0M1bGVHRnRjR3hsTG1OdmJUQWVGdzB5TmpFeE16QXlNalV6TURaYQpGdzB6TmpFeE1qY3lNalV6TURaYU1Cc3hHVEFYQmdOVkJBTU1FSE5vYjNBdVpYaGhiWEJzWlM1amIyMHdnZ0VpCk1BMEdDU3FHU0liM0RRRUJBUVVBQTRJQkR3QXdnZ0VLQW9JQkFRQ0pjOStIL0YyUW5QeUZLcTVuSTQ5ZlR2anIKTFVPTFdqdHd4c3RIQS92UGxvQWlnZlE2VWlMRXc1dThVZ0FPRFNZV0JwNXdlZVhSZElmOHhoM01rcERsSHA1dwprZDFJN0V6UlVlMElTVWFGTDVFY2RwNlJjRXpzaWRHRFBpRmRWV3ptSUZUZzBJV3pPVWp5M0RwYVFQQWZKNFNmCksyYmp2TlJ2ZG0xdXMzdWtoT01DSjMzTWZEMHB2WW5SSkttd3BuNzBibTZwSTZkU3B5QVJ5eVBVV2pmQmVrdTYKbUY3bWc4WFZLNGRwQk9aMmIyalM0QjY0Qkt2RlZ1Zk9yRmlMSG54MnFwekxETXBscmVlSzNDMUJIODhxa2h4RgpRV2dkVjR4eDMwWUJJQStiYUplWUdWT2twQmNkOGg1cWlmeHAyZ2lWZHNnMlFZY3pXTjg0SXY2S000MVpBZ01CCkFBR2pVekJSTUIwR0ExVWREZ1FXQkJSYWR2TUFSSVhVMTFVeVFXUFVRRkRkZkEyZmd6QWZCZ05WSFNNRUdEQVcKZ0JSYWR2TUFSSVhVMTFVeVFXUFVRRkRkZkEyZmd6QVBCZ05WSFJNQkFmOEVCVEFEQVFIL01BMEdDU3FHU0liMwpEUUVCQ3dVQUE0SUJBUUJoVmN2YW1ydHYwWEVmRmQyN3ZoRzVJSmFpdGVwcDlmcUlaRnlFT3lRTnFZbEtqTXJJCnRCbGpwL0ozdFFlYmY2S09mR3NUL1JzMUM3TmNmS0RhRUZGV3pqVjBDSWR1QVdqdmo0Zkk1TnJVYmtlNmtHKzcKMHVGL3Z4MGdBSURDQ2xiQm84dVVFSXNDanJuYTVaaENDaW9NMGt0VXl4ZHZSVmtxTmt5bVBqRFRwV3dzQlFiegpLT0J2YVpvSThEWHJDL0kvNXVWUHNxL3ROUVk5WVpBL3dIaUxUelNjMWVmYklCOWZobE9KbVFlYzFFaVZHR0x2CkhtVklXR2YyT1ozRGtqWWd5aTdndzlkY3JTRzZQa2Z6MVQ1TTg0NGF2S1pyQ1M5citiNHNCQ2pQeTU1amZCOUMKMFVxazBHWmhtTmlidU9hb1BjL1BaOWlWd1JCa01OWjUrVDVECi0tLS0tRU5EIENFUlRJRklDQVRFLS0tLS0="
    }
  }
}
