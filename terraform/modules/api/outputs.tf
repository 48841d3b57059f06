output "id" {
  description = "Id of the API: on an emulator the URL is made of it."
  value       = aws_api_gateway_rest_api.this.id
}

output "url" {
  description = "URL of the stage on AWS."
  value       = aws_api_gateway_stage.this.invoke_url
}
