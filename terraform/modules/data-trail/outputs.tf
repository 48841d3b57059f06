output "arn" {
  description = "ARN of the trail, for the policy of its bucket (`aws:SourceArn`)."
  value       = aws_cloudtrail.this.arn
}
