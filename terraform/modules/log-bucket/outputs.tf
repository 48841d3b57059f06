output "name" {
  description = "Name of the bucket: `record.bucket` of modules/fleet, if the fleet is in another account."
  value       = aws_s3_bucket_object_lock_configuration.this.bucket # nothing is written before it is locked
}

output "arn" {
  description = "ARN of the bucket."
  value       = aws_s3_bucket.this.arn
}
