# Anybody who owns the bucket name next can invoke the function, because the account of the bucket is not checked.
# Source: Lambda.1, CKV_AWS_364, https://docs.aws.amazon.com/lambda/latest/dg/with-s3.html
# Warns: the approvers decide
# Fault at: aws_lambda_permission.bucket_fault
# Near miss at: aws_lambda_permission.bucket_near

resource "aws_lambda_permission" "bucket_fault" {
  statement_id  = "uploads"
  action        = "lambda:InvokeFunction"
  function_name = "shop-prod-thumbnails"
  principal     = "s3.amazonaws.com"
  source_arn    = "arn:aws:s3:::shop-prod-uploads"
}

resource "aws_lambda_permission" "bucket_near" {
  statement_id   = "uploads-owned"
  action         = "lambda:InvokeFunction"
  function_name  = "shop-prod-thumbnails"
  principal      = "s3.amazonaws.com"
  source_arn     = "arn:aws:s3:::shop-prod-uploads"
  source_account = var.account_id
}
