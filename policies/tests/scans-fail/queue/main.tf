variable "name" {
  description = "Name of the queue."
  type        = string
}

resource "aws_sqs_queue" "this" {
  name                 = var.name
  redrive_allow_policy = jsonencode({ redrivePermission = "allowAll" })
}
