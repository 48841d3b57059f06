output "name" {
  description = "Name of the bucket."
  value       = aws_s3_bucket.this.id

  # An object that is written before the bucket is configured would be neither versioned nor encrypted with this key.
  depends_on = [
    aws_s3_bucket_versioning.this,
    aws_s3_bucket_server_side_encryption_configuration.this,
    aws_s3_bucket_public_access_block.this,
  ]
}

output "arn" {
  description = "ARN of the bucket."
  value       = aws_s3_bucket.this.arn
}
