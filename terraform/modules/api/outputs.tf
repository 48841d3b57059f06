output "id" {
  description = "ID of the API. On an emulator, the URL contains it."
  value       = aws_api_gateway_rest_api.this.id
}

output "url" {
  description = "URL of the stage on AWS."
  value       = aws_api_gateway_stage.this.invoke_url
}
